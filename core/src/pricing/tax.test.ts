import fc from 'fast-check';
import { canadaTaxTable } from '../tenant/canadaTaxTable.ts';
import { checkTaxTable, taxLines, type TaxableAmount, type TaxTable } from './tax.ts';

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

test('sums beyond what is exact are refused at the amount that made them so, of one tax code or of several', () => {
  const [most, table] = [Number.MAX_SAFE_INTEGER, { ...canadaTaxTable, codes: { standard: 'taxed', other: 'taxed' } } as TaxTable];
  for (const codes of [['standard', 'standard', 'standard'], ['standard', 'other', 'standard']]) {
    expect(taxLines([most, most, -most].map((amountMinor, i) => ({ amountMinor, taxCode: codes[i]! })), 'CA-QC', '2026-04-03', table)).toMatchObject({ type: 'refused', code: 'badInput', path: 'taxable[1].amountMinor' });
  }
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

test('[inv-30] [inv-31] an invoice and its credit note cancel out, and QST does not depend on GST', () => {
  const noGst: TaxTable = { ...canadaTaxTable, jurisdictions: { 'CA-QC': { since: '2013-01-01', rates: canadaTaxTable.jurisdictions['CA-QC']!.rates.slice(1) } } };
  fc.assert(fc.property(fc.integer({ min: -1e9, max: 1e9 }), (net) => {
    const [plus, minus] = [taxes(net), taxes(-net)] as [string, number][][];
    expect(plus!.map(([, amount], i) => amount + minus![i]![1])).toEqual([0, 0]);
    expect(taxes(net, 'CA-QC', '2026-04-03', noGst)).toEqual([plus![1]]);
  }));
});

const label = { fr: 'T', en: 'T' };
const one = (more: Partial<TaxTable> = {}, place: object = {}): TaxTable => ({ id: 't', version: '1', codes: { standard: 'taxed', exempt: 'exempt', food: ['GST'] }, jurisdictions: { X: { since: '2020-01-01', rates: [{ tax: 'GST', label, ratePpm: 50_000, from: '2020-01-01' }, { tax: 'QST', label, ratePpm: 99_750, from: '2020-01-01' }], ...place } }, ...more });
const lines = (table: TaxTable, amounts: readonly TaxableAmount[], exemptions?: Parameters<typeof taxLines>[4]) => {
  const decided = taxLines(amounts, 'X', '2026-04-03', table, exemptions);
  if (decided.type === 'refused') throw new Error(decided.code);
  return decided.value;
};
const std = (amountMinor: number, taxCode = 'standard', taxedOn?: string): TaxableAmount => ({ amountMinor, taxCode, ...(taxedOn && { taxedOn }) });

test('[inv-32] tax on the total and tax line by line differ by at most half a cent a line and one', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: -30_000, max: 30_000 }), { maxLength: 30 }), (amounts) => {
    const taxed = amounts.map((amount) => std(amount));
    const whole = lines(one(), taxed);
    lines(one({ rounding: 'line' }), taxed).forEach((line, i) => expect(Math.abs(line.amountMinor - whole[i]!.amountMinor)).toBeLessThanOrEqual((amounts.length + 1) / 2));
  }));
});
test('prices that hold their taxes: the taxes are the part of the rates in the price, and nothing comes on top', () => {
  const held = lines(one({}, { included: true }), [std(114_975)]);
  expect(held.map(({ tax, amountMinor, included }) => [tax, amountMinor, included])).toEqual([['GST', 5000, true], ['QST', 9975, true]]);
});
test('a code may be subject to one tax only', () => {
  expect(lines(one(), [std(1000), std(1000, 'food')]).map(({ tax, taxableMinor }) => [tax, taxableMinor])).toEqual([['GST', 2000], ['QST', 1000]]);
});
test('a code nobody knows is refused even where no tax is due', () => {
  expect(taxLines([std(1000, 'luxury')], 'X', '2026-04-03', one({}, { rates: [] }))).toMatchObject({ type: 'refused', code: 'taxCodeUnknown' });
});
test('an exemption holds in its days, for its tax', () => {
  const from = (day: string) => lines(one(), [std(1000)], [{ tax: 'QST', certificate: 'C-1', from: day }]).map(({ tax }) => tax);
  expect(from('2026-04-03')).toEqual(['GST']);
  expect(from('2026-04-04')).toEqual(['GST', 'QST']);
});
test('amounts of days with the same rates are one total; of other rates their own', () => {
  const table = one({}, { rates: [{ tax: 'HST', label, ratePpm: 150_000, from: '2020-01-01', until: '2025-04-01' }, { tax: 'HST', label, ratePpm: 140_000, from: '2025-04-01' }] });
  expect(lines(table, [std(10), std(10, 'standard', '2025-06-01'), std(-100, 'standard', '2025-03-31')]).map(({ ratePpm, taxableMinor, amountMinor }) => [ratePpm, taxableMinor, amountMinor])).toEqual([[140_000, 20, 3], [150_000, -100, -15]]);
});
test.each<[string, object, string]>([
  ['a rate of a float', one({}, { rates: [{ tax: 'A', label, ratePpm: 0.5, from: '2020-01-01' }] }), 'jurisdictions.X.rates[0].ratePpm'], ['a rate below zero', one({}, { rates: [{ tax: 'A', label, ratePpm: -1, from: '2020-01-01' }] }), 'jurisdictions.X.rates[0].ratePpm'],
  ['days the wrong way round', one({}, { rates: [{ tax: 'A', label, ratePpm: 1, from: '2020-01-02', until: '2020-01-01' }] }), 'jurisdictions.X.rates[0].until'], ['two rates of one tax on a day', one({}, { rates: [{ tax: 'A', label, ratePpm: 1, from: '2020-01-01' }, { tax: 'A', label, ratePpm: 2, from: '2021-01-01' }] }), 'jurisdictions.X.rates[1]'],
  ['a place without a day', one({}, { since: 'ever' }), 'jurisdictions.X'], ['another rounding', { ...one(), rounding: 'up' }, 'rounding'], ['a code of nothing', { ...one(), codes: { a: 'free' } }, 'codes.a'], ['nothing', {}, 'taxTable'],
])('%s is no tax table', (_, table, path) => {
  expect(checkTaxTable(table as TaxTable)).toMatchObject({ type: 'refused', code: 'badInput', path });
});
