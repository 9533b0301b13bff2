// Invoices to the cent (erp.md 2.8, 2.9; section 8, 31).
import { money } from '../../../core/src/index.ts';
import { cents, invoiceDifferences } from '../src/index.ts';
import { bench, customer, failure, invoice, onSandbox, type Bench } from './site.ts';

let b: Bench;
let who: string;
beforeAll(async () => { b = await bench(); who = await customer(b); });
afterAll(() => b.close());
const cad = (minor: number) => money(minor, 'CAD');
const bill = (rate: number, total: number, more: object = {}) => b.erp.documents.ensure('Sales Invoice', b.key('inv'), invoice(who, rate, more), { submit: true, totals: { total: cad(total) } });

test('[erp-31] floats become cents exactly; a real third decimal is refused', () => {
  expect([cents(0.1 + 0.2, 'CAD'), cents(114.92, 'CAD'), cents('99.95', 'CAD'), cents(null, 'CAD')]).toEqual([30, 11492, 9995, 0]);
  expect(() => cents(1.005, 'CAD')).toThrow(RangeError);
});
test.each([[99.95, 500, 997, 11492], [79.95, 400, 798, 9193], [49.95, 250, 498, 5743], [109.95, 550, 1097, 12642], [69.95, 350, 698, 8043], [149.59, 748, 1492, 17199], [169.54, 848, 1691, 19493], [50.1, 251, 500, 5761]])(
  '[erp-31] %d is taxed %i and %i cents, %i in all, and owed to the cent',
  async (rate, gst, qst, total) => {
    const { doc } = await b.erp.documents.ensure('Sales Invoice', b.key('inv'), invoice(who, rate), { submit: true, totals: { total: cad(total), tax: cad(gst + qst), net: cad(total - gst - qst) } });
    expect((doc['taxes'] as { tax_amount: number }[]).map((row) => cents(row.tax_amount, 'CAD'))).toEqual([gst, qst]);
    expect(doc).toMatchObject({ docstatus: 1, rounded_total: 0, posting_date: '2026-04-09' });
    expect(cents(doc['outstanding_amount'], 'CAD') + cents(doc['total_advance'], 'CAD')).toBe(total);
  },
);
test('[erp-31] a template without its rows bills no tax: cancelled and refused', async () => {
  const error = await failure(bill(99.95, 11492, { taxes: [], taxes_and_charges: 'QC TPS+TVQ - GF' }));
  expect(error).toMatchObject({ kind: 'unexpectedReply', outcome: 'notApplied', detail: { cancelled: true, differences: ['grand_total is 99.95, not 114.92', 'outstanding_amount is 99.95, not 114.92'] } });
  expect((await b.erp.documents.get('Sales Invoice', String(error.detail?.['name']))).docstatus).toBe(2);
});
test('[erp-31] left to itself the Canadian dollar is rounded to the whole: cancelled and refused', async () => {
  const error = await failure(bill(99.95, 11492, { disable_rounded_total: 0 }));
  expect(error.detail?.['differences']).toEqual(['rounded_total is 115.00, not 114.92', 'outstanding_amount is 115.00, not 114.92']);
});
onSandbox('[erp-31] a site that rounds to even is one cent off on a tie: cancelled and refused', async () => {
  b.site.configure('System Settings', 'rounding_method', "Banker's Rounding");
  const error = await failure(bill(50.1, 5761));
  b.site.configure('System Settings', 'rounding_method', 'Commercial Rounding');
  expect(error.detail?.['differences']).toEqual(['grand_total is 57.60, not 57.61', 'outstanding_amount is 57.60, not 57.61']);
});
onSandbox('[erp-31] when the wrong invoice cannot be cancelled the error says that it stands', async () => {
  b.world.inject({ system: 'erpnext', method: 'PUT', path: 'Sales Invoice', kind: 'status', status: 403, body: { exc_type: 'PermissionError' } });
  expect(await failure(bill(99.95, 1))).toMatchObject({ outcome: 'applied', detail: { cancelled: false } });
});
test('[erp-14] an invoice that is there with another total is drift; a cancelled one is never silently replaced', async () => {
  const key = b.key('inv');
  const { name } = await b.erp.documents.ensure('Sales Invoice', key, invoice(who, 99.95), { submit: true, totals: { total: cad(11492) } });
  expect(await failure(b.erp.documents.ensure('Sales Invoice', key, invoice(who, 79.95), { submit: true, totals: { total: cad(9193) } }))).toMatchObject({ kind: 'conflict', detail: { drift: ['grand_total'] } });
  await b.erp.documents.cancel('Sales Invoice', name);
  expect(await failure(b.erp.documents.ensure('Sales Invoice', key, invoice(who, 99.95), { submit: true }))).toMatchObject({ kind: 'conflict', detail: { cancelled: true } });
});
test('the prepayment is an advance that the first invoice takes; what is left is owed', async () => {
  const payer = await customer(b);
  const pi = b.key('pi').replace(/\W/g, '_');
  const payment = {
    payment_type: 'Receive', party_type: 'Customer', party: payer, company: 'Gigafibre', mode_of_payment: 'Stripe', posting_date: '2026-04-03', paid_from: 'Debtors - GF', paid_to: 'Stripe Clearing - GF',
    paid_amount: 50, received_amount: 50, source_exchange_rate: 1, target_exchange_rate: 1, reference_no: pi, reference_date: '2026-04-03', gateway_txn_id: pi,
  };
  const advance = await b.erp.documents.ensure('Payment Entry', b.key('pay'), payment, { submit: true });
  expect(advance.doc).toMatchObject({ docstatus: 1, unallocated_amount: 50 });
  const again = await failure(b.erp.documents.ensure('Payment Entry', b.key('pay'), payment, { submit: true }));
  expect(again).toMatchObject({ kind: 'conflict', detail: { excType: 'UniqueValidationError' } });
  const { name, doc } = await b.erp.documents.ensure('Sales Invoice', b.key('inv'), invoice(payer, 99.95, { allocate_advances_automatically: 1 }), { submit: true, totals: { total: cad(11492) } });
  expect([doc['total_advance'], doc['outstanding_amount']]).toEqual([50, 64.92]);
  expect(await b.erp.documents.get('Payment Entry', advance.name)).toMatchObject({ unallocated_amount: 0, references: [expect.objectContaining({ reference_name: name, allocated_amount: 50 })] });
  const rest = { ...payment, paid_amount: 64.92, received_amount: 64.92, reference_no: `${pi}_2`, gateway_txn_id: `${pi}_2`, references: [{ reference_doctype: 'Sales Invoice', reference_name: name, allocated_amount: 64.92 }] };
  await b.erp.documents.ensure('Payment Entry', b.key('pay'), rest, { submit: true });
  expect(await b.erp.documents.get('Sales Invoice', name)).toMatchObject({ outstanding_amount: 0, status: 'Paid' });
  expect(await failure(b.erp.documents.ensure('Payment Entry', b.key('pay'), { ...rest, gateway_txn_id: `${pi}_3` }, { submit: true }))).toMatchObject({ kind: 'rejectedInput', status: 417 });
});
test('[erp-31] the differences are named by field', () => {
  expect(invoiceDifferences({ currency: 'USD', grand_total: 1, total_taxes_and_charges: 0.005, rounded_total: 0 }, { total: cad(100), tax: cad(1) })).toEqual(['currency is USD, not CAD', 'total_taxes_and_charges is 0.005, not 0.01']);
});
