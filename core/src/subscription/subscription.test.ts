import fc from 'fast-check';
import { join } from 'node:path';
import { serviceOn, type LockReason } from '../dunning/locks.ts';
import { golden } from '../golden.testkit.ts';
import { addMonths } from '../kernel/civil.ts';
import type { Decision } from '../kernel/decision.ts';
import { schemaComplaint } from '../kernel/schema.ts';
import { civilDateIn, instantIn, wallClock } from '../kernel/zone.ts';
import { accepted, iso, laws, tell, zone } from './laws.testkit.ts';
import { begun, billedOn, create, live, machine, money, plans, play, policy, stories, type Step } from './stories.testkit.ts';
import * as subscription from './subscription.ts';
import { subscriptionPolicySchema } from './subscriptionPolicy.ts';
import type { SubscriptionCommand, SubscriptionOutcome, SubscriptionPolicy, SubscriptionState } from './subscriptionState.ts';

const HOUR = 3_600_000;
laws(machine, stories, [
  { type: 'tick' }, create, { type: 'activate' }, { type: 'paymentSucceeded' }, { type: 'convertTrial' }, { type: 'changePlan', plan: 'enterprise' }, { type: 'undoChange' }, { type: 'cancel', when: 'now' }, { type: 'undoCancel' },
  { type: 'renew' }, { type: 'pause' }, { type: 'resume' }, { type: 'addLock', reason: 'fraud', by: 'admin' }, { type: 'removeLock', reason: 'fraud', by: 'fraudDesk' }, { type: 'expire' },
], ['ended', 'abandoned']);

golden(join(__dirname, 'subscription.golden.json'), ({ steps, policy: own }: { steps: readonly Step[]; policy?: Partial<SubscriptionPolicy> }) => {
  const { answers, state } = play(steps, { ...policy, ...own });
  const { period = null, history = [], pauses = [], canceledAt = null, endedAt = null, refund = null } = state;
  return {
    steps: answers.map((answer) => (answer.type === 'refused' ? `${answer.code} ${answer.path ?? ''}`.trim()
      : { status: answer.value.state.status, does: answer.value.effects.map((one) => `${one.dueAt} ${one.id}${one.type === 'service' ? ` ${one.on ? one.plan : 'off'}` : ''}`) })),
    period, history, pauses, canceledAt, endedAt, refund, billed: money(steps, { ...policy, ...own }).map(({ on, minor }) => `${on} ${minor}`),
  };
});

test('[inv-51] the service is on when no lock is and the subscription lives; the network is told exactly when that, or the plan, changes', () => {
  fc.assert(fc.property(stories, (story) => {
    let told = 'off';
    for (const { before, state, command: said, answer } of tell(machine, story)) {
      if (answer.type === 'refused') continue;
      for (const one of answer.value.effects) if (one.type === 'service') { const now = one.on ? one.plan : 'off'; expect(now).not.toBe(told); told = now; }
      const on = serviceOn(state.status, state.locks ?? []);
      expect(on).toBe((state.locks ?? []).length === 0 && ['trialing', 'active', 'cancelling'].includes(state.status));
      expect(told).toBe(on ? state.plan : 'off');
      if (said.type === 'removeLock') for (const reason of ['nonpayment', 'voluntary', 'fraud', 'admin', 'regulatory'] satisfies LockReason[]) if (reason !== said.reason) expect((state.locks ?? []).some((one) => one.reason === reason)).toBe((before.locks ?? []).some((one) => one.reason === reason));
    }
  }), { numRuns: 150 });
});

test('[inv-9] [inv-10] [inv-11] [S0-08] periods follow one another without gap, overlap or drift, each billed once, by as many or as few ticks as one likes', () => {
  const renewals = fc.record({ year: fc.integer({ min: 2023, max: 2028 }), month: fc.integer({ min: 1, max: 12 }), day: fc.oneof(fc.integer({ min: 28, max: 31 }), fc.integer({ min: 1, max: 31 })), zone, gaps: fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 12 }) });
  fc.assert(fc.property(renewals, ({ year, month, day, zone: where, gaps }) => {
    const start = addMonths(`${year}-${String(month).padStart(2, '0')}-01`, 0, day);
    let at = Date.parse(instantIn(start, '15:00', where));
    const steps: Step[] = [[iso(at), { ...create, zone: where }], [iso(at), { type: 'activate' }], ...gaps.map((hours): Step => [iso((at += hours * HOUR)), { type: 'tick' }])];
    const { state, effects } = play(steps);
    const last = civilDateIn(iso(at), where);
    const due: string[] = [];
    for (let k = 0; addMonths(start, k) <= last; k += 1) due.push(addMonths(start, k));
    expect(billedOn(effects)).toEqual(due);
    expect(state.period).toEqual({ start: due.at(-1), end: addMonths(start, due.length) });
    for (const one of effects) if (one.type === 'bill' && one.on !== start) expect(civilDateIn(one.dueAt, where)).toBe(one.on);
  }));
});

test('[S0-64] each period has each of its reminders once, at nine on its day, and none once it is cancelled', () => {
  const by = { ...policy, reminderDays: [3, 7, 1, 7] };
  const { effects } = play([...begun, ['2026-07-01T00:00:00Z', { type: 'tick' }]], by);
  expect(effects.flatMap((one) => (one.type === 'remind' ? [`${wallClock(one.dueAt, 'America/Toronto')} ${one.renewsOn}`] : []))).toEqual([
    '2026-05-06T09:00:00 2026-05-13', '2026-05-10T09:00:00 2026-05-13', '2026-05-12T09:00:00 2026-05-13', '2026-06-06T09:00:00 2026-06-13', '2026-06-10T09:00:00 2026-06-13', '2026-06-12T09:00:00 2026-06-13',
  ]);
  expect(play([...begun, ['2026-05-01T00:00:00Z', { type: 'cancel' }], ['2026-07-01T00:00:00Z', { type: 'tick' }]], by).effects.filter(({ type }) => type === 'remind')).toEqual([]);
  // What it will be: the plan that was put off to then.
  expect(play([...begun, ['2026-04-20T00:00:00Z', { type: 'changePlan', plan: 'FTTH25' }], ['2026-05-07T00:00:00Z', { type: 'tick' }]]).effects.at(-1)).toMatchObject({ type: 'remind', plan: 'FTTH25', renewsOn: '2026-05-13' });
  // A week is shorter than some reminders; one whose moment was before activation is not sent.
  expect(play([[live, { ...create, cadence: { unit: 'week' } } as SubscriptionCommand], [live, { type: 'activate' }], ['2026-04-20T12:00:00Z', { type: 'tick' }]], { ...policy, reminderDays: [7, 10, 6] }).effects.filter(({ type }) => type === 'remind').map(({ dueAt }) => dueAt)).toEqual(['2026-04-14T13:00:00.000Z']);
});

test('[S0-134] [S2-106] a subscription is made of a plan that exists, in a zone and a cadence that exist', () => {
  expect(play([[live, { ...create, cadence: { unit: 'year' } } as SubscriptionCommand]]).state).toMatchObject({ status: 'pending', plan: 'FTTH150I', cadence: { unit: 'year' } });
  for (const [bad, code, path] of [[{ plan: 'none' }, 'unknownPlan', 'plan'], [{ plan: 'toString' }, 'unknownPlan', 'plan'], [{ zone: 'Mars/Olympus' }, 'badInput', 'zone'], [{ cadence: { unit: 'moon' } }, 'badInput', 'cadence.unit'], [{ cadence: { unit: 'month', anchorDay: 32 } }, 'badInput', 'cadence.anchorDay'], [{ cadence: null }, 'badInput', 'cadence']] as const) {
    expect(play([[live, { ...create, ...bad } as never]]).answers[0]).toMatchObject({ type: 'refused', code, path });
  }
  expect(play([begun[0]!, [live, { type: 'changePlan', plan: 'none' }]]).answers[1]).toMatchObject({ code: 'notNow' });
  expect(play([...begun, [live, { type: 'changePlan', plan: 'none' }]]).answers[2]).toMatchObject({ code: 'unknownPlan', path: 'plan' });
});

test('it goes live on a day that has come, told late or at once; what fell due since is done', () => {
  const on = (day: unknown): Decision<SubscriptionOutcome> => play([begun[0]!, [live, { type: 'activate', on: day as string }]]).answers[1]!;
  expect(accepted(on('2026-02-10'))).toMatchObject({ state: { start: '2026-02-10', period: { start: '2026-04-10', end: '2026-05-10' } }, effects: [{ type: 'bill', on: '2026-02-10' }, { type: 'service' }, { type: 'bill', on: '2026-03-10' }, { type: 'bill', on: '2026-04-10' }] });
  for (const bad of ['2026-04-14', '2026-02-30', '0000-01-01', 5]) expect(on(bad)).toMatchObject({ code: 'badInput', path: 'on' });
});

test('[S0-135] [B.1-32] a trial of 14 days ends 14 days later, billing begins then, and no change before it costs anything', () => {
  const trial: readonly Step[] = [[live, { ...create, plan: 'starter' }], [live, { type: 'activate', trialDays: 14 }]];
  expect(play(trial).state).toMatchObject({ status: 'trialing', period: { start: '2026-04-13', end: '2026-04-27' }, start: '2026-04-27' });
  const changed: readonly Step[] = [...trial, ['2026-04-20T00:00:00Z', { type: 'changePlan', plan: 'professional' }]];
  expect(money(changed)).toEqual([]);
  expect(money([...changed, ['2026-04-28T00:00:00Z', { type: 'tick' }]])).toEqual([{ on: '2026-04-27', minor: 49900 }]);
  expect(money([...trial, ['2026-04-20T00:00:00Z', { type: 'cancel' }], ['2026-05-28T00:00:00Z', { type: 'tick' }]])).toEqual([]);
  expect(play([...trial, ['2026-04-20T00:00:00Z', { type: 'cancel' }], ['2026-04-21T00:00:00Z', { type: 'undoCancel' }]]).state.status).toBe('trialing');
  expect(play([[live, { ...create, plan: 'starter' }], [live, { type: 'activate' }]], { ...policy, plans: { starter: { ...plans['starter']!, trialDays: 30 } } }).state.period!.end).toBe('2026-05-13');
});

test('[S0-136] [S0-05] incomplete until the first payment; the service is on and the first period billed from then', () => {
  const { answers, state, effects } = play([begun[0]!, [live, { type: 'activate', paid: false }], ['2026-04-15T14:00:00Z', { type: 'paymentSucceeded' }]]);
  expect(accepted(answers[1]!)).toMatchObject({ state: { status: 'incomplete' }, effects: [] });
  expect(state).toMatchObject({ status: 'active', start: '2026-04-15', activatedAt: '2026-04-15T14:00:00.000Z' });
  expect(effects.map(({ type }) => type)).toEqual(['bill', 'service']);
});

test('[S0-09] [S2-107] [S2-061] changes go the way of the plans\' ranks and paths; the same plan is refused', () => {
  const change = (from: string, to: string, more: object = {}): unknown => {
    const answer = play([[live, { ...create, plan: from } as SubscriptionCommand], [live, { type: 'activate' }], ['2026-04-20T14:00:00Z', { type: 'changePlan', plan: to, ...more } as SubscriptionCommand]]).answers[2]!;
    return answer.type === 'refused' ? answer.code : answer.value.state.scheduled?.on ?? answer.value.state.history!.at(-1)!.from;
  };
  expect(['starter', 'professional', 'enterprise'].map((to) => change('free', to))).toEqual(['2026-04-20', '2026-04-20', '2026-04-20']);
  expect([change('starter', 'free'), change('enterprise', 'free'), change('professional', 'free')]).toEqual(['noPath', 'noPath', 'noPath']);
  expect([change('starter', 'enterprise', { as: 'downgrade' }), change('professional', 'starter', { as: 'upgrade' }), change('professional', 'starter', { as: 'downgrade' })]).toEqual(['noPath', 'noPath', '2026-05-13']);
  expect([change('FTTH150I', 'FTTH500I'), change('FTTH500I', 'FTTH150I'), change('FTTH500I', 'FTTH150I', { when: 'now' }), change('FTTH150I', 'FTTH500I', { when: 'periodEnd' })]).toEqual(['2026-04-20', '2026-05-13', '2026-04-20', '2026-05-13']);
  // Its own plan is no longer in the table.
  const { free, ...rest } = plans;
  expect(subscription.decide(play([[live, { ...create, plan: 'free' }], [live, { type: 'activate' }]]).state, { type: 'changePlan', plan: 'starter' }, live, { ...policy, plans: rest })).toMatchObject({ code: 'unknownPlan', path: 'plan' });
  expect(free).toBeDefined();
  expect([change('FTTH150I', 'FTTH150I'), change('FTTH150I', 'FTTH500I', { when: 'soon' }), change('FTTH150I', 'FTTH500I', { as: 'sidegrade' })]).toEqual(['samePlan', 'badInput', 'badInput']);
});

test('[S0-12] [S2-109] a cancelled subscription ends with its period, the service with it; at once gives the unused days back', () => {
  const { state, effects } = play([...begun, ['2026-04-20T14:00:00Z', { type: 'cancel' }], ['2026-08-01T00:00:00Z', { type: 'tick' }]]);
  expect(state).toMatchObject({ status: 'ended', end: '2026-05-13', canceledAt: '2026-04-20T14:00:00.000Z', endedAt: '2026-05-13T04:00:00.000Z' });
  expect(effects.at(-1)).toMatchObject({ type: 'service', on: false, dueAt: '2026-05-13T04:00:00.000Z' });
  expect(money([...begun, ['2026-04-28T14:00:00Z', { type: 'cancel', when: 'now' }]])).toEqual([{ on: '2026-04-13', minor: 9995 }, { on: '2026-04-28', minor: -4998 }]);
  expect(play([...begun, ['2026-04-20T14:00:00Z', { type: 'cancel' }], ['2026-04-22T14:00:00Z', { type: 'cancel', when: 'now' }]]).state).toMatchObject({ status: 'ended', end: '2026-04-22' });
  expect(play([begun[0]!, [live, { type: 'cancel' }]]).state).toMatchObject({ status: 'abandoned', endedAt: live });
});

test('[S0-137] [inv-23] cancelled less than 24 hours after activation it ends at once, with both times, and everything comes back', () => {
  const at = (ms: number, more: object = {}): SubscriptionState => play([...begun, [iso(Date.parse(live) + ms), { type: 'cancel', ...more } as SubscriptionCommand]]).state;
  const soon = iso(Date.parse(live) + 24 * HOUR - 1);
  expect(at(24 * HOUR - 1)).toMatchObject({ status: 'ended', canceledAt: soon, endedAt: soon, end: '2026-04-14', refund: 'full' });
  expect(at(24 * HOUR - 1, { when: 'periodEnd' })).toMatchObject({ status: 'ended', refund: 'full' });
  expect(at(24 * HOUR)).toMatchObject({ status: 'cancelling' });
  expect(at(24 * HOUR, { when: 'now' })).toMatchObject({ status: 'ended', refund: 'unused' });
  expect(money([...begun, [soon, { type: 'cancel' }]]).map(({ minor }) => minor)).toEqual([9995, -9995]);
});

test('pauses cost nothing, suspension for nonpayment does (decision 34); a pause and its end are days, a lock more is none', () => {
  const paused: readonly Step[] = [...begun, ['2026-04-20T14:00:00Z', { type: 'pause' }], ['2026-04-21T14:00:00Z', { type: 'pause' }], ['2026-04-25T14:00:00Z', { type: 'resume' }], ['2026-04-25T15:00:00Z', { type: 'resume' }], ['2026-05-13T12:00:00Z', { type: 'tick' }]];
  expect(play(paused).state.pauses).toEqual([{ from: '2026-04-20', until: '2026-04-25' }]);
  // 25 of 30 days: 9995 × 25 ÷ 30.
  expect(money(paused)).toEqual([{ on: '2026-04-13', minor: 9995 }, { on: '2026-05-13', minor: 9995 - 1666 }]);
  const shut: readonly Step[] = [...begun, ['2026-04-20T14:00:00Z', { type: 'addLock', reason: 'nonpayment', by: 'dunning' }], ['2026-05-13T12:00:00Z', { type: 'tick' }]];
  expect(money(shut).map(({ minor }) => minor)).toEqual([9995, 9995]);
  expect(play([...begun, ['2026-04-20T14:00:00Z', { type: 'addLock', reason: 'fraud', by: 'fraudDesk', note: 'stolen card' }], ['2026-04-21T14:00:00Z', { type: 'removeLock', reason: 'fraud', by: 'payment' }]])).toMatchObject({
    state: { locks: [{ reason: 'fraud', since: '2026-04-20T14:00:00.000Z', by: 'fraudDesk', note: 'stolen card' }], pauses: [] }, answers: [{}, {}, {}, { code: 'mayNotLift', path: 'by' }],
  });
  expect(play([...begun, [live, { type: 'addLock', reason: 'mood', by: 'x' } as never]]).answers[2]).toMatchObject({ code: 'badInput', path: 'reason' });
  expect(play([...begun, [live, { type: 'addLock', by: 'x' } as never]]).answers[2]).toMatchObject({ code: 'badInput', path: 'reason' });
});

test('the policy is data with a schema, and a bad one is refused with its path', () => {
  expect(schemaComplaint(subscriptionPolicySchema, policy)).toBeNull();
  for (const [bad, path] of [[{ coolingOffHours: -1 }, 'coolingOffHours'], [{ hour: '24:00' }, 'hour'], [{ reminderDays: [0] }, 'reminderDays[0]'], [{ cancel: 'never' }, 'cancel'], [{ version: 7 }, 'version'], [{ plans: { FTTH150I: { items: [] } } }, 'rank'], [{ plans: { FTTH150I: { rank: 1.5, items: [] } } }, 'rank']] as const) {
    expect(play(begun, { ...policy, ...bad } as never).answers[0]).toMatchObject({ code: 'badPolicy', path });
  }
  expect(accepted(play(begun, { ...policy, version: 'subscription/2' }).answers[0]!).events[0]).toMatchObject({ policyVersion: 'subscription/2', type: 'create' });
});

test('catching up is bounded, and nothing older than the last event is heard', () => {
  const daily: readonly Step[] = [[live, { ...create, cadence: { unit: 'day' } } as SubscriptionCommand], [live, { type: 'activate' }]];
  expect(play([...daily, ['2066-01-01T00:00:00Z', { type: 'tick' }]], { ...policy, reminderDays: [] }).answers[2]).toMatchObject({ code: 'tooFarBehind', path: 'now' });
  expect(play([...begun, ['2026-04-12T00:00:00Z', { type: 'pause' }]]).answers[2]).toMatchObject({ code: 'outOfOrder', path: 'now' });
  expect(play([...begun, ['2026-04-12T00:00:00Z', { type: 'tick' }]]).answers[2]).toMatchObject({ type: 'accepted', value: { events: [] } });
});
