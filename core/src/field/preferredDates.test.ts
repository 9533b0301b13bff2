import fc from 'fast-check';
import { addDays, daysBetween, weekday } from '../kernel/civil.ts';
import { quebecInstallationPolicy as policy } from './installationPolicy.ts';
import { checkPreferredDates, offerInstallationDates } from './preferredDates.ts';
import { quebecHolidays } from './quebecHolidays.ts';

const today = '2026-04-02';
const check = (dates: unknown, contactMe?: boolean, on = today) => {
  const said = checkPreferredDates(dates, on, policy, contactMe);
  return said.type === 'refused' ? [said.code, said.path] : said.value;
};

test('[S1-073] three weekdays of the next two weeks stand, in the order the customer gave', () => {
  expect(check(['2026-04-09', '2026-04-07', '2026-04-16'])).toEqual({ preferredDates: ['2026-04-09', '2026-04-07', '2026-04-16'], contactMe: false });
});

test('[S1-073] the Saturday of the seed is refused, by its place', () => {
  const said = checkPreferredDates(['2026-04-07', '2026-04-09', '2026-04-11'], '2026-04-03', policy);
  expect(said).toMatchObject({ type: 'refused', code: 'dateOnWeekend', path: 'preferred_dates[2]', message: '2026-04-11 is a Saturday.' });
});

test.each([
  ['a Sunday', ['2026-04-12', '2026-04-09', '2026-04-10'], 'dateOnWeekend', 'preferred_dates[0]'],
  ['Easter Monday', ['2026-04-07', '2026-04-06', '2026-04-10'], 'dateOnHoliday', 'preferred_dates[1]'],
  ['today', ['2026-04-02', '2026-04-09', '2026-04-10'], 'dateTooSoon', 'preferred_dates[0]'],
  ['yesterday', ['2026-04-01', '2026-04-09', '2026-04-10'], 'dateTooSoon', 'preferred_dates[0]'],
  ['the fifteenth day', ['2026-04-07', '2026-04-09', '2026-04-17'], 'dateTooFar', 'preferred_dates[2]'],
  ['the same day twice', ['2026-04-07', '2026-04-09', '2026-04-07'], 'dateRepeated', 'preferred_dates[2]'],
  ['two days', ['2026-04-07', '2026-04-09'], 'datesCount', 'preferred_dates'],
  ['four days', ['2026-04-07', '2026-04-08', '2026-04-09', '2026-04-10'], 'datesCount', 'preferred_dates'],
  ['no days', undefined, 'datesCount', 'preferred_dates'],
  ['a day that does not exist', ['2026-04-31', '2026-04-09', '2026-04-10'], 'badInput', 'preferred_dates[0]'],
  ['a number', ['2026-04-07', 20260409, '2026-04-10'], 'badInput', 'preferred_dates[1]'],
  ['a text', '2026-04-07', 'badInput', 'preferred_dates'],
])('[S1-073] %s', (_, dates, code, path) => {
  expect(check(dates)).toEqual([code, path]);
});

test('[S1-073] "Contactez-moi" stands for the days, but not beside them', () => {
  expect(check(undefined, true)).toEqual({ preferredDates: [], contactMe: true });
  expect(check([], true)).toEqual({ preferredDates: [], contactMe: true });
  expect(check(['2026-04-07', '2026-04-09', '2026-04-10'], true)).toEqual(['datesCount', 'preferred_dates']);
});

test('[S1-073] what is offered can be chosen, and nothing else', () => {
  const days = fc.integer({ min: 0, max: 3600 }).map((n) => addDays('2025-06-01', n));
  fc.assert(fc.property(days, fc.integer({ min: -3, max: 20 }), (on, ahead) => {
    const offered = offerInstallationDates(on, policy);
    expect(offered.length).toBeGreaterThanOrEqual(policy.choices);
    for (const day of offered) {
      expect(weekday(day)).toBeLessThanOrEqual(5);
      expect(daysBetween(on, day)).toBeLessThanOrEqual(14);
    }
    const day = addDays(on, ahead);
    const others = offered.filter((one) => one !== day).slice(0, 2);
    expect(checkPreferredDates([day, ...others], on, policy).type === 'accepted').toBe(offered.includes(day));
  }));
});

test.each([
  [2026, ['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-18', '2026-06-24', '2026-07-01', '2026-09-07', '2026-10-12', '2026-12-25']],
  [2027, ['2027-01-01', '2027-03-26', '2027-03-29', '2027-05-24', '2027-06-24', '2027-07-01', '2027-09-06', '2027-10-11', '2027-12-25']],
])('the holidays of %d', (year, days) => {
  expect(quebecHolidays(year)).toEqual(days);
});

test('24 June and 1 July that fall on a Sunday are also kept on Monday', () => {
  expect(quebecHolidays(2029)).toEqual(expect.arrayContaining(['2029-06-24', '2029-06-25', '2029-07-02']));
});
