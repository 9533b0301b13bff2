import { addDays, dayNumber, isInstant, type CivilDate, type Instant } from '../kernel/civil.ts';
import { accept, mustBe, type Decision } from '../kernel/decision.ts';
import { mulDiv } from '../kernel/money.ts';

export interface Prorated {
  /** The share of the used time, rounded half away from zero. */
  readonly minor: number;
  /** The share of the rest: the two always make the whole. */
  readonly restMinor: number;
  /** Used, of the whole period: days, or seconds for instants. */
  readonly used: number;
  readonly of: number;
}
interface Span {
  readonly start: CivilDate | Instant;
  readonly end: CivilDate | Instant;
}
const measures = { day: dayNumber, second: (text: string) => (isInstant(text) ? Math.floor(Date.parse(text) / 1000) : NaN) };

/**
 * The part of an amount (minor units, negative for a credit) that falls on the used time of a period. Whole civil days, or seconds when
 * both spans are instants (a day of 23 hours is then shorter), half away from zero, so that a credit mirrors its charge (decisions 13, 21,
 * 23). Charge `minor`, credit `restMinor`: together they are the amount.
 * @example prorate(9995, { start: '2026-04-01', end: '2026-05-01' }, { start: '2026-04-13', end: '2026-05-01' }).value.minor // 5997
 * @example prorate(3000, { start: '2026-04-01T04:00:00Z', end: '2026-05-01T04:00:00Z' }, { start: '2026-04-30T16:00:00Z', end: '2026-05-01T04:00:00Z' }).value.minor // 50
 */
export function prorate(amountMinor: number, period: Span, used: Span): Decision<Prorated, 'badInput'> {
  const unit = isInstant(period?.start) ? 'second' : 'day';
  const at: number[] = [];
  for (const [path, text] of Object.entries({ 'period.start': period?.start, 'period.end': period?.end, 'used.start': used?.start, 'used.end': used?.end })) {
    const time = measures[unit](text);
    if (Number.isNaN(time)) return mustBe(path, unit === 'day' ? 'a day written YYYY-MM-DD' : 'an instant in UTC');
    at.push(time);
  }
  const [start, end, from, until] = at as [number, number, number, number];
  const of = end - start;
  const part = until - from;
  if (!Number.isSafeInteger(amountMinor)) return mustBe('amountMinor', 'whole minor units');
  if (of <= 0) return mustBe('period', `at least a ${unit}`);
  if (part < 0 || from < start || until > end) return mustBe('used', 'inside the period');
  const minor = mulDiv(amountMinor, part, of);
  const last = unit === 'day' && part > 0 ? addDays(used.end, -1) : used.end;
  return accept({ minor, restMinor: amountMinor - minor, used: part, of }, part === of ? `the whole period, ${of} ${unit}s` : `${part} of ${of} ${unit}s${part > 0 ? `, ${used.start} to ${last}` : ''}`);
}
