import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { civilDateIn, instantIn, wallClock } from './zone.ts';

// Half-hour jumps, jumps at midnight, quarter-hour offsets, a whole day left out, changes in the southern summer.
const zones = [
  'America/Toronto', 'America/St_Johns', 'America/Havana', 'Asia/Beirut', 'Asia/Kathmandu', 'Australia/Sydney', 'Australia/Lord_Howe', 'Pacific/Apia', 'Pacific/Chatham', 'Africa/Casablanca', 'America/Sao_Paulo', 'Asia/Tehran', 'Europe/Dublin', 'Antarctica/Troll', 'UTC',
] as const;
const zone = fc.constantFrom(...zones);
/** What Temporal makes of a wall-clock time. */
const oracle = (day: string, time: string, timeZone: string): string =>
  new Date(Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds).toISOString();

/** The days on which a zone's offset changes, 1990 to 2037. */
function changes(timeZone: string): readonly string[] {
  const days: string[] = [];
  let at: Temporal.ZonedDateTime | null = Temporal.ZonedDateTime.from(`1990-01-01T00:00[${timeZone}]`).getTimeZoneTransition('next');
  while (at && at.year < 2037) {
    days.push(at.toPlainDate().toString());
    at = at.getTimeZoneTransition('next');
  }
  return days;
}
const changeDays = Object.fromEntries(zones.map((one) => [one, changes(one)]));
const time = fc.tuple(fc.nat(23), fc.nat(59)).map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);

test('on any day in any zone the instant of a wall-clock time is Temporal\'s', () => {
  fc.assert(fc.property(zone, fc.integer({ min: -13_000, max: 4_000 }), time, (timeZone, n, clock) => {
    const day = Temporal.PlainDate.from('2026-01-01').add({ days: n }).toString();
    expect(instantIn(day, clock, timeZone)).toBe(oracle(day, clock, timeZone));
  }), { numRuns: 500 });
});

test('[inv-14] around every change of clocks too: in the gap the moment after, in the overlap the first', () => {
  const around = zone.filter((one) => changeDays[one]!.length > 0)
    .chain((one) => fc.tuple(fc.constant(one), fc.constantFrom(...changeDays[one]!), fc.integer({ min: -1, max: 1 }), time));
  fc.assert(fc.property(around, ([timeZone, change, shift, clock]) => {
    const day = Temporal.PlainDate.from(change).add({ days: shift }).toString();
    expect(instantIn(day, clock, timeZone)).toBe(oracle(day, clock, timeZone));
  }), { numRuns: 1000 });
});

test.each([
  ['2026-03-08', '02:30', 'America/Toronto', '2026-03-08T07:30:00.000Z'],
  ['2026-11-01', '01:30', 'America/Toronto', '2026-11-01T05:30:00.000Z'],
  ['2026-10-04', '02:10', 'Australia/Lord_Howe', '2026-10-03T15:40:00.000Z'],
  ['2026-03-08', '00:00', 'America/Havana', '2026-03-08T05:00:00.000Z'],
  ['2011-12-30', '12:00', 'Pacific/Apia', '2011-12-30T22:00:00.000Z'],
])('%s %s in %s is %s', (day, clock, timeZone, instant) => {
  expect(instantIn(day, clock, timeZone)).toBe(instant);
  expect(oracle(day, clock, timeZone)).toBe(instant);
});

test('the billing day and the wall clock of an instant are Temporal\'s', () => {
  fc.assert(fc.property(zone, fc.integer({ min: 631_152_000, max: 2_100_000_000 }), (timeZone, seconds) => {
    const instant = new Date(seconds * 1000).toISOString();
    const there = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
    expect(civilDateIn(instant, timeZone)).toBe(there.toPlainDate().toString());
    expect(wallClock(instant, timeZone)).toBe(there.toPlainDateTime().toString({ smallestUnit: 'second' }));
  }), { numRuns: 500 });
});

test('[inv-14] midnight of a day lies on that day in every zone, except where midnight was skipped with the whole day', () => {
  fc.assert(fc.property(zone.filter((one) => one !== 'Pacific/Apia'), fc.integer({ min: 0, max: 8_000 }), (timeZone, n) => {
    const day = Temporal.PlainDate.from('2015-01-01').add({ days: n }).toString();
    expect(civilDateIn(instantIn(day, '00:00', timeZone), timeZone)).toBe(day);
  }));
});

test('a zone, an instant or a time that does not exist is refused', () => {
  expect(() => civilDateIn('2026-01-01T00:00:00Z', 'Mars/Olympus')).toThrow(/IANA/);
  expect(() => wallClock('yesterday', 'UTC')).toThrow(RangeError);
  expect(() => instantIn('2026-01-01', '25:00', 'UTC')).toThrow(RangeError);
  expect(() => instantIn('2026-02-30', '10:00', 'UTC')).toThrow(RangeError);
});
