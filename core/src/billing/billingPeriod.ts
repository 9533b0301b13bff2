import { addMonths, daysBetween, type CivilDate, type Period } from '../kernel/civil.ts';

export interface BillingPeriod {
  /** The whole period between two anchor days: what a part is measured against (0.5 of the billing reference). */
  readonly whole: Period;
  /** From the given day to the end of the period. */
  readonly used: Period;
  readonly anchorDay: number;
}

/**
 * The monthly period a day belongs to. The anchor is the account's day of the month, clamped in short months and never drifting; without
 * one it is the day itself, which makes a full first month (decision 18).
 * @throws RangeError when the anchor is not a whole number from 1 to 31.
 * @example billingPeriod('2026-04-13', 1).whole // { start: '2026-04-01', end: '2026-05-01' }
 */
export function billingPeriod(day: CivilDate, anchorDay: number = Number(day.slice(8, 10))): BillingPeriod {
  if (!Number.isInteger(anchorDay) || anchorDay < 1 || anchorDay > 31) throw new RangeError(`billingPeriod: anchor day ${anchorDay} is not from 1 to 31`);
  const here = addMonths(day, 0, anchorDay);
  const start = daysBetween(here, day) >= 0 ? here : addMonths(day, -1, anchorDay);
  const end = addMonths(start, 1, anchorDay);
  return { whole: { start, end }, used: { start: day, end }, anchorDay };
}
