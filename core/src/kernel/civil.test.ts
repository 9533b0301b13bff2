import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { addDays, addMonths, dayOfMonth, daysBetween, daysInMonth, isCivilDate, isInstant, weekday } from './civil.ts';

const day = fc.oneof(
  fc.integer({ min: -200_000, max: 200_000 }).map((n) => Temporal.PlainDate.from('2026-01-01').add({ days: n }).toString()),
  fc.constantFrom('2028-02-29', '2026-02-28', '2026-01-31', '1900-03-01', '2000-02-29', '2100-02-28', '2026-12-31'),
);

test('adding months lands where Temporal does, clamped to the end of the month', () => {
  fc.assert(fc.property(day, fc.integer({ min: -600, max: 600 }), (from, months) => {
    expect(addMonths(from, months)).toBe(Temporal.PlainDate.from(from).add({ months }).toString());
  }), { numRuns: 1000 });
});

test('an anchor keeps the day: it is always the anchor or the end of a shorter month, and k steps are one leap', () => {
  fc.assert(fc.property(day, fc.integer({ min: 1, max: 31 }), fc.integer({ min: 1, max: 36 }), (from, anchor, count) => {
    let at = addMonths(from, 0, anchor);
    for (let step = 1; step <= count; step += 1) at = addMonths(at, 1, anchor);
    expect(at).toBe(addMonths(from, count, anchor));
    expect(Number(at.slice(8))).toBe(Math.min(anchor, daysInMonth(Number(at.slice(0, 4)), Number(at.slice(5, 7)))));
  }));
});

test('days between, adding days, weekdays and lengths of months are Temporal\'s', () => {
  fc.assert(fc.property(day, day, fc.integer({ min: -100_000, max: 100_000 }), (a, b, n) => {
    const [from, to] = [Temporal.PlainDate.from(a), Temporal.PlainDate.from(b)];
    expect(daysBetween(a, b)).toBe(from.until(to).days);
    expect(addDays(a, n)).toBe(from.add({ days: n }).toString());
    expect(weekday(a)).toBe(from.dayOfWeek);
    expect(daysInMonth(from.year, from.month)).toBe(from.daysInMonth);
  }), { numRuns: 1000 });
});

test('early years have their own leap days', () => {
  for (const year of [0, 4, 99, 100, 400, 1900, 2000]) expect(daysInMonth(year, 2)).toBe(Temporal.PlainDate.from({ year, month: 2, day: 1 }).daysInMonth);
});

test('the calendar repeats after 400 years', () => {
  fc.assert(fc.property(day, fc.integer({ min: -50, max: 50 }), (from, months) => expect(addMonths(addDays(from, 146_097), months)).toBe(addDays(addMonths(from, months), 146_097))));
});

test('what is not a day or leaves four-digit years is refused', () => {
  for (const bad of ['2026-02-30', '2025-02-29', '2026-04-31', '2026-01-32', '2026-13-01', '2026-1-1', '20260101', '', '2026-04-13T00:00:00Z', '2026-04-00', '2026-00-10', '2026/04-10', '2026-04/10', '2026-04.10', '2026-0/-10', '2026-04-1/', '2026-04-1:', '-026-04-10', ' 026-04-10', '2026-04-1٣']) {
    expect(isCivilDate(bad)).toBe(false);
    expect(() => addDays(bad, 1)).toThrow(RangeError);
  }
  expect(isCivilDate(20260101)).toBe(false);
  for (const month of [-1, 120_000, NaN]) expect(() => dayOfMonth(month, 1)).toThrow('leaves the years 0 to 9999');
  expect(() => addMonths('9999-12-31', 1)).toThrow(RangeError);
  expect(() => addMonths('0000-01-01', -1)).toThrow(RangeError);
  expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
  expect(() => addMonths('2026-01-31', NaN)).toThrow(RangeError);
});

test('an instant is a real moment in UTC', () => {
  for (const good of ['2026-11-20T09:30:00Z', '2026-11-20T09:30Z', '2028-02-29T23:59:59.999Z']) expect(isInstant(good)).toBe(true);
  for (const bad of ['2026-02-30T00:00:00Z', '2026-11-20T24:00:00Z', '2026-11-20T09:60:00Z', '2026-11-20T09:30:00', '2026-11-20T09:30:00-05:00', '2026-11-20', 0, null]) expect(isInstant(bad)).toBe(false);
});
