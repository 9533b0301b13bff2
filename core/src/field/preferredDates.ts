import { addDays, daysBetween, isCivilDate, weekday, type CivilDate } from '../kernel/civil.ts';
import { accept, refuse, type Decision, type Refused } from '../kernel/decision.ts';
import type { InstallationPolicy } from './installationPolicy.ts';

export type DateRefusal = 'badInput' | 'datesCount' | 'dateRepeated' | 'dateTooSoon' | 'dateTooFar' | 'dateOnWeekend' | 'dateOnHoliday';

/** Days in the customer's order of preference, or a call. */
export interface InstallationWish {
  readonly preferredDates: readonly CivilDate[];
  readonly contactMe: boolean;
}

function wrongDay(day: CivilDate, today: CivilDate, policy: InstallationPolicy, path: string): Refused<DateRefusal> | null {
  const hint = `Choose a weekday from ${addDays(today, policy.daysFrom)} to ${addDays(today, policy.daysTo)} that is not a holiday.`;
  const ahead = daysBetween(today, day);
  const no = <C extends DateRefusal>(code: C, why: string) => refuse(code, `${day} ${why}.`, { path, hint, facts: { day, today } });
  if (ahead < policy.daysFrom) return no('dateTooSoon', 'is too soon');
  if (ahead > policy.daysTo) return no('dateTooFar', `is more than ${policy.daysTo} days away`);
  if (policy.closedWeekdays.includes(weekday(day))) return no('dateOnWeekend', `is a ${['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'][weekday(day) - 1]}`);
  return policy.holidays.includes(day) ? no('dateOnHoliday', 'is a holiday') : null;
}

/**
 * Whether a customer's installation days can be promised: distinct weekdays of the next two weeks, or "Contactez-moi" (S1-073,
 * decision 39: the seed's own Saturday is refused). `path` points at the entry to blame.
 * @example checkPreferredDates(['2026-04-07', '2026-04-09', '2026-04-11'], '2026-04-03', quebecInstallationPolicy) // refused dateOnWeekend, preferred_dates[2]
 * @example checkPreferredDates([], '2026-04-03', quebecInstallationPolicy, true) // accepted { preferredDates: [], contactMe: true }
 */
export function checkPreferredDates(dates: unknown, today: CivilDate, policy: InstallationPolicy, contactMe = false): Decision<InstallationWish, DateRefusal> {
  const path = 'preferred_dates';
  const hint = `Send ${policy.choices} different days, or contact_me: true.`;
  const wished = dates === undefined || dates === null ? [] : dates;
  if (!Array.isArray(wished)) return refuse('badInput', 'The installation days must be a list of days written YYYY-MM-DD.', { path, hint });
  if (contactMe && wished.length === 0) return accept({ preferredDates: [], contactMe: true }, 'the customer wants to be called to schedule');
  if (contactMe) return refuse('datesCount', 'Days and a wish to be called were sent together.', { path, hint: 'Send one or the other.' });
  if (wished.length !== policy.choices) return refuse('datesCount', `${policy.choices} installation days are needed; ${wished.length} came.`, { path, hint, facts: { wanted: policy.choices, got: wished.length } });
  for (const [index, day] of wished.entries()) {
    const at = `${path}[${index}]`;
    if (!isCivilDate(day)) return refuse('badInput', 'An installation day must be a real day written YYYY-MM-DD.', { path: at, hint });
    if (wished.indexOf(day) !== index) return refuse('dateRepeated', `${day} was chosen twice.`, { path: at, hint });
    const wrong = wrongDay(day, today, policy, at);
    if (wrong) return wrong;
  }
  return accept({ preferredDates: wished as CivilDate[], contactMe: false }, `the days stand by policy ${policy.id} ${policy.version}`);
}

/** The days a customer may choose from, in order (S1-073). @example offerInstallationDates('2026-04-03', quebecInstallationPolicy)[0] // '2026-04-07' */
export function offerInstallationDates(today: CivilDate, policy: InstallationPolicy): readonly CivilDate[] {
  return Array.from({ length: policy.daysTo - policy.daysFrom + 1 }, (_, n) => addDays(today, policy.daysFrom + n)).filter((day) => !wrongDay(day, today, policy, ''));
}
