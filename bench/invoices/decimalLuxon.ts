import { Decimal } from 'decimal.js';
import { DateTime } from 'luxon';
import type { Library } from './library.ts';

// luxon has no day without a time: the days of an account are read in its zone, as its manual asks.
const there = { zone: 'America/Toronto' };

/** decimal.js rounds half away from zero by default; luxon in the zone of the account. */
export const decimalLuxon: Library<DateTime, Decimal, Decimal> = {
  name: 'decimal.js + luxon',
  readDay: (text) => {
    const day = DateTime.fromISO(text, there);
    return day.isValid && text.length === 10 ? day : undefined;
  },
  dayText: (day) => day.toISODate()!,
  addDays: (day, days) => day.plus({ days }),
  dayOfMonth: (day) => day.day,
  anchorIn: (day, months, anchor) => {
    const month = months === 0 ? day : day.plus({ months });
    const wanted = Math.min(anchor, month.daysInMonth!);
    return month.day === wanted ? month : month.set({ day: wanted });
  },
  isBefore: (a, b) => a < b,
  daysBetween: (a, b) => b.diff(a, 'days').days,
  amount: (minor) => new Decimal(minor),
  minor: (amount) => amount.toNumber(),
  plus: (a, b) => a.plus(b),
  minus: (a, b) => a.minus(b),
  times: (amount, whole) => amount.times(whole),
  part: (amount, days, ofDays) => amount.times(days).div(ofDays).round(),
  rate: (ppm) => new Decimal(ppm).div(1_000_000),
  tax: (amount, rate) => amount.times(rate).round(),
  isNegative: (amount) => amount.isNegative() && !amount.isZero(),
  isZero: (amount) => amount.isZero(),
};
