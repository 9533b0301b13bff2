import fc from 'fast-check';
import { decimals, formatMoney, fromDecimal, toDecimal } from './decimal.ts';
import { add, allocate, money, mulDiv, negate, subtract, sum, type Rounding } from './money.ts';

const safe = fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
const exact = (amount: number, n: number, d: number): bigint => {
  let [top, by] = [BigInt(amount) * BigInt(n), BigInt(d)];
  const negative = top < 0n !== by < 0n;
  [top, by] = [top < 0n ? -top : top, by < 0n ? -by : by];
  const whole = (2n * top + by) / (2n * by);
  return negative ? -whole : whole;
};
const attempt = (amount: number, n: number, d: number): bigint | 'out of range' => {
  try {
    return BigInt(mulDiv(amount, n, d));
  } catch {
    return 'out of range';
  }
};

test('[inv-1] mulDiv is amount × n ÷ d, half away from zero, as exact arithmetic has it, or out of range', () => {
  const one = fc.tuple(safe, safe, safe.filter((d) => d !== 0));
  const small = fc.tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: -400, max: 400 }), fc.integer({ min: -400, max: 400 }).filter((d) => d !== 0));
  fc.assert(fc.property(fc.oneof(one, small), ([amount, n, d]) => {
    const right = exact(amount, n, d);
    const fits = right >= -BigInt(Number.MAX_SAFE_INTEGER) && right <= BigInt(Number.MAX_SAFE_INTEGER);
    expect(attempt(amount, n, d)).toBe(fits ? right : 'out of range');
  }), { numRuns: 1000 });
});

test('[inv-2] mulDiv mirrors, ties go away from zero, and there is no minus zero', () => {
  expect([mulDiv(5, 1, 2), mulDiv(-5, 1, 2), mulDiv(5, -1, 2), mulDiv(5, 1, -2), mulDiv(9995, 18, 30)]).toEqual([3, -3, -3, -3, 5997]);
  expect(mulDiv(9_007_199_254_740_991, 1_000_000, 1_000_000)).toBe(9_007_199_254_740_991);
  for (const zero of [mulDiv(-1, 1, 3), mulDiv(0, -5, 3), mulDiv(0, 1, -3), mulDiv(-9_007_199_254_740_991, 3, 9_007_199_254_740_991 * 1)]) expect(Object.is(zero, -0)).toBe(false);
  fc.assert(fc.property(safe, fc.nat(1000), fc.integer({ min: 1000, max: 5000 }), (amount, n, d) => expect(mulDiv(-amount, n, d) + mulDiv(amount, n, d)).toBe(0)));
});

test('[inv-3] what mulDiv gives is never further than half a unit from the exact', () => {
  fc.assert(fc.property(safe, fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 400 }), (amount, n, d) => {
    const given = attempt(amount, n, d);
    if (given === 'out of range') return;
    const off = given * BigInt(d) - BigInt(amount) * BigInt(n);
    expect((off < 0n ? -off : off) * 2n <= BigInt(d)).toBe(true);
  }));
});
/** Each mode by its definition, on exact numbers. */
const byMode = (top: bigint, by: bigint, mode: Rounding): bigint => {
  const floor = top / by - (top % by < 0n ? 1n : 0n);
  const twice = 2n * (top - floor * by);
  const negative = top < 0n;
  const up = {
    floor: false, ceiling: twice > 0n, down: negative && twice > 0n, up: !negative && twice > 0n,
    halfUp: twice > by || (twice === by && !negative), halfDown: twice > by || (twice === by && negative), halfEven: twice > by || (twice === by && floor % 2n !== 0n),
  }[mode];
  return floor + (up ? 1n : 0n);
};
test('every rounding mode is its definition, small and beyond 2^53', () => {
  const modes = ['halfUp', 'halfEven', 'halfDown', 'up', 'down', 'floor', 'ceiling'] as const;
  const amounts = fc.oneof(fc.integer({ min: -60, max: 60 }), safe);
  fc.assert(fc.property(amounts, fc.constantFrom(1, 3, 9975), fc.constantFrom(1, 2, 4, 10, 100_000), fc.constantFrom(...modes), (amount, n, d, mode) => {
    const right = byMode(BigInt(amount) * BigInt(n), BigInt(d), mode);
    if (right > BigInt(Number.MAX_SAFE_INTEGER) || right < -BigInt(Number.MAX_SAFE_INTEGER)) expect(() => mulDiv(amount, n, d, mode)).toThrow(RangeError);
    else expect(BigInt(mulDiv(amount, n, d, mode))).toBe(right);
  }), { numRuns: 2000 });
  expect([5, -5, 15].map((n) => mulDiv(n, 1, 10, 'halfEven'))).toEqual([0, 0, 2]);
});
test('[inv-6] with keys it does not matter in which order the weights come', () => {
  fc.assert(fc.property(fc.integer({ min: -100_000, max: 100_000 }), fc.uniqueArray(fc.tuple(fc.string({ minLength: 1, maxLength: 3 }), fc.nat(5)), { selector: ([key]) => key, minLength: 1, maxLength: 8 }).filter((list) => list.some(([, weight]) => weight > 0)), fc.nat(), (amount, list, turn) => {
    const shares = (of: typeof list) => Object.fromEntries(allocate(amount, of.map(([, weight]) => weight), of.map(([key]) => key)).map((share, i) => [of[i]![0], share]));
    const cut = turn % list.length;
    expect(shares([...list.slice(cut), ...list.slice(0, cut)].reverse())).toEqual(shares(list));
  }));
});
test('mulDiv refuses fractions, division by zero and what leaves the safe range', () => {
  for (const [a, n, d] of [[0.5, 1, 1], [1, NaN, 1], [1, 1, Infinity], [1, 1, 0], [2 ** 53, 1, 1], [9_007_199_254_740_991, 2, 1]] as const) expect(() => mulDiv(a, n, d)).toThrow(RangeError);
});

test('[inv-4] [inv-5] allocate: the shares always make the whole, and none is a cent from its exact part', () => {
  const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 20 }).filter((list) => list.some((weight) => weight > 0));
  fc.assert(fc.property(fc.integer({ min: -9_000_000_000, max: 9_000_000_000 }), weights, (amount, list) => {
    const shares = allocate(amount, list);
    const whole = list.reduce((a, b) => a + b, 0);
    expect(shares.reduce((a, b) => a + b, 0)).toBe(amount);
    for (const [index, share] of shares.entries()) {
      const off = BigInt(share) * BigInt(whole) - BigInt(amount) * BigInt(list[index]!);
      expect((off < 0n ? -off : off) < BigInt(whole)).toBe(true);
      if (list[index] === 0) expect(share).toBe(0);
      expect(Object.is(share, -0)).toBe(false);
    }
    expect(allocate(-amount, list).map((share) => (share === 0 ? 0 : -share))).toEqual(shares);
  }));
});

test('allocate: equal weights differ by a cent at most, the first gets it; the largest remainder goes first', () => {
  expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
  expect(allocate(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
  expect(allocate(10, [1, 2, 4])).toEqual([1, 3, 6]);
  expect(allocate(0, [3, 0])).toEqual([0, 0]);
  expect(allocate(Number.MAX_SAFE_INTEGER, [1, 1])).toEqual([4_503_599_627_370_496, 4_503_599_627_370_495]);
  for (const bad of [[], [0, 0], [-1, 2], [0.5], [2 ** 53 - 1, 2 ** 53 - 1]]) expect(() => allocate(100, bad)).toThrow(RangeError);
  expect(() => allocate(0.5, [1])).toThrow(RangeError);
});

test('decimals of a currency and back again, to the unit, for text and for the float an API gives', () => {
  fc.assert(fc.property(fc.oneof(safe, fc.integer({ min: -1_000_000, max: 1_000_000 })), fc.constantFrom('CAD', 'JPY', 'KWD'), (minor, currency) => {
    expect(fromDecimal(toDecimal(minor, currency), currency)).toBe(minor === 0 ? 0 : minor);
    // A double holds fifteen digits.
    if (Math.abs(minor) < 1e14) expect(fromDecimal(Number(toDecimal(minor, currency)), currency)).toBe(minor === 0 ? 0 : minor);
  }));
});

test.each<[string | number, string, number]>([
  [114.92, 'CAD', 11492], [0.1 + 0.2, 'CAD', 30], [90_071_992_547.12, 'CAD', 9_007_199_254_712], [1.005, 'KWD', 1005], ['-5.10', 'CAD', -510], ['1500.000', 'JPY', 1500], [1e-9, 'CAD', 0], [' 7 ', 'CAD', 700], [-0, 'CAD', 0], ['-0.00', 'CAD', 0],
])('fromDecimal(%p, %s) is %i', (value, currency, minor) => {
  expect(Object.is(fromDecimal(value, currency), minor)).toBe(true);
});

test.each<[string | number, string]>([[1.005, 'CAD'], ['0.001', 'CAD'], [0.5, 'JPY'], ['', 'CAD'], ['1,50', 'CAD'], ['1e3', 'CAD'], [NaN, 'CAD'], [Infinity, 'CAD'], [1e21, 'CAD'], ['0x10', 'CAD'], ['.5', 'CAD'], ['99999999999999999.00', 'CAD']])('fromDecimal(%p, %s) is refused', (value, currency) => {
  expect(() => fromDecimal(value, currency)).toThrow(RangeError);
});

test('money is whole, safe, of one currency, and never minus zero', () => {
  expect(() => money(0.1, 'CAD')).toThrow(RangeError);
  expect(() => money(1, 'cad')).toThrow(RangeError);
  expect(() => add(money(1, 'CAD'), money(1, 'USD'))).toThrow(/CAD and USD/);
  expect(() => add(money(Number.MAX_SAFE_INTEGER, 'CAD'), money(1, 'CAD'))).toThrow(RangeError);
  expect(Object.is(negate(money(0, 'CAD')).minor, 0)).toBe(true);
  expect(subtract(money(5, 'CAD'), money(7, 'CAD'))).toEqual({ minor: -2, currency: 'CAD' });
  expect(sum([money(1, 'CAD'), money(2, 'CAD')], 'CAD').minor).toBe(3);
  expect(formatMoney(money(-505, 'CAD'))).toBe('-5.05 CAD');
  expect([decimals('CAD'), decimals('JPY'), decimals('KWD'), toDecimal(5, 'KWD'), toDecimal(-5, 'JPY')]).toEqual([2, 0, 3, '0.005', '-5']);
});
