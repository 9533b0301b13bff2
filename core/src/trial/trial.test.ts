import fc from 'fast-check';
import { join } from 'node:path';
import type { Decision } from '../kernel/decision.ts';
import { civilDateIn, wallClock } from '../kernel/zone.ts';
import { golden } from '../golden.testkit.ts';
import { schemaComplaint } from '../kernel/schema.ts';
import { accepted, iso, laws, outcomes, storyOf, tell, zone } from '../subscription/laws.testkit.ts';
import * as trial from './trial.ts';
import { defaultTrialPolicy, trialPolicySchema } from './trialPolicy.ts';
import type { TrialCommand, TrialEffect, TrialOutcome, TrialPolicy, TrialState } from './trialState.ts';

type Step = readonly [now: string, command: TrialCommand];
const DAY = 86_400_000;
const begun = '2026-04-01T14:00:00.000Z';
const start = { type: 'start', tenant: 'acme', plan: 'starter', zone: 'America/Toronto' } as const;
const on = (days: number): string => iso(Date.parse(begun) + days * DAY);
function play(steps: readonly Step[], policy: TrialPolicy = defaultTrialPolicy): { readonly state: TrialState; readonly answers: readonly Decision<TrialOutcome>[]; readonly effects: readonly TrialEffect[] } {
  let state: TrialState = trial.initial('trial_1');
  const answers = steps.map(([now, command]) => {
    const answer = trial.decide(state, command, now, policy);
    if (answer.type === 'accepted') state = answer.value.state;
    return answer;
  });
  return { state, answers, effects: answers.flatMap((answer) => (answer.type === 'accepted' ? answer.value.effects : [])) };
}
const said = (effects: readonly TrialEffect[]): readonly string[] => effects.flatMap((one) => (one.type === 'campaign' ? [`${one.key} ${one.dueAt}`] : []));

const command: fc.Arbitrary<TrialCommand> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<TrialCommand>({ type: 'tick' }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('extend' as const), days: fc.constantFrom(0, 1, 7, 14, 15), reason: fc.constantFrom('evaluation', '') }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('record' as const), activity: fc.constantFrom('login', 'feature', 'usage'), count: fc.integer({ min: 1, max: 5 }), metric: fc.constantFrom('users', 'apiCalls', 'none'), used: fc.constantFrom(0, 2, 3, 3999, 4000, 4001) }) },
  fc.constantFrom<TrialCommand>({ type: 'convert', subscription: { id: 'sub_1', status: 'pending' } }, { type: 'convert', subscription: { id: 'sub_1', status: 'ended' } }, { type: 'cancel' }, start),
);
const starts = fc.record({ type: fc.constant('start' as const), tenant: fc.constantFrom('acme', 'beta'), plan: fc.constantFrom('starter', 'enterprise'), zone, days: fc.constantFrom(13, 14, 15, 29, 30, 31) });
const stories = storyOf<TrialCommand>([starts], command);
const one: readonly TrialCommand[] = [
  { type: 'tick' }, start, { type: 'extend', days: 1, reason: 'x' }, { type: 'convert', subscription: { id: 's', status: 'active' } }, { type: 'cancel' }, { type: 'record', activity: 'login' },
];
laws(trial, stories, one, ['converted', 'expired', 'cancelled']);

golden(join(__dirname, 'trial.golden.json'), ({ steps, policy }: { steps: readonly Step[]; policy?: Partial<TrialPolicy> }) => {
  const { answers } = play(steps, { ...defaultTrialPolicy, ...policy });
  return answers.map((answer) => (answer.type === 'refused' ? `${answer.code} ${answer.path ?? ''}`.trim()
    : { status: answer.value.state.status, endsAt: answer.value.state.endsAt, does: answer.value.effects.map((one) => `${one.dueAt} ${one.id}`) }));
});

test('[inv-58] the end never moves back, extensions are at most two, and what is converted is not expired', () => {
  fc.assert(fc.property(stories, (story) => {
    const told = tell(trial, story);
    const ends = told.map(({ state }) => Date.parse(state.endsAt ?? iso(0)));
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
    for (const { state } of told) expect((state.extensions ?? []).length).toBeLessThanOrEqual(2);
    const types = outcomes(told).flatMap(({ events }) => events.map(({ set }) => set.status));
    expect(types.includes('converted') && types.includes('expired')).toBe(false);
    expect(types.filter((status) => status === 'expired' || status === 'converted' || status === 'cancelled').length).toBeLessThanOrEqual(1);
  }));
});

test('[S2-072] each campaign is said at most once, those counted from the end once for each end, at nine on its day by the tenant\'s clock, and they follow it', () => {
  fc.assert(fc.property(stories, (story) => {
    const told = tell(trial, story);
    const effects = outcomes(told).flatMap((outcome) => outcome.effects).filter((one): one is Extract<TrialEffect, { type: 'campaign' }> => one.type === 'campaign');
    expect(new Set(effects.map(({ key, day, endsAt }) => (day! < 0 ? key + endsAt : key))).size).toBe(effects.length);
    const { zone: where, startedAt, extensions = [] } = told.at(-1)!.state;
    for (const { day, dueAt, endsAt } of effects) {
      if (day === undefined) continue;
      const days = (Date.parse(civilDateIn(dueAt, where!)) - Date.parse(civilDateIn(day < 0 ? endsAt : startedAt!, where!))) / DAY;
      // Later only where the new end left no time for it.
      expect((days === day && wallClock(dueAt, where!).endsWith('09:00:00')) || extensions.some(({ at }) => at === dueAt)).toBe(true);
    }
  }));
});

test('[S2-070] [S2-111] a trial has 14 to 30 days, 14 by default, and its end is that many times 24 hours away', () => {
  expect(play([[begun, start]]).state).toMatchObject({ status: 'running', days: 14, startedAt: begun, endsAt: on(14) });
  expect(play([[begun, { ...start, days: 30 }]]).state.endsAt).toBe(on(30));
  for (const days of [13, 31, 365]) expect(play([[begun, { ...start, days }]]).answers[0]).toMatchObject({ type: 'refused', code: 'badLength', path: 'days' });
  for (const days of [-5, 0, 14.5, NaN]) expect(play([[begun, { ...start, days }]]).answers[0]).toMatchObject({ type: 'refused', code: 'badInput', path: 'days' });
});

test('one trial per tenant, of a plan that exists, in a zone that exists, begun once', () => {
  expect(play([[begun, { ...start, hadTrial: true }]]).answers[0]).toMatchObject({ code: 'hadTrial', path: 'hadTrial' });
  expect(play([[begun, { ...start, plan: 'toString' }]]).answers[0]).toMatchObject({ code: 'unknownPlan', path: 'plan' });
  expect(play([[begun, { ...start, zone: 'Mars/Olympus' }]]).answers[0]).toMatchObject({ code: 'badInput', path: 'zone' });
  expect(play([[begun, start], [begun, start]]).answers[1]).toMatchObject({ code: 'notNow' });
  expect(play([[begun, start], [on(-1), { type: 'cancel' }]]).answers[1]).toMatchObject({ code: 'outOfOrder', path: 'now' });
  expect(play([[begun, { ...start, colour: 'red' } as never]]).answers[0]).toMatchObject({ code: 'badInput', path: 'colour' });
});

test('[S2-071] [S2-112] two extensions of 1 to 14 days with a reason, kept in order; the third is refused', () => {
  const extend = (days: number, reason = 'needs_more_time'): TrialCommand => ({ type: 'extend', days, reason });
  const { state, answers } = play([[begun, start], [on(5), extend(7)], [on(20), extend(14)], [on(21), extend(1)]]);
  expect(state).toMatchObject({ status: 'running', days: 35, endsAt: on(35), extensions: [{ days: 7, reason: 'needs_more_time', at: on(5) }, { days: 14, reason: 'needs_more_time', at: on(20) }] });
  expect(answers[3]).toMatchObject({ code: 'noMoreExtensions' });
  for (const [bad, path] of [[extend(0), 'days'], [extend(15), 'days'], [extend(1.5), 'days'], [extend(7, ' '), 'reason']] as const) expect(play([[begun, start], [on(5), bad]]).answers[1]).toMatchObject({ code: 'badInput', path });
});

test('[S2-078] an extended trial expires as any other, after its grace, and access closes once', () => {
  const { state, effects } = play([[begun, start], [on(5), { type: 'extend', days: 7, reason: 'x' }], [on(21), { type: 'tick' }], [on(24), { type: 'tick' }], [on(90), { type: 'tick' }]]);
  expect(state.status).toBe('expired');
  expect(effects.filter((one) => one.type === 'service' && !one.on)).toEqual([{ id: 'trial_1:service:end', type: 'service', on: false, dueAt: on(24) }]);
  expect(play([[begun, start], [iso(Date.parse(on(17)) - 1), { type: 'tick' }]]).state.status).toBe('expiringGrace');
  expect(play([[begun, start], [on(17), { type: 'tick' }]]).state.status).toBe('expired');
  expect(play([[begun, start], [on(15), { type: 'extend', days: 7, reason: 'x' }]]).state).toMatchObject({ status: 'running', endsAt: on(21) });
  expect(play([[begun, start], [on(17), { type: 'extend', days: 7, reason: 'x' }]]).answers[1]).toMatchObject({ code: 'notNow' });
});

test('[S2-080] [S2-113] only a live trial, or one in grace, converts, and only to a subscription that exists', () => {
  const convert = (subscription: unknown): TrialCommand => ({ type: 'convert', subscription: subscription as never });
  const real = convert({ id: 'sub_9', status: 'pending' });
  expect(play([[begun, start], [on(3), real]])).toMatchObject({ state: { status: 'converted', subscription: 'sub_9' } });
  expect(play([[begun, start], [on(3), real]]).effects.at(-1)).toEqual({ id: 'trial_1:convert', type: 'convert', dueAt: on(3), subscription: 'sub_9', plan: 'starter' });
  expect(play([[begun, start], [on(15), real]]).state.status).toBe('converted');
  // Nobody has ticked since; it has expired all the same.
  expect(play([[begun, start], [on(17), real]]).answers[1]).toMatchObject({ code: 'notNow' });
  expect(play([[begun, start], [on(3), { type: 'cancel' }], [on(4), real]]).answers[2]).toMatchObject({ code: 'notNow' });
  for (const status of ['ended', 'abandoned']) expect(play([[begun, start], [on(3), convert({ id: 'sub_9', status })]]).answers[1]).toMatchObject({ code: 'noSubscription', path: 'subscription' });
  for (const nothing of [null, 'sub_9', {}, { id: '', status: 'active' }]) expect(play([[begun, start], [on(3), convert(nothing)]]).answers[1]).toMatchObject({ code: 'badInput' });
});

test('[S2-072] campaigns counted from the end wait for the new one when it is extended in time', () => {
  const { effects } = play([[begun, start], [on(10), { type: 'extend', days: 7, reason: 'x' }], [on(30), { type: 'tick' }]]);
  expect(said(effects).filter((one) => /expiring|chance/.test(one))).toEqual(['expiring_soon 2026-04-19T13:00:00.000Z', 'last_chance 2026-04-21T13:00:00.000Z']);
});

test('[S2-074] offers are price phases: 20 % off three months on day 7, 30 % off the first month on the last day', () => {
  expect(play([[begun, start], [on(30), { type: 'tick' }]]).effects.flatMap((one) => (one.type === 'campaign' && one.offer ? [[one.dueAt.slice(0, 10), one.offer]] : []))).toEqual([
    ['2026-04-08', { months: 3, offPpm: 200_000 }], ['2026-04-14', { months: 1, offPpm: 300_000 }],
  ]);
});

test('[S2-073] [S2-075] low use is told to who uses little, on day 3, and to nobody else; the first login and 80 % of a limit once', () => {
  const use = (count: number): Step => [on(1), { type: 'record', activity: 'feature', count }];
  const low = (steps: readonly Step[]): number => said(play([[begun, start], ...steps, [on(9), { type: 'tick' }]]).effects).filter((one) => one.startsWith('feature_usage_low')).length;
  expect([low([]), low([use(4)]), low([use(5)]), low([use(4), [on(4), { type: 'record', activity: 'feature' }]])]).toEqual([1, 1, 0, 1]);
  const usage = (day: number, metric: string, used: number): Step => [on(day), { type: 'record', activity: 'usage', metric, used }];
  const { effects, state } = play([[begun, start], [on(0.1), { type: 'record', activity: 'login' }], [on(0.2), { type: 'record', activity: 'login' }], usage(0.3, 'apiCalls', 3999), usage(0.4, 'apiCalls', 4000), usage(0.5, 'apiCalls', 4500), usage(0.6, 'users', 3), usage(0.7, 'toString', 1e9)]);
  expect(effects.flatMap((one) => (one.type === 'campaign' ? [one.id] : []))).toEqual(['trial_1:campaign:first_login', 'trial_1:campaign:approaching_limit%3AapiCalls', 'trial_1:campaign:approaching_limit%3Ausers']);
  expect(effects.every((one) => one.type !== 'campaign' || one.inApp === true)).toBe(true);
  expect(state).toMatchObject({ activities: 7, featureUses: 0, activeDays: 2, lastActive: '2026-04-02' });
});

test('[S2-079] access opens with the limits and features of the plan', () => {
  const limits = ['starter', 'professional', 'enterprise'].map((plan) => play([[begun, { ...start, plan }]]).effects[0]);
  expect(limits).toEqual([
    expect.objectContaining({ type: 'service', on: true, limits: { resources: 50, users: 3, apiCalls: 5000 } }),
    expect.objectContaining({ type: 'service', on: true, limits: { resources: 500, users: 10, apiCalls: 50_000 } }),
    expect.objectContaining({ type: 'service', on: true, limits: { resources: 1000, users: 25, apiCalls: 100_000 } }),
  ]);
});

test('[S2-076] experiments decide how long a trial is and what it opens, unless the start says so', () => {
  const policy: TrialPolicy = { ...defaultTrialPolicy, experiments: [
    { key: 'length', variants: [{ key: 'short', weight: 0, set: { days: 14 } }, { key: 'long', weight: 1, set: { days: 30 } }] }, { key: 'features', variants: [{ key: 'all', weight: 1, set: { features: ['everything'] } }] },
  ] };
  expect(play([[begun, start]], policy).state).toMatchObject({ days: 30, features: ['everything'], variants: { length: 'long', features: 'all' } });
  expect(play([[begun, start]], policy).effects[0]).toMatchObject({ on: true, features: ['everything'], limits: { users: 3 } });
  expect(play([[begun, { ...start, days: 20 }]], policy).state.days).toBe(20);
  expect(play([[begun, start]], { ...policy, experiments: [{ key: 'length', variants: [] }] }).answers[0]).toMatchObject({ code: 'badInput', path: 'variants' });
});

test('the policy is data with a schema, and a bad one is refused with its path', () => {
  expect(schemaComplaint(trialPolicySchema, defaultTrialPolicy)).toBeNull();
  for (const [policy, path] of [[{ graceDays: -1 }, 'graceDays'], [{ hour: '9:00' }, 'hour'], [{ campaigns: [{ key: 'x', day: 1.5 }] }, 'campaigns[0].day'], [{ version: '' }, 'version']] as const) {
    expect(play([[begun, start]], { ...defaultTrialPolicy, ...policy } as never).answers[0]).toMatchObject({ code: 'badPolicy', path });
  }
  // Contradictions let nothing through.
  expect(play([[begun, start]], { ...defaultTrialPolicy, minDays: 31 }).answers[0]).toMatchObject({ code: 'badLength' });
  expect(accepted(play([[begun, start]], { ...defaultTrialPolicy, version: 'trial/2' }).answers[0]!).events[0]).toMatchObject({ policyVersion: 'trial/2' });
});

test('a trial that is told its story late does it all in order', () => {
  const { effects } = play([[begun, start], [on(60), { type: 'tick' }]]);
  expect(effects.map(({ dueAt }) => dueAt)).toEqual(effects.map(({ dueAt }) => dueAt).sort());
  expect(said(effects).map((one) => one.split(' ')[0])).toEqual(['welcome', 'getting_started', 'feature_usage_low', 'feature_highlight', 'offer_day_7', 'expiring_soon', 'last_chance', 'offer_last_day']);
  expect(trial.wakeAt(play([[begun, start]]).state)).toBe('2026-04-02T13:00:00.000Z');
});
