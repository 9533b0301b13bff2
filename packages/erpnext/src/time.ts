import { instantIn, wallClock, type Instant } from '../../../core/src/index.ts';

/**
 * An instant as Frappe stores it: wall clock of the site's zone, no zone designator.
 * @example toSiteTime('2026-07-01T03:59:59Z', 'America/Toronto') // '2026-06-30 23:59:59'
 */
export function toSiteTime(instant: Instant, zone: string): string {
  return wallClock(instant, zone).replace('T', ' ');
}

/**
 * Back to an instant, to the second. In a spring gap the moment after the jump, in an autumn overlap the first of the two.
 * @throws RangeError
 * @example fromSiteTime('2026-03-08 02:30:00.123456', 'America/Toronto') // '2026-03-08T07:30:00.000Z'
 */
export function fromSiteTime(text: string, zone: string): Instant {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?)/.exec(text);
  if (!match) throw new RangeError(`"${text}" is not a Frappe date and time`);
  return instantIn(match[1]!, match[2]!, zone);
}
