import fc from 'fast-check';
import { canadaTaxTable } from './canadaTaxTable.ts';
import { taxLines, type TaxTable } from './tax.ts';

const taxes = (taxable: Parameters<typeof taxLines>[0], place = 'CA-QC', on = '2026-04-03', table: TaxTable = canadaTaxTable) => {
  const decided = taxLines(taxable, place, on, table);
  return decided.type === 'refused' ? decided.code : decided.value.map(({ tax, amountMinor }) => [tax, amountMinor]);
};

// Net, GST, QST: half-up vectors of the ERP reference.
test.each([
  [9995, 500, 997], [7995, 400, 798], [4995, 250, 498], [10995, 550, 1097], [6995, 350, 698], [14959, 748, 1492], [16954, 848, 1691], [21954, 1098, 2190], [5010, 251, 500],
])('%d is taxed %d GST and %d QST', (net, gst, qst) => {
  expect(taxes(net)).toEqual([['GST', gst], ['QST', qst]]);
  expect(taxes(-net)).toEqual([['GST', -gst], ['QST', -qst]]);
});

test('each tax is rounded once, on the total of the lines, not line by line', () => {
  const lines = [10, 10, 10].map((amountMinor) => ({ amountMinor, taxCode: 'standard' }));
  expect(taxes(lines)).toEqual([['GST', 2], ['QST', 3]]);
  expect(taxes(10)).toEqual([['GST', 1], ['QST', 1]]);
});

test('exempt amounts stay out of the base', () => {
  expect(taxes([{ amountMinor: 10000, taxCode: 'standard' }, { amountMinor: 5000, taxCode: 'exempt' }])).toEqual([['GST', 500], ['QST', 998]]);
});

test.each([
  ['CA-ON', '2026-04-03', [['HST', 1300]]],
  ['CA-NS', '2025-03-31', [['HST', 1500]]],
  ['CA-NS', '2025-04-01', [['HST', 1400]]],
  ['CA-NB', '2016-06-30', [['HST', 1300]]],
  ['CA-NB', '2016-07-01', [['HST', 1500]]],
  ['CA-AB', '2026-04-03', [['GST', 500]]],
])('in %s on %s 100.00 is taxed %j', (place, on, expected) => {
  expect(taxes(10000, place, on)).toEqual(expected);
});

test.each([
  ['an unknown place', () => taxes(100, 'CA-XX'), 'jurisdictionUnknown'],
  ['a place nobody has written down', () => taxes(100, 'CA-MB'), 'jurisdictionUnknown'],
  ['a name every object has', () => taxes(100, 'constructor'), 'jurisdictionUnknown'],
  ['an unknown code', () => taxes([{ amountMinor: 1, taxCode: 'luxury' }]), 'taxCodeUnknown'],
  ['a day before the table', () => taxes(100, 'CA-QC', '2012-12-31'), 'taxDayUnknown'],
  ['no day', () => taxes(100, 'CA-QC', 'today'), 'badInput'],
  ['half a cent', () => taxes(0.5), 'badInput'],
])('%s is refused, never taxed at zero', (_, ask, code) => {
  expect(ask()).toBe(code);
});

test('an invoice and its credit note cancel out, and QST does not depend on GST', () => {
  const noGst: TaxTable = { ...canadaTaxTable, jurisdictions: { 'CA-QC': { since: '2013-01-01', rates: canadaTaxTable.jurisdictions['CA-QC']!.rates.slice(1) } } };
  fc.assert(fc.property(fc.integer({ min: -1e9, max: 1e9 }), (net) => {
    const [plus, minus] = [taxes(net), taxes(-net)] as [string, number][][];
    expect(plus!.map(([, amount], i) => amount + minus![i]![1])).toEqual([0, 0]);
    expect(taxes(net, 'CA-QC', '2026-04-03', noGst)).toEqual([plus![1]]);
  }));
});
