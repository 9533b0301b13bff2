import { addDays, daysBetween, type Period } from '../kernel/civil.ts';
import { mulDiv } from '../kernel/money.ts';

export interface Prorated {
  /** The share of the used days, rounded half away from zero. */
  readonly minor: number;
  /** The share of the other days: the two always make the whole. */
  readonly restMinor: number;
  readonly days: number;
  readonly ofDays: number;
  readonly because: string;
}

/**
 * The part of an amount (minor units, negative for a credit) that falls on the used days of a period. Whole civil days, half away from
 * zero, so that a credit mirrors its charge (decisions 13, 21, 23). Charge `minor`, credit `restMinor`: together they are the amount.
 * @throws RangeError when the period is empty or the used days are not inside it.
 * @example prorate(9995, { start: '2026-04-01', end: '2026-05-01' }, { start: '2026-04-13', end: '2026-05-01' }).minor // 5997
 */
export function prorate(amountMinor: number, period: Period, used: Period): Prorated {
  const ofDays = daysBetween(period.start, period.end);
  const days = daysBetween(used.start, used.end);
  if (ofDays <= 0) throw new RangeError(`prorate: the period ${period.start} to ${period.end} holds no day`);
  if (days < 0 || daysBetween(period.start, used.start) < 0 || daysBetween(used.end, period.end) < 0) {
    throw new RangeError(`prorate: ${used.start} to ${used.end} is not inside ${period.start} to ${period.end}`);
  }
  const minor = mulDiv(amountMinor, days, ofDays);
  const because = days === ofDays ? `the whole period, ${ofDays} days` : `${days} of ${ofDays} days${days > 0 ? `, ${used.start} to ${addDays(used.end, -1)}` : ''}`;
  return { minor, restMinor: amountMinor - minor, days, ofDays, because };
}
