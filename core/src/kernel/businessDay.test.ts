import fc from 'fast-check';
import { quebecInstallationPolicy } from '../field/installationPolicy.ts';
import { isBusinessDay, nextBusinessDay } from './businessDay.ts';
import { addDays, daysBetween } from './civil.ts';

const calendar = { closedWeekdays: [6, 7], holidays: quebecInstallationPolicy.holidays };

test('[inv-16] the next business day is one, is never earlier, and is its own next; none lies between', () => {
  fc.assert(fc.property(fc.nat(3000), fc.subarray([1, 2, 3, 4, 5, 6, 7], { maxLength: 6 }), (ahead, closedWeekdays) => {
    const mine = { ...calendar, closedWeekdays };
    const day = addDays('2026-01-01', ahead);
    const next = nextBusinessDay(day, mine);
    expect(next >= day && isBusinessDay(next, mine)).toBe(true);
    expect(nextBusinessDay(next, mine)).toBe(next);
    for (let n = 0; n < daysBetween(day, next); n += 1) expect(isBusinessDay(addDays(day, n), mine)).toBe(false);
  }));
});
test('Easter: Good Friday to Monday are closed, Tuesday is open', () => {
  expect(nextBusinessDay('2026-04-03', calendar)).toBe('2026-04-07');
});
test('a calendar that never opens is a mistake of the caller', () => {
  expect(() => nextBusinessDay('2026-01-01', { closedWeekdays: [1, 2, 3, 4, 5, 6, 7], holidays: [] })).toThrow(RangeError);
});
