import fc from 'fast-check';
import { bill, netOf } from '../billing/generators.testkit.ts';
import { civilDateIn } from '../kernel/zone.ts';
import { billedOf } from './billedOf.ts';
import { accepted, outcomes, tell } from './laws.testkit.ts';
import { charged, chargedLines, create, live, machine, money, plans, play, policy, starter, stories } from './stories.testkit.ts';
import * as subscription from './subscription.ts';
import type { PlanTable } from './subscriptionState.ts';

test('[S2-056] [inv-20] the bills of an upgrade in mid-period, of one taken back on the same day, and of a downgrade that waits', () => {
  expect(money([...starter, ['2026-04-28T14:00:00Z', { type: 'changePlan', plan: 'professional' }]])).toEqual([{ on: '2026-04-13', minor: 9900 }, { on: '2026-04-28', minor: 24950 - 4950 }]);
  expect(money([...starter, ['2026-04-28T14:00:00Z', { type: 'changePlan', plan: 'professional' }], ['2026-04-28T15:00:00Z', { type: 'changePlan', plan: 'starter', when: 'now' }]]).reduce((sum, { minor }) => sum + minor, 0)).toBe(9900);
  expect(money([[live, { ...create, plan: 'professional' }], [live, { type: 'activate' }], ['2026-04-28T14:00:00Z', { type: 'changePlan', plan: 'starter' }], ['2026-05-13T12:00:00Z', { type: 'tick' }]])).toEqual([{ on: '2026-04-13', minor: 49900 }, { on: '2026-05-13', minor: 9900 }]);
});

test('[inv-40] whatever happens, what was charged is what the days cost by the plan of each, pauses free', () => {
  fc.assert(fc.property(stories, (story) => {
    const told = tell(machine, story);
    const { state } = told.at(-1)!;
    if (!state.start) return;
    const sums = charged(outcomes(told));
    const asOf = [civilDateIn(told.at(-1)!.now, state.zone!), state.start].sort()[1]!;
    const all = accepted(billedOf(state, plans));
    const fresh = netOf(bill({ subscriptions: [all], asOf })?.lines ?? []);
    // Changes between two bills are settled by the next one; a last one settles all.
    const late = bill({ subscriptions: [all], asOf, billed: chargedLines(outcomes(told)) });
    expect(sums.reduce((sum, { minor }) => sum + minor, late?.subtotalMinor ?? 0)).toBe(Object.values(fresh).reduce((sum, minor) => sum + minor, 0));
    if (state.refund === 'full') expect(sums.reduce((sum, { minor }) => sum + minor, 0)).toBe(0);
  }), { numRuns: 80 });
});

test('billedOf: items of plans join by key, end where the next plan has none, and what was never activated is not billed', () => {
  const table: PlanTable = { a: { rank: 1, items: [{ key: 'net', price: { sku: 'A', description: 'A', unitMinor: 100 } }, { key: 'fee', prorated: false, price: { sku: 'F', description: 'F', unitMinor: 69 } }] }, b: { rank: 2, items: [{ key: 'net', price: { sku: 'B', description: 'B', unitMinor: 200 } }] } };
  const { state } = play([[live, { ...create, plan: 'a' }], [live, { type: 'activate' }], ['2026-04-20T14:00:00Z', { type: 'changePlan', plan: 'b' }]], { ...policy, plans: table });
  expect(accepted(billedOf(state, table))).toStrictEqual({ id: 'sub_1', start: '2026-04-13', cadence: { unit: 'month' }, pauses: [], items: [
    { key: 'net', terms: [{ from: '2026-04-13', until: '2026-04-20', sku: 'A', description: 'A', unitMinor: 100 }, { from: '2026-04-20', sku: 'B', description: 'B', unitMinor: 200 }] },
    { key: 'fee', prorated: false, terms: [{ from: '2026-04-13', until: '2026-04-20', sku: 'F', description: 'F', unitMinor: 69 }] },
  ] });
  expect(billedOf(subscription.initial('sub_1'), table)).toMatchObject({ code: 'nothingBilled', path: 'start' });
  expect(billedOf(state, {})).toMatchObject({ code: 'unknownPlan', path: 'plan' });
});
