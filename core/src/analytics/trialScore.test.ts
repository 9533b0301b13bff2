import fc from 'fast-check';
import { assignVariant, type Experiment } from '../trial/assignVariant.ts';
import { trialScore, type TrialFacts } from './trialScore.ts';

const score = (activeDays: number, days: number, featureUses: number, activities: number): unknown => {
  const answer = trialScore({ activeDays, days, featureUses, activities });
  return answer.type === 'accepted' ? answer.value : [answer.code, answer.path];
};

test('[S2-077] 30 for the share of active days, 2 for each feature use up to 40, 1 for each activity up to 30, 100 at most', () => {
  expect([score(0, 14, 0, 0), score(7, 14, 3, 5), score(14, 14, 20, 30), score(14, 14, 500, 500), score(15, 14, 500, 500), score(1, 14, 0, 0), score(0, 14, 21, 31)]).toEqual([0, 26, 100, 100, 100, 2, 70]);
  expect([score(-1, 14, 0, 0), score(1, 0, 0, 0), score(1, 14, 0.5, 0), score(1, 14, 0, NaN)]).toEqual([['badInput', 'activeDays'], ['badInput', 'days'], ['badInput', 'featureUses'], ['badInput', 'activities']]);
  expect(trialScore({} as TrialFacts)).toMatchObject({ code: 'badInput', path: 'activeDays' });
});

test('[S2-077] more of anything never scores less, and no score leaves 0 to 100', () => {
  const count = fc.integer({ min: 0, max: 60 });
  fc.assert(fc.property(count, fc.integer({ min: 1, max: 58 }), count, count, count, (a, days, f, n, more) => {
    const was = score(a, days, f, n) as number;
    expect(Number.isInteger(was) && was >= 0 && was <= 100).toBe(true);
    for (const now of [score(a + more, days, f, n), score(a, days, f + more, n), score(a, days, f, n + more)]) expect(now).toBeGreaterThanOrEqual(was);
  }));
});

const shares = (experiment: Experiment, ids: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const id of ids) {
    const answer = assignVariant(experiment, id);
    const key = answer.type === 'accepted' ? answer.value.key : 'refused';
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
};
const experiment = (key: string, ...weights: readonly number[]): Experiment => ({ key, variants: weights.map((weight, i) => ({ key: `v${i}`, weight })) });

test('[S2-076] over 100,000 numbered tenants every variant gets its share within 2 %, and always the same', () => {
  const ids = Array.from({ length: 100_000 }, (_, i) => `tenant_${i}`);
  const counts = shares(experiment('length', 1, 2, 3, 4), ids);
  for (const [i, weight] of [1, 2, 3, 4].entries()) expect(Math.abs(counts[`v${i}`]! / (10_000 * weight) - 1)).toBeLessThan(0.02);
  expect(shares(experiment('length', 1, 1), ids.slice(0, 1000))).toEqual(shares(experiment('length', 1, 1), ids.slice(0, 1000)));
  expect(assignVariant(experiment('length', 1, 1), 'tenant_7')).toMatchObject({ type: 'accepted', value: { key: 'v0' } });
});

test('[S2-076] two experiments do not know of each other', () => {
  const both: Record<string, number> = {};
  for (let i = 0; i < 4000; i += 1) {
    const pair = ['length', 'features'].map((key) => { const answer = assignVariant(experiment(key, 1, 1), `t${i}`); return answer.type === 'accepted' ? answer.value.key : ''; }).join();
    both[pair] = (both[pair] ?? 0) + 1;
  }
  for (const pair of ['v0,v0', 'v0,v1', 'v1,v0', 'v1,v1']) expect(Math.abs(both[pair]! / 1000 - 1)).toBeLessThan(0.08);
});

test('[S2-076] weights that are no weights are refused; a variant of weight 0 is never chosen', () => {
  for (const weights of [[], [0], [-1, 2], [0.5], [NaN], [2 ** 53]]) expect(assignVariant(experiment('x', ...weights), 't')).toMatchObject({ type: 'refused', code: 'badInput' });
  expect(assignVariant(experiment('', 1), 't')).toMatchObject({ code: 'badInput', path: 'key' });
  expect(assignVariant(experiment('x', 1), '')).toMatchObject({ code: 'badInput', path: 'subject' });
  fc.assert(fc.property(fc.string({ minLength: 1 }).filter((id) => id.trim() !== ''), (id) => { expect(assignVariant(experiment('x', 0, 1, 0), id)).toMatchObject({ value: { key: 'v1' } }); }));
});
