import fc from 'fast-check';
import { addDays } from '../kernel/civil.ts';
import { prorate as decide } from './prorate.ts';

const prorate = (...asked: Parameters<typeof decide>) => {
  const answer = decide(...asked);
  if (answer.type === 'refused') throw new Error(`${answer.code} ${answer.path}`);
  return answer.value;
};
const april = { start: '2026-04-01', end: '2026-05-01' };
const part = fc.record({ amount: fc.integer({ min: -10_000_000, max: 10_000_000 }), days: fc.integer({ min: 1, max: 366 }), from: fc.nat(366), to: fc.nat(366) })
  .map(({ amount, days, from, to }) => {
    const [a, b] = [Math.min(from, to, days), Math.min(Math.max(from, to), days)];
    return { amount, period: { start: '2027-03-03', end: addDays('2027-03-03', days) }, used: { start: addDays('2027-03-03', a), end: addDays('2027-03-03', b) } };
  });

test('[S1-118] 150I live on 13 April, billing day 1: 18 of 30 days are 59.97', () => {
  expect(prorate(9995, april, { start: '2026-04-13', end: '2026-05-01' })).toEqual({ minor: 5997, restMinor: 3998, used: 18, of: 30 });
  expect(decide(9995, april, { start: '2026-04-13', end: '2026-05-01' })).toMatchObject({ because: ['18 of 30 days, 2026-04-13 to 2026-04-30'] });
});

test('half a cent goes away from zero, both ways', () => {
  const half = { start: '2026-04-16', end: '2026-05-01' };
  expect(prorate(4995, april, half).minor).toBe(2498);
  expect(prorate(-4995, april, half).minor).toBe(-2498);
});

test('whole, nothing, and a month across the change of clocks count civil days', () => {
  expect(prorate(9995, april, april)).toMatchObject({ minor: 9995, restMinor: 0 });
  expect(prorate(9995, april, { start: '2026-04-10', end: '2026-04-10' })).toMatchObject({ minor: 0, restMinor: 9995 });
  expect(prorate(3100, { start: '2026-03-01', end: '2026-04-01' }, { start: '2026-03-08', end: '2026-03-09' }).minor).toBe(100);
});

test.each<[number, object, object, string]>([
  [1, april, { start: '2026-03-31', end: '2026-04-02' }, 'used'], [1, april, { start: '2026-04-30', end: '2026-05-02' }, 'used'], [1, april, { start: '2026-04-03', end: '2026-04-02' }, 'used'],
  [1, { start: '2026-04-01', end: '2026-04-01' }, { start: '2026-04-01', end: '2026-04-01' }, 'period'], [1, april, { start: '2026-04-31', end: '2026-05-01' }, 'used.start'], [1, { start: 'x', end: '2026-04-01' }, april, 'period.start'],
  [NaN, april, april, 'amountMinor'], [0.5, april, april, 'amountMinor'], [2 ** 53, april, april, 'amountMinor'], [1, { start: '2026-04-01T00:00:00Z', end: '2026-05-01T00:00:00Z' }, april, 'used.start'],
])('%p of %j in %j is refused at %s', (amount, period, used, path) => {
  expect(decide(amount, period as typeof april, used as typeof april)).toMatchObject({ type: 'refused', code: 'badInput', path });
});

test('by the second a day of 23 hours is shorter, by the day it is not', () => {
  const march = { start: '2026-03-01T05:00:00Z', end: '2026-04-01T04:00:00Z' };
  expect(prorate(74_300, march, { start: '2026-03-08T05:00:00Z', end: '2026-03-09T04:00:00Z' })).toEqual({ minor: 2300, restMinor: 72_000, used: 23 * 3600, of: 743 * 3600 });
});

test('[inv-17] [inv-19] the charge and the credit of the two parts make the whole, a credit mirrors its charge, and both stay within half a cent', () => {
  fc.assert(fc.property(part, ({ amount, period, used }) => {
    const { minor, restMinor, used: days, of: ofDays } = prorate(amount, period, used);
    expect(minor + restMinor).toBe(amount);
    expect(prorate(-amount, period, used).minor + minor).toBe(0);
    expect(Math.abs(minor * ofDays - amount * days) * 2).toBeLessThanOrEqual(ofDays);
    expect(Object.is(minor, -0)).toBe(false);
  }));
});

test('[inv-25] more days never cost less', () => {
  fc.assert(fc.property(part, ({ amount, period, used }) => {
    if (used.end === period.end || amount < 0) return;
    expect(prorate(amount, period, { ...used, end: addDays(used.end, 1) }).minor).toBeGreaterThanOrEqual(prorate(amount, period, used).minor);
  }));
});
