import { dayNumber, dayOfMonth, dayText, monthOf, type CivilDate, type Period } from './civil.ts';
import { mustBe, type Refused } from './decision.ts';

/**
 * How often something recurs. `anchorDay` is the day of the month, `last` the month's last day; for weeks the ISO weekday. Without it
 * the start is the anchor. `anchorMonth` (1 to 12) aligns quarters and years with the calendar.
 */
export interface Cadence {
  readonly unit: 'day' | 'week' | 'month' | 'quarter' | 'year';
  /** Every so many units; default 1. */
  readonly every?: number;
  readonly anchorDay?: number | 'last';
  readonly anchorMonth?: number;
}
export const monthly: Cadence = { unit: 'month' };
/** Edges of periods at equal steps of months or days from a base; edge k is computed from the base, so nothing drifts. */
export interface Grid {
  readonly months: boolean;
  readonly step: number;
  readonly base: number;
  readonly anchor: number;
}
const MONTHS = { month: 1, quarter: 3, year: 12 };
/** The months after which steps meet the same months of the year again; 0 when they wander through it. */
const yearly = (step: number): number => (step % 12 === 0 ? 12 : 12 % step === 0 ? step : 0);

/** What is wrong with a cadence, or nothing. @example cadenceFault({ unit: 'month', anchorDay: 32 })?.path // 'anchorDay' */
export function cadenceFault({ unit, every = 1, anchorDay, anchorMonth }: Cadence): Refused<'badInput'> | undefined {
  const byMonth = unit === 'month' || unit === 'quarter' || unit === 'year';
  const last = byMonth ? 31 : unit === 'week' ? 7 : 0;
  const whole = (value: unknown, max: number): boolean => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= max;
  if (!byMonth && unit !== 'week' && unit !== 'day') return mustBe('unit', 'day, week, month, quarter or year');
  if (!whole(every, 1200)) return mustBe('every', 'a whole number from 1 to 1200');
  if (anchorDay !== undefined && !whole(anchorDay, last) && !(anchorDay === 'last' && byMonth)) return mustBe('anchorDay', byMonth ? 'from 1 to 31, or last' : last ? 'a weekday from 1 to 7' : 'absent for days');
  if (anchorMonth !== undefined && !(byMonth && whole(anchorMonth, 12) && yearly(MONTHS[unit] * every) > 0)) return mustBe('anchorMonth', 'from 1 to 12, for steps that make up a year');
  return undefined;
}
/** The grid of a cadence that begins on a day number. @example edge(gridOf({ unit: 'week' }, 0), 2) // 14 */
export function gridOf({ unit, every = 1, anchorDay, anchorMonth }: Cadence, start: number): Grid {
  if (unit === 'day' || unit === 'week') {
    const step = unit === 'week' ? 7 * every : every;
    // 1970-01-01 was a Thursday.
    const back = typeof anchorDay === 'number' ? ((start + 3 - (anchorDay - 1)) % 7 + 7) % 7 : 0;
    return { months: false, step, base: start - back, anchor: 0 };
  }
  const month = monthOf(start);
  const step = MONTHS[unit] * every;
  const turn = yearly(step);
  const shift = anchorMonth === undefined ? 0 : ((month - (anchorMonth - 1)) % turn + turn) % turn;
  return { months: true, step, base: month - shift, anchor: anchorDay === 'last' ? 31 : anchorDay ?? start - dayOfMonth(month, 1) + 1 };
}
/** The day number of edge k. @example edge(gridOf({ unit: 'month', anchorDay: 31 }, 0), 1) // 58 */
export function edge(grid: Grid, k: number): number {
  return grid.months ? dayOfMonth(grid.base + k * grid.step, grid.anchor) : grid.base + k * grid.step;
}
/** The last edge that is not after a day number. @example edgeBefore(gridOf({ unit: 'month', anchorDay: 1 }, 0), 40) // 1 */
export function edgeBefore(grid: Grid, day: number): number {
  const k = Math.floor(((grid.months ? monthOf(day) : day) - grid.base) / grid.step);
  return edge(grid, k) > day ? k - 1 : k;
}

export interface CadencePeriod {
  /** 0 for the period the start falls into. */
  readonly index: number;
  /** Anchor to anchor: what a part is measured against (0.5 of the billing reference). */
  readonly whole: Period;
  /** The part of it since the start. */
  readonly used: Period;
}
/**
 * The period a day belongs to, for something that began on `start`. The first may be a stub: to the anchor day of the start's month when
 * that is still to come, else to the next edge (decision 19).
 * @throws RangeError when the day is before the start, or either is not a day.
 * @example periodContaining({ unit: 'month', anchorDay: 31 }, '2026-01-31', '2026-03-05').whole // { start: '2026-02-28', end: '2026-03-31' }
 */
export function periodContaining(cadence: Cadence, start: CivilDate, day: CivilDate): CadencePeriod {
  const from = dayNumber(start);
  const at = dayNumber(day);
  const wrong = cadenceFault(cadence);
  if (wrong || !(at >= from)) throw new RangeError(wrong?.message ?? `"${day}" is not a day on or after "${start}"`);
  const grid = gridOf(cadence, from);
  const first = edgeBefore(grid, from);
  const k = edgeBefore(grid, at);
  const whole = { start: dayText(edge(grid, k)), end: dayText(edge(grid, k + 1)) };
  return { index: k - first, whole, used: k === first ? { start, end: whole.end } : whole };
}
