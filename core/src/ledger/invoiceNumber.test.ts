import fc from 'fast-check';
import { addMonths } from '../kernel/civil.ts';
import { invoiceNumber, type NumbersIssued } from './invoiceNumber.ts';

test('[S2-094] INV-YYYYMM-NNNN, counted by month, without gaps or repeats, whatever the order of the months', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 60 }), (months) => {
    let issued: NumbersIssued = {};
    const numbers = months.map((n) => {
      const next = invoiceNumber(issued, addMonths('2026-10-31', n));
      if (next.type === 'refused') throw new Error(next.code);
      issued = JSON.parse(JSON.stringify(next.value.issued)) as NumbersIssued;
      return next.value.number;
    });
    const counts: Record<number, number> = {};
    expect(numbers).toEqual(months.map((n) => `INV-${addMonths('2026-10-31', n).slice(0, 7).replace('-', '')}-${String((counts[n] = (counts[n] ?? 0) + 1)).padStart(4, '0')}`));
    expect(new Set(numbers).size).toBe(numbers.length);
  }));
});

test('more than 9,999 in a month go on, and another kind of document has its own', () => {
  expect(invoiceNumber({ 202604: 9999 }, '2026-04-30')).toMatchObject({ value: { number: 'INV-202604-10000', issued: { 202604: 10000 } } });
  expect(invoiceNumber({}, '2028-02-29', 'CN')).toMatchObject({ value: { number: 'CN-202802-0001' } });
});

test.each<[string, NumbersIssued, string, string]>([
  ['a day that is not', {}, '2026-02-30', 'on'], ['a count by halves', { 202604: 0.5 }, '2026-04-01', 'issued.202604'], ['a count below 0', { 202604: -2 }, '2026-04-01', 'issued.202604'],
  ['a count that is none', { 202604: '7' as never }, '2026-04-01', 'issued.202604'], ['the last number there is', { 202604: Number.MAX_SAFE_INTEGER }, '2026-04-01', 'issued.202604'],
])('%s is refused', (_name, issued, on, path) => {
  expect(invoiceNumber(issued, on)).toMatchObject({ type: 'refused', code: 'badInput', path });
});
