import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { cadenceFault, periodContaining, type Cadence } from './cadence.ts';
import { addDays, daysBetween, daysInMonth, weekday } from './civil.ts';

const monthOfDay = (day: string, anchorDay?: number) => periodContaining({ unit: 'month', ...(anchorDay !== undefined && { anchorDay }) }, day, day);

test.each([
  ['2026-04-13', undefined, '2026-04-13', '2026-05-13'],
  ['2026-01-31', undefined, '2026-01-31', '2026-02-28'],
  ['2026-04-13', 1, '2026-04-01', '2026-05-01'],
  ['2026-04-01', 1, '2026-04-01', '2026-05-01'],
  ['2026-02-28', 31, '2026-02-28', '2026-03-31'],
  ['2026-03-30', 31, '2026-02-28', '2026-03-31'],
  ['2028-02-29', 30, '2028-02-29', '2028-03-30'],
  ['2026-01-05', 15, '2025-12-15', '2026-01-15'],
])('the period of %s with anchor %s runs from %s to %s', (day, anchor, start, end) => {
  expect(monthOfDay(day, anchor)).toMatchObject({ index: 0, whole: { start, end }, used: { start: day, end } });
});

test('every day lies in its own period, and the days of a period share it', () => {
  fc.assert(fc.property(fc.nat(2000), fc.integer({ min: 1, max: 31 }), (ahead, anchor) => {
    const day = addDays('2026-01-01', ahead);
    const { whole } = monthOfDay(day, anchor);
    expect(whole.start <= day && day < whole.end).toBe(true);
    expect(monthOfDay(whole.start, anchor).whole).toEqual(whole);
    expect(monthOfDay(addDays(whole.end, -1), anchor).whole).toEqual(whole);
    expect(monthOfDay(whole.end, anchor).whole.start).toBe(whole.end);
  }));
});

test('an anchor that no month has is a mistake of the caller', () => {
  for (const anchor of [0, 32, 1.5]) expect(() => monthOfDay('2026-04-13', anchor)).toThrow(RangeError);
});

const day = fc.oneof(
  fc.integer({ min: 0, max: 9000 }).map((n) => addDays('2016-01-01', n)),
  fc.constantFrom('2024-02-29', '2028-02-29', '2026-02-28', '2026-01-31', '2026-04-30', '2026-12-31', '2026-03-08', '2026-11-01'),
);
const cadence: fc.Arbitrary<Cadence> = fc.oneof(
  fc.record({ unit: fc.constantFrom('month' as const, 'quarter' as const, 'year' as const), every: fc.integer({ min: 1, max: 5 }), anchorDay: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.integer({ min: 28, max: 31 }), fc.constant('last' as const)), anchorMonth: fc.integer({ min: 1, max: 12 }) }, { requiredKeys: ['unit'] }).filter((of) => !cadenceFault(of)),
  fc.record({ unit: fc.constant('week' as const), every: fc.integer({ min: 1, max: 4 }), anchorDay: fc.integer({ min: 1, max: 7 }) }, { requiredKeys: ['unit'] }),
  fc.record({ unit: fc.constant('day' as const), every: fc.integer({ min: 1, max: 90 }) }, { requiredKeys: ['unit'] }),
);
/** The first periods, one after the other. */
const walk = (of: Cadence, start: string, count: number) => {
  const out = [periodContaining(of, start, start)];
  while (out.length < count) out.push(periodContaining(of, start, out.at(-1)!.whole.end));
  return out;
};

test('[inv-9] edges strictly increase, and each is the anchor or the end of a shorter month', () => {
  fc.assert(fc.property(cadence, day, (of, start) => {
    const periods = walk(of, start, 20);
    const anchor = of.anchorDay === 'last' ? 31 : of.anchorDay ?? Number(start.slice(8));
    periods.forEach(({ whole, index }, i) => {
      expect(index).toBe(i);
      expect(whole.start < whole.end).toBe(true);
      if (of.unit === 'week') expect(weekday(whole.end)).toBe(of.anchorDay ?? weekday(start));
      else if (of.unit !== 'day') expect(Number(whole.end.slice(8))).toBe(Math.min(anchor as number, daysInMonth(Number(whole.end.slice(0, 4)), Number(whole.end.slice(5, 7)))));
    });
  }));
});
test('[inv-10] edge k by one leap is edge k by k steps: nothing drifts; Temporal agrees', () => {
  fc.assert(fc.property(day, fc.integer({ min: 1, max: 31 }), fc.nat(60), (start, anchorDay, k) => {
    const periods = walk({ unit: 'month', anchorDay }, start, k + 1);
    const first = Temporal.PlainDate.from(periods[0]!.whole.end);
    const there = Temporal.PlainDate.from({ year: first.year, month: first.month, day: 1 }).add({ months: k });
    expect(periods[k]!.whole.end).toBe(there.with({ day: Math.min(anchorDay, there.daysInMonth) }).toString());
  }), { numRuns: 60 });
});
test('[inv-11] [inv-12] periods partition time: a day lies in the one period that contains it, counted from the start', () => {
  fc.assert(fc.property(cadence, day, fc.nat(1500), (of, start, ahead) => {
    const at = addDays(start, ahead);
    const found = periodContaining(of, start, at);
    expect(found.used.start <= at && at < found.used.end).toBe(true);
    expect(found.used.start).toBe(found.index === 0 ? start : found.whole.start);
    const before = found.index === 0 ? undefined : periodContaining(of, start, addDays(found.whole.start, -1));
    if (before) expect({ end: before.whole.end, index: before.index }).toEqual({ end: found.whole.start, index: found.index - 1 });
  }));
});
test('[inv-13] civil days do not depend on clocks: the days of the periods are the days between the ends', () => {
  fc.assert(fc.property(cadence, day, fc.integer({ min: 1, max: 24 }), (of, start, count) => {
    const periods = walk(of, start, count);
    expect(periods.reduce((sum, { used }) => sum + daysBetween(used.start, used.end), 0)).toBe(daysBetween(start, periods.at(-1)!.whole.end));
  }));
});
test('[inv-15] 400 years later everything is the same', () => {
  const later = (text: string) => addDays(text, 146_097);
  fc.assert(fc.property(cadence.filter(({ unit }) => unit !== 'day'), day, fc.nat(900), (of, start, ahead) => {
    const now = periodContaining(of, start, addDays(start, ahead));
    const then = periodContaining(of, later(start), later(addDays(start, ahead)));
    expect(then).toEqual({ index: now.index, whole: { start: later(now.whole.start), end: later(now.whole.end) }, used: { start: later(now.used.start), end: later(now.used.end) } });
  }));
});
test.each<[string, Cadence, string, string, string]>([
  ['a quarter with its anchor still to come in the month ends there (decision 19)', { unit: 'quarter', anchorDay: 15 }, '2026-04-03', '2026-01-15', '2026-04-15'],
  ['a quarter with its anchor past runs to the next (decision 19)', { unit: 'quarter', anchorDay: 15 }, '2026-04-20', '2026-04-15', '2026-07-15'],
  ['calendar quarters', { unit: 'quarter', anchorDay: 1, anchorMonth: 1 }, '2026-05-20', '2026-04-01', '2026-07-01'],
  ['calendar years', { unit: 'year', anchorDay: 1, anchorMonth: 1 }, '2026-05-20', '2026-01-01', '2027-01-01'],
  ['a leap day, yearly', { unit: 'year' }, '2024-02-29', '2024-02-29', '2025-02-28'],
  ['the last day of the month', { unit: 'month', anchorDay: 'last' }, '2026-02-28', '2026-02-28', '2026-03-31'],
  ['every other week from a Monday', { unit: 'week', every: 2, anchorDay: 1 }, '2026-04-15', '2026-04-13', '2026-04-27'],
])('%s', (_, of, start, from, to) => {
  expect(periodContaining(of, start, start).whole).toEqual({ start: from, end: to });
});
test.each<[unknown, string]>([
  [{ unit: 'fortnight' }, 'unit'], [{ unit: 'month', every: 0 }, 'every'], [{ unit: 'month', every: 1.5 }, 'every'], [{ unit: 'month', anchorDay: 0 }, 'anchorDay'], [{ unit: 'month', anchorDay: NaN }, 'anchorDay'],
  [{ unit: 'week', anchorDay: 8 }, 'anchorDay'], [{ unit: 'day', anchorDay: 1 }, 'anchorDay'], [{ unit: 'week', anchorMonth: 1 }, 'anchorMonth'], [{ unit: 'year', anchorMonth: 13 }, 'anchorMonth'], [{ unit: 'month', every: 5, anchorMonth: 1 }, 'anchorMonth'],
])('%j is no cadence: %s', (of, path) => {
  expect(cadenceFault(of as Cadence)).toMatchObject({ code: 'badInput', path });
  expect(() => periodContaining(of as Cadence, '2026-01-01', '2026-01-02')).toThrow(RangeError);
});
test('a day before the start, or none, is a mistake of the caller', () => {
  for (const at of ['2025-12-31', '2026-02-30']) expect(() => periodContaining({ unit: 'month' }, '2026-01-01', at)).toThrow(RangeError);
});
