// From a bill that gives back to a credit note in ERPNext: Get Balance, Leadlight's Credit Note, Ensure Credit Note, each fed by the one before.
import type { CustomerBill } from '../../../core/src/index.ts';
import { ErpNext } from '../../../nodes/ErpNext/ErpNext.node.ts';
import { Leadlight } from '../../../nodes/Leadlight/Leadlight.node.ts';
import { erpnextKeys, startErpnext } from '../../../packages/sandbox/src/erpnext/index.ts';
import { World } from '../../../packages/sandbox/src/world.ts';
import { failed, only, pick, run } from '../support/n8n.ts';

const node = new ErpNext();
const leadlight = new Leadlight();
let site: Awaited<ReturnType<typeof startErpnext>>;
let credentials: Record<string, string>;
beforeAll(async () => {
  site = await startErpnext(new World());
  credentials = { baseUrl: site.url, apiKey: erpnextKeys.runtime.key, apiSecret: erpnextKeys.runtime.secret };
});
afterAll(() => site.close());

const taxAccounts = { GST: 'TPS à payer - GF', QST: 'TVQ à payer - GF' };
const account = { id: 'acc_1', currency: 'CAD', jurisdiction: 'CA-QC' };
const subscription = (end?: string) => ({ id: 'sub_1', start: '2026-04-01', ...(end ? { end } : {}), items: [{ key: 'net', terms: [{ from: '2026-04-01', sku: 'FTTH150I', description: 'Internet 150', unitMinor: 9995 }] }] });
const bill = async (asOf: string, billed: readonly unknown[], end?: string) => (await only(leadlight, { resource: 'billing', operation: 'nextBill', account, subscriptions: [subscription(end)], billed, asOf }))['value'] as unknown as CustomerBill;

test('[S2-056] a service cancelled in the middle of its month: half of the invoice is credited, once, to the cent', async () => {
  const customer = site.site.put('Customer', { customer_name: 'Jeanne Tremblay', customer_type: 'Individual', customer_group: 'Résidentiel', territory: 'Canada' }).name;
  const charged = await bill('2026-04-01', []);
  const written = await only(leadlight, { resource: 'billing', operation: 'salesInvoice', bill: charged, customer, company: 'Gigafibre', taxAccounts });
  const { name: invoice } = await only(node, { resource: 'salesInvoice', operation: 'ensure', key: charged.id, fields: written['fields'], totalMinor: charged.totalMinor }, credentials);

  const back = await bill('2026-04-16', charged.lines, '2026-04-16');
  expect(back.kind).toBe('creditNote');
  const getBalance = { resource: 'salesInvoice', operation: 'getBalance', invoice: pick('name', String(invoice)) };
  const balance = await only(node, getBalance, credentials);
  expect(balance).toMatchObject({ name: invoice, state: 'submitted', totalMinor: 11492, outstandingMinor: 11492, creditedMinor: 0 });
  const decided = await only(leadlight, { resource: 'billing', operation: 'creditNote', bill: back, invoice: balance, taxAccounts });
  const { fields, expected } = decided['value'] as { fields: object; expected: { netTotalMinor: number; taxMinor: number; grandTotalMinor: number } };
  const ensure = {
    resource: 'salesInvoice', operation: 'ensureCreditNote', key: back.id, invoice: pick('url', `${site.url}/app/sales-invoice/${String(invoice)}`), fields, totalMinor: expected.grandTotalMinor, options: { netMinor: expected.netTotalMinor, taxMinor: expected.taxMinor },
  };
  const first = await only(node, ensure, credentials);
  expect(first).toMatchObject({ type: 'ensured', created: true, settles: 'invoice', invoice: { outstandingMinor: 11492 + back.totalMinor, creditedMinor: -back.totalMinor }, doc: { is_return: 1, return_against: invoice, docstatus: 1 } });
  expect(await only(node, ensure, credentials)).toMatchObject({ created: false, name: first['name'] });
  expect(site.site.docs('Sales Invoice').filter((one) => one['return_against'] === invoice)).toHaveLength(1);

  // What is left does not hold it a second time: core says no as data, the node stops.
  const left = await only(node, getBalance, credentials);
  expect(await only(leadlight, { resource: 'billing', operation: 'creditNote', bill: back, invoice: left, taxAccounts })).toEqual(decided);
  expect(await only(leadlight, { resource: 'billing', operation: 'creditNote', bill: { ...back, id: 'another', totalMinor: -9000 }, invoice: left, taxAccounts })).toMatchObject({ type: 'refused', code: 'tooMuch', facts: { leftMinor: left['outstandingMinor'] } });
  expect((await failed(run(node, { items: [{ ...ensure, key: 'another', totalMinor: -9000, options: {} }], credentials }))).message).toContain('than is left of the invoice');
  expect(await only(leadlight, { resource: 'billing', operation: 'creditNote', bill: charged, invoice: left, taxAccounts })).toMatchObject({ type: 'refused', code: 'notACreditNote' });
});
