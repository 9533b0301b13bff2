import { int } from '../kernel/shapes.ts';
import { text } from './words.ts';
import { addLock, removeLock, serviceOn } from '../dunning/locks.ts';
import { cadenceFault, monthly, periodContaining } from '../kernel/cadence.ts';
import { addDays, isCivilDate, type CivilDate, type Instant } from '../kernel/civil.ts';
import { mustBe, refuse } from '../kernel/decision.ts';
import { civilDateIn, instantIn, isZone } from '../kernel/zone.ts';
import { defaultSubscriptionPolicy, planFault, subscriptionPolicySchema, when } from './subscriptionPolicy.ts';
import type { SubscriptionCommand, SubscriptionEffect, SubscriptionPolicy, SubscriptionState } from './subscriptionState.ts';
import { lifecycle, type News, type Rule, type Rules, type Step } from './lifecycle.ts';

type State = SubscriptionState;
type Happens = News<State, SubscriptionEffect>;
type To<T extends SubscriptionCommand['type']> = Rule<State, SubscriptionEffect, SubscriptionPolicy, Extract<SubscriptionCommand, { readonly type: T }>>;

const today = (state: State, at: Instant): CivilDate => civilDateIn(at, state.zone!);
/** A plan from a day on: the last change of a day wins, and going back on the same day leaves no trace (decision 24, inv-20). */
function onPlan({ history }: State, plan: string, from: CivilDate): Partial<State> {
  const kept = history!.filter((one) => one.from < from);
  return { plan, scheduled: null, history: kept.at(-1)?.plan === plan ? kept : [...kept, { plan, from }] };
}
/** A period that is billed begins, with the plan that was put off to it. */
function begin(was: State, day: CivilDate, set: Partial<State> = {}): Happens {
  const state = { ...was, ...set };
  return [{ ...set, ...onPlan(state, (state.scheduled ?? state).plan!, day), status: 'active', reminded: 999, period: periodContaining(state.cadence!, state.start!, day).used }, ['bill', [day], { on: day }]];
}
const finish = (end: CivilDate, at: Instant, back: Pick<State, 'refund'> = {}, set: Partial<State> = {}): Happens => [{ ...set, ...back, status: 'ended', end, endedAt: at, scheduled: null }, ['bill', [end, 'end'], { on: end, ...back } as never]];

function next(state: State, { reminderDays, hour, trialEnd }: SubscriptionPolicy): readonly Step<State, SubscriptionEffect>[] {
  const { status, period, zone, reminded, activatedAt } = state;
  if (!serviceOn(status, [])) return [];
  const { start, end } = period!;
  const at = instantIn(end, '00:00', zone!);
  const goesOn = status === 'active' || (status === 'trialing' && trialEnd === 'convert');
  return [
    ...(goesOn ? reminderDays : []).flatMap((days): Step<State, SubscriptionEffect>[] => {
      const day = addDays(end, -days);
      const due = instantIn(day, hour, zone!);
      return days >= reminded! || day < start || due < activatedAt! ? [] : [[due, 'remind', { reminded: days }, ['remind', [end, days], { renewsOn: end, plan: (state.scheduled ?? state).plan! }]]];
    }),
    [at, 'renew', ...(goesOn ? begin(state, end) : finish(end, at))],
  ];
}
/** What a subscription has when it begins. */
const fresh = { history: [], locks: [], pauses: [], reminded: 999 };
const live = 'trialing active cancelling';
/** The days of a voluntary pause are kept for billing; no other lock is one (decision 34). */
const lock = (add: boolean, own?: boolean): To<'addLock'> => [live, (state, command, at, policy) => {
  const { reason, by, note } = own ? { ...command, reason: 'voluntary' as const, by: 'customer' } : command;
  const { locks, pauses } = state;
  const made = add ? addLock(locks!, { reason, since: at, by, ...(note && { note }) }) : removeLock(locks!, reason, by, policy.locks);
  if (made.type === 'refused') return made;
  const day = today(state, at);
  return made.value === locks ? undefined : [{ locks: made.value, pauses: reason !== 'voluntary' ? pauses! : add ? [...pauses!, { from: day }] : pauses!.map((one) => ({ ...one, until: one.until ?? day })) }];
}, own ? {} : { reason: text, by: text }, { note: text }];
const cancel: To<'cancel'>[1] = (state, { when }, at, policy) => {
  const { activatedAt, status } = state;
  const ended = { canceledAt: at };
  const cooling = Date.parse(at) - Date.parse(activatedAt!) < policy.coolingOffHours * 36e5;
  return !activatedAt ? [{ ...ended, status: 'abandoned', endedAt: at }]
    : cooling || (when ?? policy.cancel) === 'now' ? finish(today(state, at), at, { refund: cooling ? 'full' : 'unused' }, ended)
    : status === 'cancelling' ? undefined : [{ ...ended, status: 'cancelling' }];
};

const rules: Rules<State, SubscriptionEffect, SubscriptionPolicy, SubscriptionCommand> = {
  create: ['new', (_state, { plan, zone, cadence = monthly }, _at, policy) => {
    const wrong = cadenceFault(cadence);
    return planFault(policy.plans, plan) ?? (!isZone(zone) ? mustBe('zone') : wrong ? mustBe(`cadence.${wrong.path}`) : [{ status: 'pending', plan, zone, cadence }]);
  }, { plan: text, zone: text }, { cadence: { type: 'object' } }],
  activate: ['pending', (state, { on: day, trialDays, paid }, at, policy) => {
    const on = day ?? today(state, at);
    const days = trialDays ?? policy.plans[state.plan!]?.trialDays ?? 0;
    if (!isCivilDate(on) || on > today(state, at) || on < '1') return mustBe('on');
    const start = addDays(on, days);
    return days ? [{ ...fresh, activatedAt: at, start, history: [{ plan: state.plan!, from: start }], status: 'trialing', period: { start: on, end: start } }]
      : paid === false ? [{ status: 'incomplete' }] : begin(state, on, { ...fresh, activatedAt: at, start });
  }, {}, { on: text, trialDays: int(0, 366), paid: { type: 'boolean' } }],
  paymentSucceeded: ['incomplete', (state, _command, at) => begin(state, today(state, at), { ...fresh, activatedAt: at, start: today(state, at) })],
  convertTrial: ['trialing', (state, _command, at) => begin(state, today(state, at), { history: [], start: today(state, at) })],
  changePlan: ['trialing active', (state, { plan, when, as }, at, { plans, ...policy }) => {
    const no = planFault(plans, plan) ?? planFault(plans, state.plan!);
    if (no) return no;
    const was = plans[state.plan!]!;
    const way = plans[plan]!.rank > was.rank ? 'upgrade' : 'downgrade';
    const now = (when ?? policy[way]) === 'now';
    const day = today(state, at);
    return plan === (now ? state : state.scheduled ?? state).plan ? mustBe('plan', 'another', 'samePlan')
      : (as ?? way) !== way || was[`${way}s`]?.includes(plan) === false ? mustBe('plan', 'on a path', 'noPath')
      : now ? [onPlan(state, plan, day < state.start! ? state.start! : day), ['bill', [day, state.seq], { on: day }]]
      : [{ scheduled: { plan, on: state.period!.end } }];
  }, { plan: text }, { when, as: { enum: ['upgrade', 'downgrade'] } }],
  undoChange: ['trialing active', ({ scheduled }) => (scheduled ? [{ scheduled: null }] : refuse('nothingScheduled', 'No change waits.'))],
  cancel: [`pending incomplete ${live}`, cancel, {}, { when }],
  undoCancel: ['cancelling', ({ period, start }) => [{ status: period!.start < start! ? 'trialing' : 'active', canceledAt: null }]],
  renew: ['active', () => undefined],
  pause: lock(true, true) as never,
  resume: lock(false, true) as never,
  addLock: lock(true),
  removeLock: lock(false) as never,
  expire: ['pending incomplete', cancel as never],
};
/**
 * A subscription from order to end (S0-05, S0-08, S0-09, S0-12, S0-134…137, S2-056, S2-061; decisions 16, 18, 20, 24, 34, 40). Periods are
 * days in the account's zone and begin at its midnight, each counted from the first. The day of a change, pause or end belongs to what
 * comes after it. `bill` asks to run billing as of a day, which may find nothing to bill; `service` tells the network whenever the plan, or
 * whether the service is on, changes. `changePlan` refuses `samePlan`, `noPath`, `unknownPlan`; `undoChange` refuses `nothingScheduled`;
 * locks refuse as in `addLock` and `removeLock`; the rest is in `lifecycle`.
 * @example initial('sub_1').status // 'new'
 * @example decide(initial('sub_1'), { type: 'create', plan: 'pro', zone: 'America/Toronto' }, '2026-04-13T14:20:00Z') // refused unknownPlan, plan
 * @example decide(initial('sub_1'), { type: 'create', plan: 'pro', zone: 'America/Toronto' }, '2026-04-13T14:20:00Z', { ...defaultSubscriptionPolicy, plans: { pro: { rank: 1, items: [] } } }).value.state.status // 'pending'
 * @example wakeAt(initial('sub_1')) // null
 */
export const { initial, evolve, decide, wakeAt } = lifecycle<State, SubscriptionCommand, SubscriptionEffect, SubscriptionPolicy>(subscriptionPolicySchema, defaultSubscriptionPolicy, next, rules, ({ status, locks, plan, seq }, was) => {
  const on = serviceOn(status, locks ?? []);
  return on !== serviceOn(was.status, was.locks ?? []) || (on && plan !== was.plan) ? [['service', [seq], { on, plan: plan! }]] : [];
});
