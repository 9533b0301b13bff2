import fc from 'fast-check';
import { canadaTaxTable as taxTable } from '../tenant/canadaTaxTable.ts';
import type { BilledSubscription } from '../billing/billedSubscription.ts';
import type { BillLine, CustomerBill } from '../billing/customerBill.ts';
import { nextBill } from '../billing/nextBill.ts';
import { creditNote, type CreditedInvoice } from './creditNote.ts';
import { salesInvoice, type SalesInvoiceSettings } from './salesInvoice.ts';

const settings: Omit<SalesInvoiceSettings, 'customer' | 'company'> = { sellingPriceList: 'Résidentiel', location: 'SLOC-3', taxAccounts: { GST: 'TPS à payer - GF', QST: 'TVQ à payer - GF' } };
const account = { id: 'acc_1', currency: 'CAD', jurisdiction: 'CA-QC' };
const subscription = (unitMinor: number, more: Partial<BilledSubscription> = {}): BilledSubscription => ({
  id: 'sub_1', start: '2026-04-01', items: [{ key: 'net', terms: [{ from: '2026-04-01', sku: 'FTTH150I', description: 'Internet 150', unitMinor }] }], ...more,
});
const bill = (of: BilledSubscription, asOf: string, billed: readonly BillLine[] = []): CustomerBill => {
  const made = nextBill({ account, subscriptions: [of], asOf, billed }, { taxTable });
  if (made.type === 'refused' || !made.value) throw new Error('no bill');
  return made.value;
};
const charged = bill(subscription(9995), '2026-04-01');
/** Cancelled on the 16th: half of the month comes back. */
const credit = bill(subscription(9995, { end: '2026-04-16' }), '2026-04-16', charged.lines);
const against = (more: Partial<CreditedInvoice> = {}): CreditedInvoice => ({
  name: 'ACC-SINV-1', state: 'submitted', customer: 'CUST-1', company: 'Gigafibre', currency: 'CAD', issuedOn: '2026-04-01', totalMinor: charged.totalMinor, creditedMinor: 0, outstandingMinor: charged.totalMinor, ...more,
});

/** Adds a return up as ERPNext does: rows to 2 places, the discount of the return off the net, each tax row rounded half away from zero. */
function erpTotals(fields: Record<string, unknown>): { net: number; tax: number; grand: number } {
  const cents = (value: number) => Math.sign(value) * Math.round(Math.abs(value) * 100);
  const items = fields['items'] as readonly { qty: number; rate: number }[];
  const net = items.reduce((sum, { qty, rate }) => sum + cents(rate) * qty, 0) - cents((fields['discount_amount'] as number | undefined) ?? 0);
  const tax = (fields['taxes'] as readonly { charge_type: string; rate?: number; tax_amount?: number }[])
    .reduce((sum, row) => sum + (row.charge_type === 'Actual' ? cents(row.tax_amount!) : Math.sign(net) * Math.floor((Math.abs(net) * Math.round(row.rate! * 1000) + 50_000) / 100_000)), 0);
  return { net, tax, grand: net + tax };
}

test('[S2-056] half a month given back: a return with a quantity below zero, the rate as charged, its taxes spelt out', () => {
  expect(creditNote(credit, against(), settings)).toMatchObject({
    type: 'accepted',
    value: {
      against: 'ACC-SINV-1', settles: 'invoice', expected: { netTotalMinor: -4998, taxMinor: -749, grandTotalMinor: -5747 },
      fields: {
        customer: 'CUST-1', company: 'Gigafibre', currency: 'CAD', is_return: 1, return_against: 'ACC-SINV-1', update_outstanding_for_self: 0, disable_rounded_total: 1, set_posting_time: 1, posting_date: '2026-04-16',
        items: [{ item_code: 'FTTH150I', qty: -1, rate: 49.98 }],
        taxes: [{ charge_type: 'On Net Total', account_head: 'TPS à payer - GF', rate: 5 }, { charge_type: 'On Net Total', account_head: 'TVQ à payer - GF', rate: 9.975 }],
        leadlight_id: credit.id, docstatus: 1,
      },
    },
  });
});

test('a paid invoice has nothing left to lower: the credit is the customer’s, and the answer says so', () => {
  expect(creditNote(credit, against({ outstandingMinor: 5746 }), settings)).toMatchObject({ value: { settles: 'customer', fields: { update_outstanding_for_self: 1 } }, because: [expect.any(String), expect.stringContaining('57.46 CAD')] });
  expect(creditNote(credit, against({ outstandingMinor: 5747 }), settings)).toMatchObject({ value: { settles: 'invoice' } });
});

test('[S2-056] a smaller plan from the middle of the month: what is charged of the new one lowers the credit, as a discount of the return or as a line', () => {
  const down = bill({ ...subscription(9995), items: [{ key: 'net', terms: [{ from: '2026-04-01', sku: 'FTTH150I', description: 'Internet 150', unitMinor: 9995 }, { from: '2026-04-16', sku: 'FTTH80I', description: 'Internet 80', unitMinor: 7995 }] }] }, '2026-04-16', charged.lines);
  expect(down.kind).toBe('creditNote');
  const one = creditNote(down, against(), settings);
  const two = creditNote(down, against(), { ...settings, discounts: 'negativeLines' });
  if (one.type === 'refused' || two.type === 'refused') throw new Error('refused');
  expect(one.value.fields).toMatchObject({ apply_discount_on: 'Net Total', discount_amount: expect.any(Number) });
  expect(Number(one.value.fields['discount_amount'])).toBeLessThan(0);
  expect((two.value.fields['items'] as { qty: number; rate: number }[]).map(({ qty, rate }) => [qty, Math.sign(rate)])).toEqual(expect.arrayContaining([[-1, 1], [-1, -1]]));
  for (const { value } of [one, two]) expect(erpTotals(value.fields)).toEqual({ net: value.expected.netTotalMinor, tax: value.expected.taxMinor, grand: value.expected.grandTotalMinor });
});

test.each([
  ['notACreditNote', charged, against(), settings], ['notCreditable', credit, against({ state: 'cancelled' }), settings], ['notCreditable', credit, against({ state: 'draft' }), settings],
  ['otherCurrency', credit, against({ currency: 'USD' }), settings], ['tooEarly', credit, against({ issuedOn: '2026-04-17' }), settings], ['noTaxAccount', credit, against(), { ...settings, taxAccounts: { GST: 'TPS' } }],
  ['badInput', credit, against({ creditedMinor: 0.5 }), settings], ['badInput', credit, {} as CreditedInvoice, settings], ['badInput', { kind: 'creditNote', totalMinor: -1 } as CustomerBill, against(), settings],
] as const)('%s is refused with a place and a hint', (code, of, invoice, more) => {
  expect(creditNote(of, invoice, more)).toMatchObject({ type: 'refused', code, path: expect.any(String), hint: expect.any(String) });
});

test('[S2-093] never more than is left of what the invoice charged, earlier credit notes counted', () => {
  expect(creditNote(credit, against({ creditedMinor: charged.totalMinor - 5746 }), settings)).toMatchObject({ type: 'refused', code: 'tooMuch', facts: { leftMinor: 5746, creditMinor: 5747 } });
  expect(creditNote(credit, against({ creditedMinor: charged.totalMinor - 5747 }), settings).type).toBe('accepted');
});

test('[S1-103] sent again, with its own credit note among those of the invoice, it is decided the same', () => {
  const first = creditNote(credit, against(), settings);
  const after = against({ outstandingMinor: charged.totalMinor - 5747, creditedMinor: 5747, notes: [{ key: credit.id, creditMinor: 5747, settles: 'invoice' }] });
  expect(creditNote(credit, after, settings)).toEqual(first);
  expect(creditNote({ ...credit, id: 'another' }, after, settings)).toMatchObject({ type: 'refused', code: 'tooMuch' });
  const paid = against({ outstandingMinor: 0 });
  expect(creditNote(credit, { ...paid, creditedMinor: 5747, notes: [{ key: credit.id, creditMinor: 5747, settles: 'customer' }] }, settings)).toEqual(creditNote(credit, paid, settings));
});

test('an invoice and its whole credit note are nothing, field by field and cent by cent', () => {
  const line = fc.record({ unitMinor: fc.integer({ min: 1, max: 30_000 }), quantity: fc.integer({ min: 1, max: 3 }), taxCode: fc.constantFrom('standard', 'exempt') });
  fc.assert(fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), fc.constantFrom('invoiceDiscount' as const, 'negativeLines' as const), (lines, discounts) => {
    const of: BilledSubscription = { id: 's', start: '2026-04-01', items: [], charges: lines.map(({ unitMinor, quantity, taxCode }, at) => ({ key: `c${at}`, on: '2026-04-01', sku: `SKU${at}`, description: 'x', amountMinor: unitMinor * quantity, quantity, taxCode })) };
    const made = bill(of, '2026-04-01');
    const back: CustomerBill = {
      ...made, kind: 'creditNote', id: `${made.id}:back`, lines: made.lines.map((one) => ({ ...one, amountMinor: -one.amountMinor })), subtotalMinor: -made.subtotalMinor,
      taxes: made.taxes.map((tax) => ({ ...tax, taxableMinor: -tax.taxableMinor, amountMinor: -tax.amountMinor })), taxMinor: -made.taxMinor, totalMinor: -made.totalMinor, prepaidMinor: 0, dueMinor: -made.totalMinor,
    };
    const written = salesInvoice(made, { ...settings, customer: 'CUST-1', company: 'Gigafibre', discounts });
    const returned = creditNote(back, against({ totalMinor: made.totalMinor, outstandingMinor: made.totalMinor }), { ...settings, discounts });
    if (returned.type === 'refused') throw new Error(returned.code);
    const [there, again] = [erpTotals(written.fields), erpTotals(returned.value.fields)];
    expect([there.net + again.net, there.tax + again.tax, there.grand + again.grand]).toEqual([0, 0, 0]);
    expect(again.grand).toBe(returned.value.expected.grandTotalMinor);
  }));
});
