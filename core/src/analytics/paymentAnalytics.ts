import { isInstant, type Instant } from '../kernel/civil.ts';
import { isCurrency } from '../kernel/currency.ts';
import { accept, deny, mustBe, type Decision } from '../kernel/decision.ts';
import { mulDiv } from '../kernel/money.ts';
import { any, int, line, misfit, object, text } from '../kernel/shapes.ts';
import { paymentOutcomes, type PaymentAttempt, type PaymentOutcome } from './paymentAttempt.ts';
import { recoveredByRetry, type Recovered } from './recoveredByRetry.ts';
import { share, type Share } from './share.ts';

export interface PaymentGroup { readonly name: string; readonly attempts: number; readonly succeeded: number; readonly takenMinor: number; readonly successRate: Share; readonly ofAttempts: Share; readonly ofTaken: Share }
/** What happened in one currency. */
export interface PaymentReport {
  readonly currency: string;
  readonly attempts: number;
  readonly outcomes: Readonly<Record<PaymentOutcome, number>>;
  /** Of those that were decided (succeeded, declined, failed); what is open, cancelled or unknown is in neither part. */
  readonly successRate: Share;
  readonly takenMinor: number;
  readonly methods: readonly PaymentGroup[];
  readonly providers: readonly PaymentGroup[];
  readonly declines: readonly { readonly class: string; readonly count: number; readonly amountMinor: number; readonly ofDeclines: Share }[];
  /** From the attempt to the money. `unmeasured` succeeded too, but nobody wrote down when. */
  readonly settling: { readonly measured: number; readonly unmeasured: number; readonly totalMs: number; readonly averageMs: number | null; readonly longestMs: number | null };
  readonly recovered: Recovered & { readonly ofSubjects: Share };
  readonly refunded: { readonly payments: number; readonly minor: number; readonly ofTaken: Share };
  readonly disputed: { readonly payments: number; readonly minor: number; readonly ofTaken: Share };
}

const instant = text('^\\d{4}-\\d\\d-\\d\\dT', 'an instant');
const amount = int(0, 1e12);
const shape = any(object(
  { id: line, subject: line, provider: line, method: line, currency: text('^[A-Z]{3}$', 'three capitals'), amountMinor: amount, startedAt: instant, outcome: { enum: [...paymentOutcomes] } },
  { settledAt: instant, declineClass: line, refundedMinor: amount, disputedMinor: amount },
));
const sumOf = (of: readonly PaymentAttempt[], minor: (one: PaymentAttempt) => number = ({ amountMinor }) => amountMinor): number => of.reduce((sum, one) => sum + minor(one), 0);
const succeeded = ({ outcome }: PaymentAttempt): boolean => outcome === 'succeeded';
const decided = ({ outcome }: PaymentAttempt): boolean => outcome === 'succeeded' || outcome === 'declined' || outcome === 'failed';
const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function grouped(all: readonly PaymentAttempt[], nameOf: (one: PaymentAttempt) => string): readonly (readonly [string, readonly PaymentAttempt[]])[] {
  const groups = new Map<string, PaymentAttempt[]>();
  for (const one of all) {
    const known = groups.get(nameOf(one));
    if (known) known.push(one);
    else groups.set(nameOf(one), [one]);
  }
  return [...groups].sort(([a], [b]) => byName(a, b));
}

function report(currency: string, all: readonly PaymentAttempt[]): PaymentReport {
  const taken = all.filter(succeeded);
  const takenMinor = sumOf(taken);
  const mix = (nameOf: (one: PaymentAttempt) => string): readonly PaymentGroup[] => grouped(all, nameOf).map(([name, of]) => {
    const won = of.filter(succeeded);
    return { name, attempts: of.length, succeeded: won.length, takenMinor: sumOf(won), successRate: share(won.length, of.filter(decided).length), ofAttempts: share(of.length, all.length), ofTaken: share(sumOf(won), takenMinor) };
  });
  const declined = all.filter(({ outcome }) => outcome === 'declined');
  const times = taken.flatMap(({ startedAt, settledAt }) => (settledAt === undefined || Date.parse(settledAt) < Date.parse(startedAt) ? [] : [Date.parse(settledAt) - Date.parse(startedAt)]));
  const totalMs = times.reduce((sum, one) => sum + one, 0);
  const recovered = recoveredByRetry(all);
  const givenBack = (minor: (one: PaymentAttempt) => number) => ({ payments: taken.filter((one) => minor(one) > 0).length, minor: sumOf(taken, minor), ofTaken: share(sumOf(taken, minor), takenMinor) });
  return {
    currency, attempts: all.length, takenMinor,
    outcomes: Object.fromEntries(paymentOutcomes.map((outcome) => [outcome, all.filter((one) => one.outcome === outcome).length])) as Record<PaymentOutcome, number>,
    successRate: share(taken.length, all.filter(decided).length),
    methods: mix(({ method }) => method), providers: mix(({ provider }) => provider),
    declines: grouped(declined, ({ declineClass }) => declineClass ?? 'unclassified').map(([name, of]) => ({ class: name, count: of.length, amountMinor: sumOf(of), ofDeclines: share(of.length, declined.length) })),
    settling: { measured: times.length, unmeasured: taken.length - times.length, totalMs, averageMs: times.length === 0 ? null : mulDiv(totalMs, 1, times.length), longestMs: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)) },
    recovered: { ...recovered, ofSubjects: share(recovered.recovered, recovered.firstRefused) },
    refunded: givenBack(({ refundedMinor = 0 }) => refundedMinor), disputed: givenBack(({ disputedMinor = 0 }) => disputedMinor),
  };
}

/**
 * How payments went in a period, one report for each currency, for amounts of two currencies have no sum (S2-097). Attempts that began
 * outside the period are left out. Counts and minor units are whole; each ratio says what it is part of.
 * @example paymentAnalytics([{ id: 'a', subject: 'INV-1', provider: 'stripe', method: 'storedMethod', currency: 'CAD', amountMinor: 4599, startedAt: '2026-04-02T12:00:00Z', outcome: 'succeeded' }], { start: '2026-04-01T00:00:00Z', end: '2026-05-01T00:00:00Z' }).value[0].successRate // { part: 1, whole: 1, basisPoints: 10000 }
 */
export function paymentAnalytics(attempts: readonly PaymentAttempt[], { start, end }: { readonly start: Instant; readonly end: Instant }): Decision<readonly PaymentReport[], 'badInput'> {
  const bad = misfit(shape, attempts);
  if (bad) return bad;
  if (!isInstant(start)) return mustBe('start', 'an instant');
  if (!isInstant(end) || Date.parse(end) <= Date.parse(start)) return mustBe('end', 'an instant after the start');
  const seen = new Set<string>();
  for (const [index, { id, currency, startedAt, settledAt, amountMinor, refundedMinor = 0, disputedMinor = 0 }] of attempts.entries()) {
    const at = `[${index}]`;
    if (seen.has(id)) return deny('badInput', `${at}.id`, 'This attempt is there twice.', 'Give each attempt once: nothing is counted twice.');
    seen.add(id);
    if (!isCurrency(currency)) return mustBe(`${at}.currency`, 'an ISO 4217 currency in use');
    if (!isInstant(startedAt)) return mustBe(`${at}.startedAt`, 'an instant');
    if (settledAt !== undefined && !isInstant(settledAt)) return mustBe(`${at}.settledAt`, 'an instant');
    if (refundedMinor > amountMinor) return mustBe(`${at}.refundedMinor`, 'at most the amount');
    if (disputedMinor > amountMinor) return mustBe(`${at}.disputedMinor`, 'at most the amount');
  }
  const during = attempts.filter(({ startedAt }) => Date.parse(startedAt) >= Date.parse(start) && Date.parse(startedAt) < Date.parse(end));
  if (!Number.isSafeInteger(sumOf(during))) return mustBe('amountMinor', 'small enough to be summed exactly');
  return accept(grouped(during, ({ currency }) => currency).map(([currency, all]) => report(currency, all)), `${during.length} of ${attempts.length} attempts began in the period`);
}
