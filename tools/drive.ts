// One order from lead to light as the outside world drives it: a visitor, a payment page, a technician, a CPE. Speaks HTTP only, and
// believes a system only when it was read back.
import Stripe from 'stripe';
import { SANDBOX_KEYS, type Stack } from './stack.ts';

export interface LightOptions {
  readonly stack: Stack;
  readonly say: (line: string) => void;
  /** Order number of this run; keeps e-mail addresses and serials apart. */
  readonly run: number;
  readonly services?: readonly { readonly sku: string; readonly type: string }[];
}
export interface Lit {
  readonly orderId: string;
  readonly checkout: object;
  readonly serials: { readonly ont: string; readonly deco: string; readonly stb: string };
  readonly fibreId: number;
  readonly address: string;
  readonly live: Record<string, unknown>;
  readonly proofs: readonly Proof[];
}
export interface Proof { readonly system: string; readonly what: string; readonly readBack: string }

type Json = Record<string, any>;

export async function http(url: string, init: { readonly method?: string; readonly body?: unknown; readonly headers?: Record<string, string> } = {}): Promise<{ status: number; body: any }> {
  const reply = await fetch(url, { method: init.method ?? (init.body === undefined ? 'GET' : 'POST'), headers: { ...(init.body === undefined ? {} : { 'content-type': 'application/json' }), ...init.headers }, ...(init.body === undefined ? {} : { body: typeof init.body === 'string' ? init.body : JSON.stringify(init.body) }) });
  const text = await reply.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // not JSON: shown as it is
  }
  return { status: reply.status, body };
}

/** What the field app and people in the office send along. */
export function keysOf(stack: Stack) {
  return {
    hub: { authorization: `Bearer ${stack.secrets.hubKey}` },
    erp: { authorization: `token ${SANDBOX_KEYS.erpnext.key}:${SANDBOX_KEYS.erpnext.secret}` },
    netbox: { authorization: `Token ${SANDBOX_KEYS.netbox}` },
    field: { authorization: `Basic ${Buffer.from(`field:${stack.secrets.webhookPassword}`).toString('base64')}` },
  };
}

export function stripeOf(stack: Stack): Stripe {
  const { hostname, port } = new URL(stack.urls.stripe);
  return new Stripe(SANDBOX_KEYS.stripe, { host: hostname, port: Number(port), protocol: 'http', maxNetworkRetries: 0, telemetry: false });
}

export async function until<T>(what: string, look: () => Promise<T | undefined | false>, seconds = 60): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`${what} did not happen within ${seconds} seconds`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

export function expectStatus(what: string, reply: { status: number; body: any }, status: number): any {
  if (reply.status !== status) throw new Error(`${what}: expected ${status}, got ${reply.status} ${JSON.stringify(reply.body).slice(0, 600)}`);
  return reply.body;
}

/** A free drop whose own address the website's search finds. */
export async function freeAddress(stack: Stack, skip = 0): Promise<{ fibreId: number; street: string; city: string; postalCode: string; latitude: number; longitude: number; maxDownMbps: number }> {
  const { hub } = keysOf(stack);
  for (let tries = 0; tries < 400; tries += 1) {
    const fibreId = 1 + ((skip + tries * 7) % 16_056);
    const { status, body } = await http(`${stack.urls.hub}/v1/drops/${fibreId}`, { headers: hub });
    if (status !== 200 || body.state !== 'free' || body.maxDownMbps < 500 || !/^\d/.test(body.street)) continue;
    const found = await http(`${stack.urls.hub}/v1/availability/qualify`, { body: { address: `${body.street}, ${body.city} ${body.postalCode}` } });
    if (found.body.availability === 'available' && found.body.premises?.fibreId === fibreId) return body;
  }
  throw new Error('no free drop found');
}

export async function leadToLight({ stack, say, run, services = [{ sku: 'FTTH150I', type: 'internet' }, { sku: 'TVBSTANDARD', type: 'tv' }, { sku: 'TELEPMENS', type: 'phone' }] }: LightOptions): Promise<Lit> {
  const { urls } = stack;
  const keys = keysOf(stack);
  const hook = (path: string) => `${urls.editor}/webhook/${path}`;
  const home = await freeAddress(stack, run * 97);

  const typed = `${home.street}, ${home.city} ${home.postalCode}`;
  const available = expectStatus('availability', await http(`${hook('check-availability')}?${new URLSearchParams({ address: typed })}`), 200);
  if (available.qualification.availability !== 'available') throw new Error(`${typed} should be available: ${JSON.stringify(available)}`);
  say(`available    "${typed}": ${available.offerings.length} offerings, ${available.installationDates.length} days to choose from`);

  const quote = expectStatus('price', await http(hook('price-checkout'), { body: { services, tvBoxes: services.some(({ type }) => type === 'tv') ? 1 : 0 } }), 200);
  const dueNow: number = quote.dueNow.totalMinor;
  const stripe = stripeOf(stack);
  const email = `jean.tremblay+${run}@example.ca`;
  const order = {
    address: { fibre_id: available.qualification.premises.fibreId, rue: home.street, ville: home.city, zip: home.postalCode, lat: home.latitude, lng: home.longitude },
    customer: { name: 'Jean Tremblay', email, phone: `+1514555${String(1000 + (run % 9000)).padStart(4, '0')}` },
    services,
    preferred_dates: available.installationDates.slice(0, 3),
    language: 'fr',
  };
  const intent = await stripe.paymentIntents.create({ amount: dueNow, currency: 'cad', capture_method: 'manual', payment_method: 'pm_card_visa', confirm: true, return_url: 'https://example.com/merci' });
  const checkout = { ...order, stripe_payment_intent: intent.id, expected_total_minor: dueNow };
  say(`checkout     ${services.map(({ sku }) => sku).join(' + ')}: ${(dueNow / 100).toFixed(2)} CAD authorised as ${intent.id.slice(0, 12)}…`);

  const accepted = expectStatus('order', await http(hook('new-customer-order'), { body: checkout }), 201);
  const orderId: string = accepted.orderId;
  say(`ordered      ${orderId} accepted: port leased, payment captured`);
  const view = () => http(`${urls.hub}/v1/orders/${orderId}`, { headers: keys.hub }).then(({ body }) => body as Json);
  const step = async (name: string) => {
    const now = await view();
    if (now['fallout'].some((one: Json) => one['resolvedAt'] === null)) throw new Error(`order ${orderId} fell out: ${JSON.stringify(now['fallout'])}`);
    return now['timeline'].find((entry: Json) => entry['step'] === name && entry['outcome'] === 'done') as Json | undefined;
  };
  const confirmed = await until('the back office', () => step('orderConfirmed'), 120);
  say(`documents    ${Object.values(confirmed['readBack'] as Json).join(', ')}`);

  const hex = (10_000_000 + run).toString(16).toUpperCase().padStart(8, '0').slice(-8);
  const serials = { ont: `RCMG${hex}`, deco: `403F8C${hex.slice(-6)}`, stb: `001A79${hex.slice(-6)}` };
  for (const [kind, scan] of Object.entries(serials)) {
    if (kind === 'stb' && !services.some(({ type }) => type === 'tv')) continue;
    expectStatus(`scan ${kind}`, await http(hook('equipment-scanned'), { headers: keys.field, body: { orderId, scan } }), 200);
  }
  say(`scanned      ONT ${serials.ont}, router ${serials.deco}${services.some(({ type }) => type === 'tv') ? `, TV box ${serials.stb}` : ''}`);

  const drop = expectStatus('drop', await http(`${urls.hub}/v1/drops/${order.address.fibre_id}`, { headers: keys.hub }), 200);
  await http(`${urls.sandbox}/ont`, { body: { serial: serials.ont, oltIp: drop.oltIp, ponPort: drop.port, productClass: 'HT803G-W', oui: '000E5E', rxPowerDbm: -19.4 } });
  await http(`${urls.sandbox}/cpe`, { body: { serial: serials.deco, oui: '403F8C', productClass: 'Device2', event: '0 BOOTSTRAP', ip: '192.168.88.20' } });
  const activated = (serial: string) => until(`bootstrap of ${serial}`, async () => ((await http(`${urls.hub}/v1/events/list?types=device.activated&stream=device-${serial}&limit=5`, { headers: keys.hub })).body as Json[]).length > 0, 90);
  await activated(serials.ont);
  await activated(serials.deco);
  say('bootstrap    ONT and router informed the ACS, took their profiles and settings');

  const report = { speedTest: { downMbps: 149.2, upMbps: 148.8 }, wifi24: true, wifi5: true, ...(services.some(({ type }) => type === 'tv') ? { tvChannels: true } : {}), ...(services.some(({ type }) => type === 'phone') ? { dialTone: true } : {}) };
  const live = expectStatus('installation', await http(hook('installation-done'), { headers: keys.field, body: { orderId, report } }), 200);
  say(`LIVE         first invoice ${live.invoice}, address ${live.address}`);
  return { orderId, checkout, serials, fibreId: order.address.fibre_id, address: live.address, live, proofs: await readBack(stack, orderId, serials) };
}

/** Reads every system that holds a part of the order, and fails when one does not agree. */
export async function readBack(stack: Stack, orderId: string, serials: Lit['serials']): Promise<readonly Proof[]> {
  const { urls } = stack;
  const keys = keysOf(stack);
  const proofs: Proof[] = [];
  const prove = (system: string, what: string, ok: unknown, seen: unknown) => {
    if (!ok) throw new Error(`${system}: ${what} does not hold: ${JSON.stringify(seen).slice(0, 400)}`);
    proofs.push({ system, what, readBack: String(typeof seen === 'object' ? JSON.stringify(seen) : seen) });
  };
  const docs = async (doctype: string, like: string, fields: string[]) => (await http(`${urls.erpnext}/api/resource/${encodeURIComponent(doctype)}?${new URLSearchParams({ fields: JSON.stringify(fields), filters: JSON.stringify([['leadlight_id', 'like', `${orderId}:${like}`]]), limit_page_length: '50', order_by: 'creation asc' })}`, { headers: keys.erp })).body.data as Json[];

  const [customer] = await docs('Customer', 'customer', ['name', 'customer_name']);
  prove('ERPNext', 'Customer', customer, customer?.['name']);
  const [location] = await docs('Service Location', 'location', ['name', 'status', 'olt_path']);
  prove('ERPNext', 'Service Location Active', location?.['status'] === 'Active', `${location?.['name']} ${location?.['status']}`);
  const subscriptions = await docs('Service Subscription', 'sub:%', ['item', 'status']);
  prove('ERPNext', 'Subscriptions Active', subscriptions.length > 0 && subscriptions.every((one) => one['status'] === 'Active'), subscriptions.map((one) => one['item']).join(' '));
  const equipment = await docs('Service Equipment', 'eq:%', ['equipment_type', 'serial_number', 'status']);
  prove('ERPNext', 'Equipment Actif', equipment.length > 0 && equipment.every((one) => one['status'] === 'Actif'), equipment.map((one) => one['serial_number'] ?? one['equipment_type']).join(' '));
  const tasks = await docs('Task', 'task:%', ['subject', 'status']);
  prove('ERPNext', 'Tasks Completed', tasks.length >= 7 && tasks.every((one) => one['status'] === 'Completed'), `${tasks.length} tasks`);
  const [job] = await docs('Dispatch Job', 'dispatch', ['name', 'status', 'technician']);
  prove('ERPNext', 'Dispatch Job Completed', job?.['status'] === 'Completed', `${job?.['name']} ${job?.['technician'] ?? ''}`);
  const invoices = await docs('Sales Invoice', 'inv:first', ['name', 'docstatus', 'grand_total', 'outstanding_amount']);
  prove('ERPNext', 'first invoice submitted, once', invoices.length === 1 && invoices[0]!['docstatus'] === 1, `${invoices[0]?.['name']} ${invoices[0]?.['grand_total']} CAD, ${invoices[0]?.['outstanding_amount']} outstanding`);
  const [prepaid] = await docs('Payment Entry', 'pay:%', ['name', 'paid_amount', 'docstatus']);
  prove('ERPNext', 'prepayment submitted', prepaid?.['docstatus'] === 1, `${prepaid?.['name']} ${prepaid?.['paid_amount']} CAD`);

  const ips = (await http(`${urls.netbox}/api/ipam/ip-addresses/?cf_leadlight_key=${encodeURIComponent(`${orderId}:ip`)}`, { headers: keys.netbox })).body.results as Json[];
  prove('NetBox', 'one address', ips.length === 1, ips[0]?.['address']);
  const radius = (await http(`${urls.hub}/v1/radius/subscribers/${encodeURIComponent(`SVC-${orderId}`)}`, { headers: keys.hub })).body;
  prove('RADIUS', 'subscriber active with that address', radius.access === 'active' && ips[0]!['address'].startsWith(`${radius.framedIp}/`), `${radius.username} ${radius.attributes['Mikrotik-Rate-Limit'] ?? ''} ${radius.framedIp}`);
  const onu = (await http(`${urls.hub}/v1/voltha/onus/${serials.ont}`, { headers: keys.hub })).body;
  prove('VOLTHA', 'ONU ready', onu.ready === true, `${onu.serial} ${onu.operStatus} ${onu.reason}`);
  const flows = await http(`${urls.vgc}/vgc/v1/flow-status/${encodeURIComponent(onu.uni)}`);
  prove('VGC', 'flows on the port', flows.status === 200, typeof flows.body === 'string' ? flows.body : JSON.stringify(flows.body));
  const [cpe] = (await http(`${urls.genieacs}/devices/?${new URLSearchParams({ query: JSON.stringify({ '_deviceId._SerialNumber': serials.ont }), projection: 'InternetGatewayDevice.Time.NTPServer1,InternetGatewayDevice.DeviceInfo.X_CT-COM_UPNP.Enable' })}`)).body as Json[];
  prove('GenieACS', 'ONT profile on the device', cpe?.['InternetGatewayDevice']?.DeviceInfo?.['X_CT-COM_UPNP']?.Enable?._value === false, `NTP ${cpe?.['InternetGatewayDevice']?.Time?.NTPServer1?._value}, UPnP off`);
  const [deco] = (await http(`${urls.genieacs}/devices/?${new URLSearchParams({ query: JSON.stringify({ '_deviceId._SerialNumber': serials.deco }), projection: 'Device.WiFi.SSID.1.SSID' })}`)).body as Json[];
  prove('GenieACS', 'Wi-Fi name on the router', /^Gigafibre-/.test(deco?.['Device']?.WiFi?.SSID?.['1']?.SSID?._value ?? ''), deco?.['Device']?.WiFi?.SSID?.['1']?.SSID?._value);
  const line = (await http(`${urls.hub}/v1/devices/${serials.ont}/sip-account`, { headers: keys.hub })).body;
  if (line.code !== 'noPhoneLine') prove('Routr', 'account of the telephone line', line.state === 'active', line.aor);
  const drops = (await http(`${urls.hub}/v1/orders/${orderId}`, { headers: keys.hub })).body;
  prove('Leadlight', 'order completed, no fallout', drops.status === 'completed' && drops.fallout.length === 0, drops.status);
  const charge = (await stripeOf(stack).paymentIntents.retrieve(`pi_${orderId.replace(/^ord_/, '')}`));
  prove('Stripe', 'captured once', charge.status === 'succeeded' && charge.amount_received === charge.amount, `${(charge.amount_received / 100).toFixed(2)} CAD`);
  const notices = (await http(`${urls.hub}/v1/notices?subject=${encodeURIComponent(orderId)}`, { headers: keys.hub })).body as Json[];
  prove('Notices', 'each once', notices.length === 5 && notices.every((one) => one['state'] === 'sent' || one['state'] === 'delivered' || one['state'] === 'queued'), notices.map((one) => `${one['trigger']}/${one['channel']}`).sort().join(' '));
  return proofs;
}
