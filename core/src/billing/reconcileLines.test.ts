import fc from 'fast-check';
import type { BillLine } from './customerBill.ts';
import { reconcileLines } from './reconcileLines.ts';

const line = fc.record({ key: fc.constantFrom('a', 'b', 'c'), amountMinor: fc.integer({ min: -50, max: 50 }) }).map((one): BillLine => ({ ...one, sku: 'S', description: 'S', quantity: 1, taxCode: 'standard', because: 'owed' }));
const sumOf = (lines: readonly BillLine[], key: string): number => lines.reduce((sum, one) => sum + (one.key === key ? one.amountMinor : 0), 0);

test('[inv-24] [inv-36] [inv-40] what was billed and what comes out make what is owed, key by key; a second time nothing comes out', () => {
  fc.assert(fc.property(fc.uniqueArray(line, { selector: ({ key }) => key }), fc.array(line, { maxLength: 8 }), (owed, billed) => {
    const out = reconcileLines(owed, billed);
    for (const key of ['a', 'b', 'c']) expect(sumOf(billed, key) + sumOf(out, key)).toBe(sumOf(owed, key));
    expect(out.every(({ key, revision }) => (revision ?? 0) === billed.filter((one) => one.key === key).length)).toBe(true);
    if (billed.length > 0) expect(reconcileLines(owed, [...billed, ...out])).toEqual([]);
  }));
});

test('corrections come in the order of what is owed, then of what was billed', () => {
  const [a, b, c] = fc.sample(line, 1).flatMap((one) => ['a', 'b', 'c'].map((key) => ({ ...one, key, amountMinor: 10 }))) as [BillLine, BillLine, BillLine];
  expect(reconcileLines([c], [b, a, b]).map(({ key, amountMinor, because }) => [key, amountMinor, because])).toEqual([['c', 10, 'owed'], ['b', -20, 'billed 20, owed 0: no longer owed'], ['a', -10, 'billed 10, owed 0: no longer owed']]);
});
