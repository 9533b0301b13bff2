import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { addDays, addMonths } from '../kernel/civil.ts';
import { earlyTermination, type FixedTerm } from './earlyTermination.ts';
import { days } from './generators.testkit.ts';
import { canadaTermination, quebecTermination } from '../tenant/terminationPolicies.ts';
import { terminationSchema } from './terminationPolicy.ts';

const contract: FixedTerm = { start: '2026-04-13', months: 24, monthlyMinor: 8495 };
const fee = (of: FixedTerm, on: string, policy = quebecTermination) => {
  const decided = earlyTermination(of, on, policy);
  if (decided.type === 'refused') throw new Error(`${decided.path}: ${decided.message}`);
  return decided.value;
};

test('the answer names its policy, says how it was made, and that a lawyer must confirm', () => {
  expect(earlyTermination(contract, '2026-10-13', quebecTermination)).toEqual({
    type: 'accepted', value: { feeMinor: 5000, monthsLeft: 18, policyVersion: 'P-40.1 s. 214.7' },
    because: ['10 % of 18 months not supplied, at most 5000', 'P-40.1 s. 214.7: a lawyer must confirm'],
  });
  expect(earlyTermination({ ...contract, goodsRebateMinor: 24000 }, '2026-10-13', quebecTermination)).toMatchObject({ value: { feeMinor: 18000 }, because: ['18 of 24 parts of the rebate', expect.any(String)] });
});

test('the policies obey their schema', () => {
  const validate = new Ajv2020({ strict: false }).compile(terminationSchema);
  expect([quebecTermination, canadaTermination].map((policy) => validate(policy))).toEqual([true, true]);
});

const contracts = fc.record({ start: days, months: fc.constantFrom(1, 12, 24, 36), monthlyMinor: fc.constantFrom(0, 1, 4995, 8495, 100_000_000), goodsRebateMinor: fc.constantFrom(0, 1, 24_000, 100_000_000) });

test('the law is never exceeded, nothing is owed after the term, and waiting a day never costs more (decision 41)', () => {
  fc.assert(fc.property(contracts, fc.integer({ min: 0, max: 1200 }), fc.constantFrom(quebecTermination, canadaTermination), (of, after, policy) => {
    const on = addDays(of.start, after);
    const { feeMinor, monthsLeft } = fee(of, on, policy);
    const months = Math.min(of.months, policy.maxMonths);
    // The months begun by then, the one under way included, counted without our rule.
    const begun = Array.from({ length: months }, (_, n) => n).filter((n) => addMonths(of.start, n) < on).length;
    expect(monthsLeft).toBe(months - begun);
    const exact = of.goodsRebateMinor ? (of.goodsRebateMinor * (months - begun)) / months : Math.min(policy.capMinor, (of.monthlyMinor * (months - begun) * policy.ppm) / 1e6);
    expect(feeMinor).toBe(Math.floor(exact + 1e-6));
    if (on >= addMonths(of.start, of.months)) expect(feeMinor).toBe(0);
    expect(fee(of, addDays(on, 1), policy).feeMinor).toBeLessThanOrEqual(feeMinor);
  }), { numRuns: 300 });
});

test.each<[string, unknown, unknown, unknown, string]>([
  ['a day before the start', contract, '2026-04-12', quebecTermination, 'on'],
  ['no day', contract, '2026-02-30', quebecTermination, 'on'],
  ['a start that is no day', { ...contract, start: '2026-04-31' }, '2026-05-31', quebecTermination, 'on'],
  ['a day far away', contract, '9999-12-31', quebecTermination, 'on'],
  ['half a month', { ...contract, months: 1.5 }, '2026-05-13', quebecTermination, 'months'],
  ['no months', { ...contract, months: 0 }, '2026-05-13', quebecTermination, 'months'],
  ['a negative price', { ...contract, monthlyMinor: -1 }, '2026-05-13', quebecTermination, 'monthlyMinor'],
  ['a rebate in dollars', { ...contract, goodsRebateMinor: 99.5 }, '2026-05-13', quebecTermination, 'goodsRebateMinor'],
  ['no contract', null, '2026-05-13', quebecTermination, 'start'],
  ['no policy', contract, '2026-05-13', undefined, 'policy'],
  ['a policy without a cap', contract, '2026-05-13', { ...quebecTermination, capMinor: undefined }, 'policy.capMinor'],
  ['a policy of more than everything', contract, '2026-05-13', { ...quebecTermination, ppm: 1_000_001 }, 'policy.ppm'],
])('%s is refused', (_, of, on, policy, path) => {
  expect(earlyTermination(of as FixedTerm, on as string, policy as never)).toMatchObject({ type: 'refused', code: 'badInput', path });
});
