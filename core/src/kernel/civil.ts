/** A day without a time: `'2026-11-20'`. */
export type CivilDate = string;
/** A moment in UTC: `'2026-11-20T09:30:00.000Z'`. */
export type Instant = string;
/** A half-open run of days: `start` belongs to it, `end` does not. */
export interface Period {
  readonly start: CivilDate;
  readonly end: CivilDate;
}

const DAY_MS = 86_400_000;

/** Whether it is a real day written as YYYY-MM-DD. @example isCivilDate('2026-02-30') // false */
export function isCivilDate(text: unknown): text is CivilDate {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}

/** Whether it is an ISO instant with a zone designator `Z`. @example isInstant('2026-11-20T09:30:00Z') // true */
export function isInstant(text: unknown): text is Instant {
  // `Date.parse` takes 30 February and 24:00 for real.
  return typeof text === 'string' && /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?Z$/.test(text) && isCivilDate(text.slice(0, 10));
}

function ordinal(day: CivilDate): number {
  if (!isCivilDate(day)) throw new RangeError(`"${day}" is not a day (YYYY-MM-DD)`);
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

/** Days from `a` to `b`; negative when b is earlier. @example daysBetween('2026-02-28', '2026-03-01') // 1 */
export function daysBetween(a: CivilDate, b: CivilDate): number {
  return ordinal(b) - ordinal(a);
}

/** @example addDays('2026-02-28', 1) // '2026-03-01' */
export function addDays(day: CivilDate, days: number): CivilDate {
  const text = new Date((ordinal(day) + days) * DAY_MS).toISOString();
  if (text.length !== 24) throw new RangeError(`addDays: ${day} and ${days} days leave the years 0 to 9999`);
  return text.slice(0, 10);
}

/** 1 = Monday … 7 = Sunday (ISO 8601). @example weekday('2026-04-11') // 6 */
export function weekday(day: CivilDate): number {
  return ((ordinal(day) + 3) % 7 + 7) % 7 + 1;
}

/** @example daysInMonth(2028, 2) // 29 */
export function daysInMonth(year: number, month: number): number {
  // `Date.UTC` takes the years 0 to 99 for 1900 to 1999; the calendar repeats every 400 years.
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

/**
 * Adds calendar months and lands on `anchorDay`, clamped to the month's end. Passing the account's anchor each time is what
 * keeps 31 January → 28 February → 31 March from drifting.
 * @throws RangeError when it is not a day or the result leaves the years 0 to 9999.
 * @example addMonths('2026-01-31', 1) // '2026-02-28'
 * @example addMonths('2026-02-28', 1, 31) // '2026-03-31'
 */
export function addMonths(day: CivilDate, months: number, anchorDay: number = Number(day.slice(8, 10))): CivilDate {
  ordinal(day);
  const index = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const year = Math.floor(index / 12);
  if (!(year >= 0 && year <= 9999)) throw new RangeError(`addMonths: ${day} and ${months} months leave the years 0 to 9999`);
  const month = (index % 12 + 12) % 12 + 1;
  const dom = Math.min(anchorDay, daysInMonth(year, month));
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(dom).padStart(2, '0')}`;
}
