import { daysBetween, isCivilDate, type CivilDate, type Period } from '../kernel/civil.ts';
import { isCurrency } from '../kernel/currency.ts';
import { accept, deny, mustBe, type Decision } from '../kernel/decision.ts';
import { any, day, int, line, misfit, object, text } from '../kernel/shapes.ts';
import { share, type Share } from './share.ts';
import { usagePatterns, type UsageMonth, type UsagePattern } from './usagePatterns.ts';

/** What is known of one subscription. */
export interface SubscriptionFacts {
  readonly id: string;
  readonly currency: string;
  /** What it pays for a month, from a day on; 0 while nothing is paid, as in a pause. In the order of their days. */
  readonly prices: readonly { readonly from: CivilDate; readonly monthlyMinor: number }[];
  /** The first day without it. */
  readonly endedOn?: CivilDate;
  /** `endsOn` is the day after its last. It converted when something is paid since it began. */
  readonly trial?: { readonly startedOn: CivilDate; readonly endsOn: CivilDate };
  readonly usage?: readonly UsageMonth[];
}
export interface Recurring { readonly subscriptions: number; readonly monthlyMinor: number }
/** What happened in one currency. At the start, plus `began`, `returned` and `grew`, less `shrank` and `lost`, is at the end. */
export interface SubscriptionReport {
  readonly currency: string;
  /** On the day before the period. */
  readonly atStart: Recurring;
  /** On its last day. */
  readonly atEnd: Recurring;
  readonly began: Recurring;
  /** Paid before, not at the start. */
  readonly returned: Recurring;
  readonly grew: Recurring;
  readonly shrank: Recurring;
  readonly lost: Recurring;
  /** Began and ended within the period: in neither of the above. */
  readonly passing: number;
  /** Customers lost, of those at the start. */
  readonly churn: Share;
  /** Money lost or less, of what was paid at the start. */
  readonly revenueChurn: Share;
  /** What those of the start pay at the end, of what they paid; above 10,000 when they grew. */
  readonly retention: Share;
  /** Trials decided in the period: bought, of those bought or run out. */
  readonly conversion: Share & { readonly daysToBuy: number };
  readonly usage: readonly UsagePattern[];
}

const shape = any(object({ id: line, currency: text('^[A-Z]{3}$', 'three capitals'), prices: any(object({ from: day, monthlyMinor: int(0, 1e12) })) }, {
  endedOn: day, trial: object({ startedOn: day, endsOn: day }), usage: any(object({ metric: line, month: text('^\\d{4}-\\d\\d$', 'YYYY-MM'), used: int(0, 1e15), limit: { oneOf: [{ const: null }, int(0, 1e15)] } })),
}));
const none: Recurring = { subscriptions: 0, monthlyMinor: 0 };
const sum = (all: readonly number[]): Recurring => all.reduce(({ subscriptions, monthlyMinor }, minor) => ({ subscriptions: subscriptions + 1, monthlyMinor: monthlyMinor + minor }), none);

/** What is paid for a month on a day, or on the day before it. */
function paid({ prices, endedOn }: SubscriptionFacts, on: CivilDate, before: boolean): number {
  const reached = (from: CivilDate): boolean => (before ? from < on : from <= on);
  return endedOn !== undefined && reached(endedOn) ? 0 : prices.findLast(({ from }) => reached(from))?.monthlyMinor ?? 0;
}

function report(currency: string, all: readonly SubscriptionFacts[], { start, end }: Period): SubscriptionReport {
  const within = (on: CivilDate | undefined): boolean => on !== undefined && on >= start && on < end;
  const moved = all.map((one) => ({ one, was: paid(one, start, true), is: paid(one, end, true), first: one.prices.find(({ from, monthlyMinor }) => monthlyMinor > 0 && !(one.endedOn! <= from))?.from }));
  const of = (which: (one: (typeof moved)[number]) => boolean, minor: (one: (typeof moved)[number]) => number): Recurring => sum(moved.filter(which).map(minor));
  const [atStart, atEnd] = [of(({ was }) => was > 0, ({ was }) => was), of(({ is }) => is > 0, ({ is }) => is)];
  const [lost, shrank] = [of(({ was, is }) => was > 0 && is === 0, ({ was }) => was), of(({ was, is }) => is > 0 && is < was, ({ was, is }) => was - is)];
  const kept = of(({ was, is }) => was > 0 && is > 0, ({ is }) => is);
  const trials = all.flatMap(({ trial, prices, endedOn }) => {
    if (!trial) return [];
    const bought = prices.find(({ from, monthlyMinor }) => monthlyMinor > 0 && from >= trial.startedOn && !(endedOn! <= from))?.from;
    return within(bought ?? trial.endsOn) ? [bought === undefined ? null : daysBetween(trial.startedOn, bought)] : [];
  });
  const bought = trials.filter((days) => days !== null);
  return {
    currency, atStart, atEnd, lost, shrank,
    began: of(({ was, is, first }) => was === 0 && is > 0 && within(first), ({ is }) => is),
    returned: of(({ was, is, first }) => was === 0 && is > 0 && !within(first), ({ is }) => is),
    grew: of(({ was, is }) => was > 0 && is > was, ({ was, is }) => is - was),
    passing: moved.filter(({ was, is, first }) => was === 0 && is === 0 && within(first)).length,
    churn: share(lost.subscriptions, atStart.subscriptions), revenueChurn: share(lost.monthlyMinor + shrank.monthlyMinor, atStart.monthlyMinor), retention: share(kept.monthlyMinor, atStart.monthlyMinor),
    conversion: { ...share(bought.length, trials.length), daysToBuy: bought.reduce((days, one) => days + one, 0) },
    usage: usagePatterns(all.flatMap(({ usage = [] }) => usage.filter(({ month }) => within(`${month}-01`)))),
  };
}

/**
 * How subscriptions did in a period of days, one report for each currency: what is paid month by month at its start and end and what moved it,
 * churn, trials bought, and how much of what is included was used (S2-058). A subscription is looked at on the day before the period and on its
 * last day; counts and minor units are whole, and each ratio says what it is part of.
 * @example subscriptionAnalytics([{ id: 'sub_1', currency: 'CAD', prices: [{ from: '2026-01-01', monthlyMinor: 7995 }], endedOn: '2026-04-20' }], { start: '2026-04-01', end: '2026-05-01' }).value[0].churn // { part: 1, whole: 1, basisPoints: 10000 }
 */
export function subscriptionAnalytics(subscriptions: readonly SubscriptionFacts[], period: Period): Decision<readonly SubscriptionReport[], 'badInput'> {
  const bad = misfit(shape, subscriptions) ?? misfit(object({ start: day, end: day }), period);
  if (bad) return bad;
  const { start, end } = period;
  if (!isCivilDate(start)) return mustBe('start', 'a day written YYYY-MM-DD');
  if (!isCivilDate(end) || end <= start) return mustBe('end', 'a day after the start');
  const seen = new Set<string>();
  for (const [index, { id, currency, prices, endedOn, trial, usage = [] }] of subscriptions.entries()) {
    const at = `[${index}]`;
    if (seen.has(id)) return deny('badInput', `${at}.id`, 'This subscription is there twice.', 'Give each subscription once: nothing is counted twice.');
    seen.add(id);
    if (!isCurrency(currency)) return mustBe(`${at}.currency`, 'an ISO 4217 currency in use');
    for (const [i, { from }] of prices.entries()) if (!isCivilDate(from) || (i > 0 && from <= prices[i - 1]!.from)) return mustBe(`${at}.prices[${i}].from`, 'a day after the one before');
    if (endedOn !== undefined && !isCivilDate(endedOn)) return mustBe(`${at}.endedOn`, 'a day written YYYY-MM-DD');
    if (trial && !(isCivilDate(trial.startedOn) && isCivilDate(trial.endsOn) && trial.startedOn < trial.endsOn)) return mustBe(`${at}.trial`, 'of days in order');
    const month = usage.findIndex((one) => !isCivilDate(`${one.month}-01`));
    if (month >= 0) return mustBe(`${at}.usage[${month}].month`, 'YYYY-MM');
  }
  const currencies = [...new Set(subscriptions.map(({ currency }) => currency))].sort();
  return accept(currencies.map((currency) => report(currency, subscriptions.filter((one) => one.currency === currency), period)), `${subscriptions.length} subscriptions from ${start} to ${end}`);
}
