import { isVendorError, VendorError, type HttpRequest } from '../../../core/src/index.ts';
import { axiosSend, systemClock } from '../../http/src/send.ts';
import { erpnextKeys, startErpnext, type ErpnextOptions, type ErpnextSite } from '../../sandbox/src/erpnext/index.ts';
import type { Running } from '../../sandbox/src/http.ts';
import { World } from '../../sandbox/src/world.ts';
import { authorization, erpnext, siteUrl, type ErpNext, type WireOptions } from '../src/index.ts';

/** The real site the suite runs against when its address is given; faults cannot be made there. */
export const realUrl = process.env['LEADLIGHT_ERPNEXT_URL'];
/** Tests that need the sandbox's faults, clock or back door. */
export const onSandbox = realUrl ? test.skip : test;

export interface Bench {
  readonly erp: ErpNext;
  readonly world: World;
  readonly site: ErpnextSite;
  readonly url: string;
  /** Every request that left the client, headers included. */
  readonly sent: HttpRequest[];
  client(options?: WireOptions & { readonly key?: 'admin' | 'runtime'; readonly authorization?: string | null }): ErpNext;
  /** A key nobody used before, also on a site that keeps its documents. */
  key(step: string): string;
  close(): Promise<void>;
}

/** A site of its own for each test file: the sandbox, or the real one. */
export async function bench(options: ErpnextOptions = {}): Promise<Bench> {
  const world = new World();
  const running: (Running & { site: ErpnextSite }) | undefined = realUrl ? undefined : await startErpnext(world, 0, options);
  const url = realUrl ? siteUrl(realUrl) : running!.url;
  const sent: HttpRequest[] = [];
  const run = realUrl ? `t${Date.now().toString(36)}` : 'ord';
  let n = 0;
  const client: Bench['client'] = ({ key = 'runtime', authorization: header, ...options } = {}) => {
    const pair = realUrl ? { key: process.env['LEADLIGHT_ERPNEXT_KEY'] ?? '', secret: process.env['LEADLIGHT_ERPNEXT_SECRET'] ?? '' } : erpnextKeys[key];
    const value = header === undefined ? authorization(pair.key, pair.secret) : header;
    const send = axiosSend({ baseUrl: url, ...(value === null ? {} : { headers: { authorization: value } }), timeoutMs: realUrl ? 30_000 : 5_000 });
    return erpnext((request) => (sent.push(request), send(request)), realUrl ? systemClock : world.clock, options);
  };
  return { erp: client(), world, site: running?.site as ErpnextSite, url, sent, client, key: (step) => `${run}_${(n += 1)}:${step}`, close: async () => running?.close() };
}

/** The VendorError of a call that must fail. */
export async function failure(work: Promise<unknown>): Promise<VendorError> {
  const outcome = await work.then((value) => ({ value }), (error: unknown) => ({ error }));
  if ('error' in outcome && isVendorError(outcome.error)) return outcome.error;
  throw new Error(`expected a VendorError, got ${JSON.stringify(outcome)}`);
}

export const person = (n: number) => ({ customer_name: `Client ${n}`, customer_type: 'Individual', customer_group: 'Résidentiel', territory: 'Canada' });

/** A customer, to hang other documents on. */
export async function customer({ erp, key }: Bench): Promise<string> {
  return (await erp.documents.ensure('Customer', key('customer'), person(1))).name;
}

/** A prorated first invoice of one line with the taxes of Québec. */
export const invoice = (who: string, rate: number, more: object = {}) => ({
  customer: who, company: 'Gigafibre', currency: 'CAD', selling_price_list: 'Résidentiel', set_posting_time: 1, posting_date: '2026-04-09', due_date: '2026-04-09', disable_rounded_total: 1, ignore_pricing_rule: 1,
  items: [{ item_code: 'FTTH150I', qty: 1, rate, description: 'FTTH150I' }],
  taxes: [
    { charge_type: 'On Net Total', account_head: 'TPS à payer - GF', description: 'TPS 5%', rate: 5 },
    { charge_type: 'On Net Total', account_head: 'TVQ à payer - GF', description: 'TVQ 9.975%', rate: 9.975 },
  ],
  ...more,
});
