import fc from 'fast-check';
import { prices } from './generators.testkit.ts';
import { termPrice } from './termPrice.ts';

const priced = (mrcMinor: number, months: number, offPpm: number) => {
  const decided = termPrice(mrcMinor, { months, offPpm });
  if (decided.type === 'refused') throw new Error(decided.message);
  return decided.value;
};

test('[inv-35] [S2-054] price × months × (1 − discount), rounded once; a year costs at most twelve months', () => {
  fc.assert(fc.property(prices, fc.constantFrom(1, 3, 6, 12, 24, 120), fc.oneof(fc.constantFrom(0, 1, 100_000, 170_000, 500_000, 999_999, 1_000_000), fc.integer({ min: 0, max: 1_000_000 })), (mrcMinor, months, offPpm) => {
    const exact = BigInt(mrcMinor) * BigInt(months) * BigInt(1_000_000 - offPpm);
    expect(BigInt(priced(mrcMinor, months, offPpm))).toBe((exact + 500_000n) / 1_000_000n);
    expect(priced(mrcMinor, 12, offPpm)).toBeLessThanOrEqual(12 * mrcMinor);
    expect(priced(mrcMinor, months, 0)).toBe(mrcMinor * months);
  }), { numRuns: 500 });
});

test('it says how it was made, and whose price it is', () => {
  expect(termPrice(9900, { months: 12, offPpm: 170_000 })).toMatchObject({ value: 98604, because: ['12 months of 9900, 17 % off, rounded once'] });
  expect(termPrice(9900, { months: 12, offPpm: 170_000, priceMinor: 99000 })).toMatchObject({ value: 99000, because: ['written for 12 months'] });
});

test.each<[unknown, unknown, string]>([
  [49.95, { months: 12, offPpm: 0 }, 'mrcMinor'], [-1, { months: 12, offPpm: 0 }, 'mrcMinor'], [NaN, { months: 12, offPpm: 0 }, 'mrcMinor'], [2 ** 53, { months: 12, offPpm: 0 }, 'mrcMinor'], ['99', { months: 1, offPpm: 0 }, 'mrcMinor'],
  [100, { months: 0, offPpm: 0 }, 'months'], [100, { months: 1.5, offPpm: 0 }, 'months'], [100, { months: 12, offPpm: 1_000_001 }, 'offPpm'], [100, { months: 12, offPpm: 0.17 }, 'offPpm'], [100, { months: 12 }, 'offPpm'],
  [100, null, 'months'], [100, { months: 12, offPpm: 0, priceMinor: -1 }, 'priceMinor'], [100, { months: 12, offPpm: 0, off: 1 }, 'off'],
])('%p for %p is refused', (mrcMinor, term, path) => {
  expect(termPrice(mrcMinor as number, term as never)).toMatchObject({ type: 'refused', code: 'badInput', path });
});
