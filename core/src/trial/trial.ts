import { int } from '../kernel/shapes.ts';
import { text } from '../subscription/words.ts';
import { addDays, type Instant } from '../kernel/civil.ts';
import { mustBe, refuse } from '../kernel/decision.ts';
import { civilDateIn, instantIn, isZone } from '../kernel/zone.ts';
import { lifecycle, type News, type Rules, type Step, type Wish } from '../subscription/lifecycle.ts';
import { assignVariant } from './assignVariant.ts';
import { defaultTrialPolicy, trialPolicySchema } from './trialPolicy.ts';
import type { Campaign, TrialCommand, TrialEffect, TrialPolicy, TrialState } from './trialState.ts';

type Happens = News<TrialState, TrialEffect>;
type Due = Step<TrialState, TrialEffect>;
const later = (at: Instant, days: number): Instant => new Date(Date.parse(at) + days * 864e5).toISOString();
/** What is counted from the end is said once for each end, the rest once. */
const say = ({ endsAt, extensions }: TrialState, one: Campaign, key: string): Wish<TrialEffect> => ['campaign', [key, ...(one.day! < 0 && extensions![0] ? [extensions!.length] : [])], { ...one, key, endsAt: endsAt! }];
const close = (status: TrialState['status']): Happens => [{ status }, ['service', ['end'], { on: false }]];

function next(state: TrialState, { campaigns, hour, graceDays }: TrialPolicy): readonly Due[] {
  const { status, startedAt, endsAt, zone, settled, featureUses } = state;
  return status === 'expiringGrace' ? [[later(endsAt!, graceDays), 'expire', ...close('expired')]]
    : status !== 'running' ? []
    : [...campaigns.flatMap((one): Due[] => {
      const { key, day, featuresBelow = Infinity } = one;
      return day === undefined || settled!.includes(key) ? []
        : [[instantIn(addDays(civilDateIn(day < 0 ? endsAt! : startedAt!, zone!), day), hour, zone!), key, { settled: [...settled!, key] }, ...(featureUses! < featuresBelow ? [say(state, one, key)] : [])]];
    }), [endsAt!, 'end', { status: 'expiringGrace' }]];
}
const live = 'running expiringGrace';
const rules: Rules<TrialState, TrialEffect, TrialPolicy, TrialCommand> = {
  start: ['new', (_state, { tenant, plan, zone, days: wanted, hadTrial }, at, { plans, minDays, maxDays, days: usual, experiments }) => {
    if (!isZone(zone)) return mustBe('zone');
    if (!Object.hasOwn(plans, plan)) return mustBe('plan', 'known', 'unknownPlan');
    if (hadTrial) return mustBe('hadTrial', 'false', 'hadTrial');
    let given = { ...plans[plan]!, days: usual };
    const variants: Record<string, string> = {};
    for (const experiment of experiments) {
      const chosen = assignVariant(experiment, tenant);
      if (chosen.type === 'refused') return chosen;
      given = { ...given, ...chosen.value.set };
      variants[experiment.key] = chosen.value.key;
    }
    const days = wanted ?? given.days;
    return !Number.isInteger(days) || days < minDays || days > maxDays ? mustBe('days', `${minDays} to ${maxDays}`, 'badLength')
      : [{ ...given, status: 'running', tenant, plan, zone, startedAt: at, endsAt: later(at, days), days, variants, extensions: [], settled: [], activities: 0, featureUses: 0, activeDays: 0 }, ['service', [], { ...given, on: true, plan }]];
  }, { tenant: text, plan: text, zone: text }, { days: int(1, 366), hadTrial: { type: 'boolean' } }],
  extend: [live, ({ extensions, endsAt, days: had, settled }, { days, reason }, at, { extensions: most, extensionDays, campaigns }) =>
    extensions!.length >= most ? refuse('noMoreExtensions', `At most ${most}.`)
    : days > extensionDays ? mustBe('days', `at most ${extensionDays}`)
    : [{ status: 'running', endsAt: later(endsAt!, days), days: had! + days, extensions: [...extensions!, { days, reason, at }], settled: settled!.filter((key) => !campaigns.some((one) => one.key === key && one.day! < 0)) }], { days: int(1, 366), reason: text }],
  convert: [live, ({ plan }, { subscription: { id, status } }) =>
    /ended|abandoned/.test(status) ? mustBe('subscription', 'alive', 'noSubscription') : [{ status: 'converted', subscription: id }, ['convert', [], { subscription: id, plan: plan! }]], { subscription: { type: 'object', required: ['id', 'status'], properties: { id: text, status: text } } }],
  cancel: ['running', () => close('cancelled')],
  record: [live, (state, { activity, count = 1, metric, used = 0 }, at, { campaigns }) => {
    const { zone, limits, activities, featureUses, activeDays, lastActive } = state;
    const settled = [...state.settled!];
    const day = civilDateIn(at, zone!);
    return [{ activities: activities! + count, featureUses: featureUses! + (activity === 'feature' ? count : 0), activeDays: activeDays! + (day === lastActive ? 0 : 1), lastActive: day, settled }, ...campaigns.flatMap((one) => {
      const mark = one.percent ? `${one.key}:${metric}` : one.key;
      return one.on !== activity || settled.includes(mark) || (one.percent && !(used * 100 >= limits?.[metric!]! * one.percent)) ? [] : (settled.push(mark), [say(state, one, mark)]);
    })];
  }, { activity: text }, { count: int(1, 1e6), metric: text, used: int(0, 1e15) }],
};
/**
 * A trial from its start to conversion, expiry or cancellation (S2-070…080, S2-111…113, decisions 37, 38). Its end is a whole number of
 * 24 hours after its start; campaigns have civil days and an hour in the tenant's zone. After the end comes grace, in which it may still be
 * extended or converted. `start` refuses `badLength`, `hadTrial`, `unknownPlan`; `extend` refuses `noMoreExtensions`; `convert` refuses
 * `noSubscription`; the rest is in `lifecycle`. Campaigns counted from the end are planned anew when it moves; the others are said once.
 * @example initial('trial_1').status // 'new'
 * @example decide(initial('trial_1'), { type: 'start', tenant: 'acme', plan: 'starter', zone: 'America/Toronto' }, '2026-04-01T14:00:00Z').value.state.endsAt // '2026-04-15T14:00:00.000Z'
 * @example decide(initial('trial_1'), { type: 'start', tenant: 'acme', plan: 'starter', zone: 'America/Toronto', days: 365 }, '2026-04-01T14:00:00Z') // refused badLength, days
 * @example wakeAt(initial('trial_1')) // null
 */
export const { initial, evolve, decide, wakeAt } = lifecycle(trialPolicySchema, defaultTrialPolicy, next, rules);
