import { addDays, weekday, type CivilDate } from '../kernel/civil.ts';

/** Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876). */
function easter(year: number): CivilDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return `${year}-${String(Math.floor(n / 31)).padStart(2, '0')}-${String((n % 31) + 1).padStart(2, '0')}`;
}

/**
 * The paid holidays of Québec in a year, in order: New Year, Good Friday and Easter Monday (employers choose one; crews take both),
 * Patriots' Day, 24 June, 1 July, Labour Day, Thanksgiving, Christmas. 24 June and 1 July move to Monday when crews would lose a Sunday.
 * @example quebecHolidays(2026).includes('2026-04-06') // true
 */
export function quebecHolidays(year: number): readonly CivilDate[] {
  const monday = (from: string): CivilDate => addDays(`${year}-${from}`, (8 - weekday(`${year}-${from}`)) % 7);
  const canadaDay = `${year}-07-01`;
  const days = [
    `${year}-01-01`,
    addDays(easter(year), -2),
    addDays(easter(year), 1),
    addDays(`${year}-05-24`, 1 - weekday(`${year}-05-24`)),
    `${year}-06-24`,
    weekday(canadaDay) === 7 ? addDays(canadaDay, 1) : canadaDay,
    monday('09-01'),
    addDays(monday('10-01'), 7),
    `${year}-12-25`,
  ];
  return weekday(`${year}-06-24`) === 7 ? [...days, `${year}-06-25`].sort() : days;
}
