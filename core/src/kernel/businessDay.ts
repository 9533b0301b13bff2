import { dayNumber, dayText, weekday, type CivilDate } from './civil.ts';

/** Days on which nobody works, as data: ISO weekdays (6 = Saturday, 7 = Sunday) and holidays. */
export interface BusinessCalendar {
  readonly closedWeekdays: readonly number[];
  readonly holidays: readonly CivilDate[];
}

/** @example isBusinessDay('2026-04-11', { closedWeekdays: [6, 7], holidays: [] }) // false */
export function isBusinessDay(day: CivilDate, { closedWeekdays, holidays }: BusinessCalendar): boolean {
  return !closedWeekdays.includes(weekday(day)) && !holidays.includes(day);
}
/**
 * The day itself when it is a business day, else the first one after it.
 * @throws RangeError when there is none within a year.
 * @example nextBusinessDay('2026-04-03', { closedWeekdays: [6, 7], holidays: ['2026-04-03', '2026-04-06'] }) // '2026-04-07'
 */
export function nextBusinessDay(day: CivilDate, calendar: BusinessCalendar): CivilDate {
  for (let shift = 0; shift < 366; shift += 1) {
    const candidate = dayText(dayNumber(day) + shift);
    if (isBusinessDay(candidate, calendar)) return candidate;
  }
  throw new RangeError(`The calendar has no business day in the year after ${day}`);
}
