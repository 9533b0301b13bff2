import { isCivilDate, type CivilDate, type Instant } from './civil.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string): Intl.DateTimeFormat {
  let found = formats.get(zone);
  if (!found) {
    try {
      found = new Intl.DateTimeFormat('en-US', {
        timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
      });
    } catch {
      throw new RangeError(`"${zone}" is not an IANA time zone, e.g. America/Toronto`);
    }
    formats.set(zone, found);
  }
  return found;
}

/** The wall clock of an instant in a zone, as `YYYY-MM-DDTHH:MM:SS`. @example wallClock('2026-07-01T03:59:59Z', 'America/Toronto') // '2026-06-30T23:59:59' */
export function wallClock(instant: Instant, zone: string): string {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) throw new RangeError(`"${instant}" is not an instant`);
  const part: Record<string, string> = {};
  for (const { type, value } of format(zone).formatToParts(at)) part[type] = value;
  return `${part['year']}-${part['month']}-${part['day']}T${part['hour']}:${part['minute']}:${part['second']}`;
}

/** The civil day of an instant in a zone: the billing day of an account. @example civilDateIn('2026-07-01T03:59:59Z', 'America/Toronto') // '2026-06-30' */
export function civilDateIn(instant: Instant, zone: string): CivilDate {
  return wallClock(instant, zone).slice(0, 10);
}

/**
 * The instant of a wall-clock time. In a spring gap the clock time does not exist and the moment after the jump is given; in an
 * autumn overlap the first of the two is given (the reading of RFC 5545, and of Temporal's `compatible`).
 * @example instantIn('2026-03-08', '02:30', 'America/Toronto') // '2026-03-08T07:30:00.000Z'
 */
export function instantIn(day: CivilDate, time: string, zone: string): Instant {
  const asUtc = Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}Z`);
  if (!isCivilDate(day) || Number.isNaN(asUtc)) throw new RangeError(`"${day} ${time}" is not a day and a time`);
  const offsetAt = (at: number) => Date.parse(`${wallClock(new Date(at).toISOString(), zone)}Z`) - Math.floor(at / 1000) * 1000;
  const before = offsetAt(asUtc - 86_400_000);
  const after = offsetAt(asUtc + 86_400_000);
  const early = asUtc - before;
  // With the offset of the day before: right outside a transition, the first of an overlap, and past the jump in a gap.
  if (offsetAt(early) === before) return new Date(early).toISOString();
  const late = asUtc - after;
  return new Date(offsetAt(late) === after ? late : early).toISOString();
}
