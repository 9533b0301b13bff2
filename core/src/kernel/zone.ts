import { dayNumber, dayText, type CivilDate, type Instant } from './civil.ts';

const DAY_MS = 86_400_000;
interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** The offset of each UTC day looked at; NaN where it changes within the day. */
  readonly days: Map<number, number>;
}
const zones = new Map<string, Zone>();

function zoneOf(name: string): Zone {
  let zone = zones.get(name);
  if (!zone) {
    try {
      zone = {
        format: new Intl.DateTimeFormat('en', { timeZone: name, timeZoneName: 'longOffset' }),
        days: new Map(),
      };
    } catch {
      throw new RangeError(`"${name}" is not an IANA time zone, e.g. America/Toronto`);
    }
    zones.set(name, zone);
  }
  return zone;
}
/** Intl writes it as GMT-05:00, with seconds where clocks once followed the sun. */
function asked({ format }: Zone, at: number): number {
  const [, sign, hours, minutes, seconds = 0] = /([+-])(\d\d):(\d\d):?(\d\d)?$/.exec(format.format(at)) ?? ['', '', 0, 0];
  return Number(`${sign}1000`) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}
/** Milliseconds a zone is ahead of UTC. Intl is asked twice a day, for it takes some 20 µs; a zone never changes twice in one. */
function offsetAt(zone: Zone, at: number): number {
  const day = Math.floor(at / DAY_MS);
  let offset = zone.days.get(day);
  if (offset === undefined) {
    offset = asked(zone, day * DAY_MS);
    if (offset !== asked(zone, (day + 1) * DAY_MS - 1000)) offset = NaN;
    zone.days.set(day, offset);
  }
  return Number.isNaN(offset) ? asked(zone, at) : offset;
}
function moment(instant: Instant): number {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) throw new RangeError(`"${instant}" is not an instant`);
  return at;
}
/** Whether it is an IANA time zone. @example isZone('Mars/Olympus') // false */
export function isZone(name: unknown): name is string {
  try {
    return typeof name === 'string' && zoneOf(name) !== undefined;
  } catch {
    return false;
  }
}
/** The wall clock of an instant in a zone, as `YYYY-MM-DDTHH:MM:SS`. @example wallClock('2026-07-01T03:59:59Z', 'America/Toronto') // '2026-06-30T23:59:59' */
export function wallClock(instant: Instant, zone: string): string {
  const at = moment(instant);
  return new Date(at + offsetAt(zoneOf(zone), at)).toISOString().slice(0, 19);
}
/** The civil day of an instant in a zone: the billing day of an account. @example civilDateIn('2026-07-01T03:59:59Z', 'America/Toronto') // '2026-06-30' */
export function civilDateIn(instant: Instant, zone: string): CivilDate {
  const at = moment(instant);
  return dayText(Math.floor((at + offsetAt(zoneOf(zone), at)) / DAY_MS));
}
/**
 * The instant of a wall-clock time. In a spring gap the clock time does not exist and the moment after the jump is given; in an
 * autumn overlap the first of the two is given (the reading of RFC 5545, and of Temporal's `compatible`).
 * @example instantIn('2026-03-08', '02:30', 'America/Toronto') // '2026-03-08T07:30:00.000Z'
 */
export function instantIn(day: CivilDate, time: string, zone: string): Instant {
  const clock = Date.parse(`1970-01-01T${time.length === 5 ? `${time}:00` : time}Z`);
  const asUtc = dayNumber(day) * DAY_MS + clock;
  if (Number.isNaN(asUtc)) throw new RangeError(`"${day} ${time}" is not a day and a time`);
  const there = zoneOf(zone);
  const before = offsetAt(there, asUtc - DAY_MS);
  const after = offsetAt(there, asUtc + DAY_MS);
  const early = asUtc - before;
  // With the offset of the day before: right outside a transition, the first of an overlap, and past the jump in a gap.
  if (offsetAt(there, early) === before) return new Date(early).toISOString();
  const late = asUtc - after;
  return new Date(offsetAt(there, late) === after ? late : early).toISOString();
}
