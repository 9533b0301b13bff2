import fc from 'fast-check';
import { canadaTaxTable as taxTable } from '../tenant/canadaTaxTable.ts';
import type { CustomerBill } from '../billing/customerBill.ts';
import { firstInvoice } from './firstInvoice.ts';
import type { FirstInvoiceLine } from './firstInvoiceInput.ts';
import { salesInvoice, type SalesInvoiceSettings } from './salesInvoice.ts';

const settings: SalesInvoiceSettings = { customer: 'CUST-1', company: 'Gigafibre', sellingPriceList: 'Résidentiel', location: 'SLOC-3', taxAccounts: { GST: 'TPS à payer - GF', QST: 'TVQ à payer - GF' } };
const bill = (lines: readonly FirstInvoiceLine[], prepaymentMinor = 0): CustomerBill => {
  const answer = firstInvoice({ orderId: 'ord_123', account: { zone: 'America/Toronto', currency: 'CAD', jurisdiction: 'CA-QC', anchorDay: 1 }, lines, activatedAt: '2026-04-13T14:20:00Z', prepaymentMinor, taxTable });
  if (answer.type === 'refused') throw new Error(answer.code);
  return answer.value;
};
const internet: FirstInvoiceLine = { sku: 'FTTH150I', description: 'FTTH150I', charge: 'mrc', amountMinor: 9995, subscription: 'SSUB-31' };

/** Adds an invoice up as ERPNext does: rows to 2 places, the discount off the net, each tax row rounded half away from zero. */
function erpTotals(fields: Record<string, unknown>): { net: number; tax: number; grand: number } {
  const cents = (value: number) => Math.round(value * 100);
  const items = fields['items'] as readonly { qty: number; rate: number }[];
  const net = items.reduce((sum, { qty, rate }) => sum + cents(rate) * qty, 0) - cents((fields['discount_amount'] as number | undefined) ?? 0);
  const tax = (fields['taxes'] as readonly { charge_type: string; rate?: number; tax_amount?: number }[])
    .reduce((sum, row) => sum + (row.charge_type === 'Actual' ? cents(row.tax_amount!) : Math.floor((net * Math.round(row.rate! * 1000) + 50_000) / 100_000)), 0);
  return { net, tax, grand: net + tax };
}

test('[S1-118] the fields of the first invoice, with taxes spelt out and what ERPNext must echo', () => {
  expect(salesInvoice(bill([internet], 11492), settings)).toEqual({
    fields: {
      customer: 'CUST-1', company: 'Gigafibre', currency: 'CAD', selling_price_list: 'Résidentiel', set_posting_time: 1, posting_date: '2026-04-13', due_date: '2026-04-13',
      payment_terms_template: '', disable_rounded_total: 1, ignore_pricing_rule: 1,
      items: [{ item_code: 'FTTH150I', qty: 1, rate: 59.97, description: 'FTTH150I 2026-04-13 → 2026-04-30 (18/30)', service_subscription: 'SSUB-31' }],
      taxes: [
        { charge_type: 'On Net Total', account_head: 'TPS à payer - GF', description: 'TPS 5 %', rate: 5 },
        { charge_type: 'On Net Total', account_head: 'TVQ à payer - GF', description: 'TVQ 9,975 %', rate: 9.975 },
      ],
      allocate_advances_automatically: 1, service_location: 'SLOC-3', leadlight_id: 'ord_123:inv:first', docstatus: 1,
    },
    expected: { netTotalMinor: 5997, taxMinor: 898, grandTotalMinor: 6895, outstandingMinor: 0 },
  });
});

test('discounts leave as one discount on the net, or as negative lines where the site allows them', () => {
  const made = bill([internet, { sku: 'RAB2X', description: 'Rabais', charge: 'mrc', amountMinor: -500 }]);
  const one = salesInvoice(made, settings).fields;
  expect(one).toMatchObject({ apply_discount_on: 'Net Total', discount_amount: 3 });
  expect(one['items']).toHaveLength(1);
  const two = salesInvoice(made, { ...settings, discounts: 'negativeLines' }).fields;
  expect(two).not.toHaveProperty('discount_amount');
  expect((two['items'] as { rate: number }[]).map(({ rate }) => rate)).toEqual([59.97, -3]);
});

test('a quantity that does not divide the amount becomes one piece', () => {
  const made = bill([{ ...internet, charge: 'nrc', quantity: 3, amountMinor: 1000 }, { sku: 'STB', description: 'Décodeur', charge: 'nrc', quantity: 2, amountMinor: 1000 }]);
  expect(salesInvoice(made, settings).fields['items']).toMatchObject([{ qty: 1, rate: 10, description: '3 × FTTH150I' }, { qty: 2, rate: 5 }]);
});

test('an exempt line makes the taxes explicit amounts, for ERPNext would tax the whole', () => {
  const made = bill([internet, { sku: 'DON', description: 'Don', charge: 'nrc', amountMinor: 1000, taxCode: 'exempt' }]);
  expect(salesInvoice(made, settings).fields['taxes']).toMatchObject([{ charge_type: 'Actual', tax_amount: 3 }, { charge_type: 'Actual', tax_amount: 5.98 }]);
});

test('a tax without its ledger account is a mistake of the caller, also for a name of Object', () => {
  expect(() => salesInvoice(bill([internet]), { ...settings, taxAccounts: { GST: 'TPS' } })).toThrow(/QST/);
});

test('prices that hold their taxes are told so, and a credit note is not written as an invoice', () => {
  const made = bill([internet]);
  const held = { ...made, totalMinor: made.subtotalMinor, taxes: made.taxes.map((tax) => ({ ...tax, included: true as const })) };
  expect(salesInvoice(held, settings)).toMatchObject({ fields: { taxes: [{ included_in_print_rate: 1 }, { included_in_print_rate: 1 }] }, expected: { netTotalMinor: 5997 - 898, grandTotalMinor: 5997 } });
  expect(() => salesInvoice({ ...made, kind: 'creditNote' }, settings)).toThrow(/return against/);
});

test('what ERPNext adds up from the fields is what the bill says, to the cent', () => {
  const line = fc.record({ sku: fc.constantFrom('A', 'B'), description: fc.constant('x'), charge: fc.constantFrom('mrc' as const, 'nrc' as const), amountMinor: fc.nat(30_000), quantity: fc.integer({ min: 1, max: 3 }), taxCode: fc.constantFrom('standard', 'exempt') });
  fc.assert(fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), fc.nat(20), fc.constantFrom('invoiceDiscount' as const, 'negativeLines' as const), (lines, percent, discounts) => {
    const taxed = lines.every(({ taxCode }) => taxCode === 'standard');
    const rebate = Math.floor((lines.reduce((sum, { amountMinor, charge }) => sum + (charge === 'mrc' ? amountMinor : 0), 0) * percent) / 100);
    const made = bill(taxed && rebate > 0 ? [...lines, { sku: 'RAB', description: 'r', charge: 'mrc', amountMinor: -rebate }] : lines);
    const { fields, expected } = salesInvoice(made, { ...settings, discounts });
    expect(erpTotals(fields)).toEqual({ net: expected.netTotalMinor, tax: expected.taxMinor, grand: expected.grandTotalMinor });
  }));
});
