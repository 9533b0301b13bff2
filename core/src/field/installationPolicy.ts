import type { CivilDate } from '../kernel/civil.ts';
import { quebecHolidays } from './quebecHolidays.ts';

/** When a technician may be promised. Plain data, so that a tenant can have its own. */
export interface InstallationPolicy {
  readonly id: string;
  readonly version: string;
  /** How many different days a customer names. */
  readonly choices: number;
  /** First and last day that may be named, counted from today. */
  readonly daysFrom: number;
  readonly daysTo: number;
  /** ISO weekdays without installations: 6 = Saturday, 7 = Sunday. */
  readonly closedWeekdays: readonly number[];
  readonly holidays: readonly CivilDate[];
}

/** Three weekdays within the next 14 days (S1-073), holidays of Québec from 2025 to 2035. */
export const quebecInstallationPolicy: InstallationPolicy = {
  id: 'installation-qc',
  version: '2026-01-01',
  choices: 3,
  daysFrom: 1,
  daysTo: 14,
  closedWeekdays: [6, 7],
  holidays: Array.from({ length: 11 }, (_, n) => quebecHolidays(2025 + n)).flat(),
};
