// What the system tests share: one stack per file, orders placed as a checkout page would, and a count of everything every system holds.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expectStatus, http, keysOf, stripeOf, until } from '../../tools/drive.ts';
import type { Execution } from '../../tools/n8n.ts';
import { freeOffset } from '../../tools/ports.ts';
import { startStack, type Stack } from '../../tools/stack.ts';

export type Json = Record<string, any>;
export interface Reply { readonly status: number; readonly body: any }
/** One buyer at the checkout: what is sent, and the authorised payment behind it. */
export interface Buyer { readonly checkout: Json; readonly intent: string; readonly orderId: string; readonly fibreId: number }
export type System = Awaited<ReturnType<typeof startSystem>>;

export const INTERNET = [{ sku: 'FTTH150I', type: 'internet' }] as const;
export const ALL_THREE = [...INTERNET, { sku: 'TVBSTANDARD', type: 'tv' }, { sku: 'TELEPMENS', type: 'phone' }] as const;
const DOCTYPES = ['Customer', 'Service Location', 'Service Subscription', 'Service Equipment', 'Project', 'Task', 'Dispatch Job', 'Payment Entry', 'Sales Invoice', 'Lead', 'Issue'] as const;

/** The whole stack in a folder and on ports of its own. */
export async function startSystem(fromOffset: number) {
  const dir = mkdtempSync(join(tmpdir(), 'leadlight-system-'));
  const died: string[] = [];
  const stack: Stack = await startStack({ root: resolve('.'), dir, portOffset: await freeOffset(fromOffset), say: () => undefined, onDeath: (name) => void died.push(name) });
  const keys = keysOf(stack);
  const stripe = stripeOf(stack);
  const quotes = new Map<string, Json>();
  let nextDrop = 1;
  let people = 0;

  const hook = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> => http(`${stack.urls.editor}/webhook/${path}`, { method: 'POST', body, headers });
  const field = (path: string, body: unknown): Promise<Reply> => hook(path, body, keys.field);
  const hub = async (path: string, body?: unknown): Promise<any> => (await http(stack.urls.hub + path, { headers: keys.hub, ...(body === undefined ? {} : { body }) })).body;
  const drop = (fibreId: number): Promise<Json> => hub(`/v1/drops/${fibreId}`);
  const order = (orderId: string): Promise<Json> => hub(`/v1/orders/${orderId}`);
  const intentOf = (id: string) => stripe.paymentIntents.retrieve(id);
  const sent = async (): Promise<{ sms: Json[]; emails: Json[]; chat: Json[] }> => (await http(`${stack.urls.sandbox}/sent`)).body;

  async function erp(doctype: string, filters: readonly unknown[] = [], fields: readonly string[] = ['*']): Promise<Json[]> {
    const query = new URLSearchParams({ fields: JSON.stringify(fields), filters: JSON.stringify(filters), limit_page_length: '1000', order_by: 'creation asc' });
    return expectStatus(doctype, await http(`${stack.urls.erpnext}/api/resource/${encodeURIComponent(doctype)}?${query}`, { headers: keys.erp }), 200).data;
  }

  /** The next drop in this state, as the register has it; never the same twice. */
  async function dropIn(state: 'free' | 'occupied' | 'boxMissing'): Promise<Json> {
    for (;;) {
      nextDrop += 7;
      const one = await drop(nextDrop);
      if (one['state'] === state && (state !== 'free' || (one['maxDownMbps'] >= 500 && /^\d/.test(one['street'])))) return one;
    }
  }
  async function quoteOf(services: readonly object[]): Promise<Json> {
    const key = JSON.stringify(services);
    const known = quotes.get(key) ?? expectStatus('price', await hook('price-checkout', { services }), 200);
    quotes.set(key, known);
    return known;
  }
  async function days(): Promise<readonly string[]> {
    const home = await dropIn('free');
    const { body } = await http(`${stack.urls.editor}/webhook/check-availability?${new URLSearchParams({ address: `${home['street']}, ${home['city']} ${home['postalCode']}` })}`);
    return body.installationDates.slice(0, 3);
  }
  let offered: readonly string[] | undefined;
  const pay = async (amount: number): Promise<string> =>
    (await stripe.paymentIntents.create({ amount, currency: 'cad', capture_method: 'manual', payment_method: 'pm_card_visa', confirm: true, return_url: 'https://example.com/merci' })).id;

  /** A buyer with an authorised payment, who has not ordered yet. */
  async function buyer(options: { readonly home?: Json; readonly services?: readonly object[] } = {}): Promise<Buyer> {
    const services = options.services ?? INTERNET;
    const home = options.home ?? (await dropIn('free'));
    offered ??= await days();
    people += 1;
    const dueNow: number = (await quoteOf(services))['dueNow'].totalMinor;
    const intent = await pay(dueNow);
    const checkout = {
      address: { fibre_id: home['fibreId'], rue: home['street'], ville: home['city'], zip: home['postalCode'] },
      customer: { name: `Jeanne Tremblay ${people}`, email: `jeanne.${stack.ports.n8n}.${people}@example.ca`, phone: `+1514555${String(1000 + people)}` },
      services, preferred_dates: offered, stripe_payment_intent: intent, expected_total_minor: dueNow, language: 'fr',
    };
    return { checkout, intent, orderId: intent.replace(/^pi_/, 'ord_'), fibreId: home['fibreId'] };
  }
  const place = (checkout: unknown): Promise<Reply> => hook('new-customer-order', checkout);
  const stepDone = (orderId: string, step: string, seconds = 60): Promise<Json> =>
    until(`${step} of ${orderId}`, async () => ((await order(orderId))['timeline'] as Json[] | undefined)?.find((one) => one['step'] === step && one['outcome'] === 'done'), seconds);

  /** What a technician does before reporting: scans, connects, waits for the devices to take their settings. A `dark` ONT loses power right after its first call. */
  async function install(buyer: Buyer, number: number, { rxPowerDbm = -19.4, dark = false } = {}): Promise<{ readonly ont: string; readonly deco: string }> {
    const hex = number.toString(16).toUpperCase().padStart(8, '0');
    const serials = { ont: `RCMG${hex}`, deco: `403F8C${hex.slice(-6)}` };
    for (const [kind, scan] of Object.entries(serials)) expectStatus(`scan ${kind}`, await field('equipment-scanned', { orderId: buyer.orderId, scan }), 200);
    const at = await drop(buyer.fibreId);
    await http(`${stack.urls.sandbox}/ont`, { body: { serial: serials.ont, oltIp: at['oltIp'], ponPort: at['port'], productClass: 'HT803G-W', oui: '000E5E', rxPowerDbm } });
    if (dark) await http(`${stack.urls.sandbox}/unplug`, { body: { serial: serials.ont } });
    await http(`${stack.urls.sandbox}/cpe`, { body: { serial: serials.deco, oui: '403F8C', productClass: 'Device2', event: '0 BOOTSTRAP', ip: '192.168.88.20' } });
    for (const serial of dark ? [serials.deco] : [serials.ont, serials.deco]) {
      await until(`bootstrap of ${serial}`, async () => (await hub(`/v1/events/list?types=device.activated&stream=device-${serial}&limit=5`)).length > 0);
    }
    return serials;
  }
  const report = { speedTest: { downMbps: 149, upMbps: 148 }, wifi24: true, wifi5: true };
  const reportDone = (orderId: string, more: object = {}): Promise<Reply> => field('installation-done', { orderId, report: { ...report, ...more } });

  /** How many of everything there is, in every system that holds a part of an order. */
  async function census(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const doctype of DOCTYPES) counts[doctype] = (await erp(doctype, [], ['name'])).length;
    counts['addresses'] = (await http(`${stack.urls.netbox}/api/ipam/ip-addresses/?limit=1`, { headers: keys.netbox })).body.count;
    const intents = await stripe.paymentIntents.list({ limit: 100 });
    counts['charges'] = intents.data.filter((one) => one.amount_received > 0).length;
    const { sms, emails, chat } = await sent();
    return { ...counts, sms: sms.length, emails: emails.length, chat: chat.length };
  }
  /** What `work` added, system by system; what stayed is left out. */
  async function added(work: () => Promise<unknown>): Promise<Record<string, number>> {
    const before = await census();
    await work();
    const after = await census();
    return Object.fromEntries(Object.keys(after).map((key) => [key, after[key]! - before[key]!] as const).filter(([, more]) => more !== 0));
  }
  async function executions(workflow: string): Promise<readonly Execution[]> {
    const all = await stack.n8n.executions({ limit: '100' });
    return all.filter((one) => (one as unknown as Json)['workflowName'] === workflow);
  }

  const fault = (one: Json): Promise<Reply> => http(`${stack.urls.sandbox}/faults`, { body: one });
  const unmet = async (): Promise<Json[]> => (await http(`${stack.urls.sandbox}/faults`)).body;
  const heal = (): Promise<Reply> => http(`${stack.urls.sandbox}/faults`, { method: 'DELETE' });
  const calls = async (system: string, method: string, path: RegExp): Promise<Json[]> =>
    ((await http(`${stack.urls.sandbox}/calls?system=${system}`)).body as Json[]).filter((one) => one['method'] === method && path.test(decodeURIComponent(one['path'])));

  return {
    stack, keys, stripe, died, hook, field, hub, drop, order, erp, sent, intentOf, dropIn, quoteOf, pay, buyer, place, stepDone, install, report, reportDone, census, added, executions, fault, unmet, heal, calls,
    async close(): Promise<void> {
      await stack.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** The documents one order of one service makes, beside its charge. */
export const ONE_ORDER = { Customer: 1, 'Service Location': 1, 'Service Subscription': 1, 'Service Equipment': 2, Project: 1, Task: 7, 'Dispatch Job': 1, 'Payment Entry': 1, charges: 1, sms: 1, emails: 1, chat: 1 } as const;
