import Big from 'big.js';
import { addDays, addMonths, differenceInCalendarDays, formatISO, getDate, getDaysInMonth, isBefore, isValid, parseISO, setDate } from 'date-fns';
import type { Library } from './library.ts';

// Without decimal places a division is rounded as it is made, in a third of the time.
const Cents = Big();
Cents.DP = 0;
Cents.RM = Big.roundHalfUp;
const zero = new Cents(0);
const dayOnly = { representation: 'date' } as const;

export const bigDateFns: Library<Date, Big, Big> = {
  name: 'big.js + date-fns',
  readDay: (text) => {
    const day = parseISO(text);
    return isValid(day) && text.length === 10 ? day : undefined;
  },
  dayText: (day) => formatISO(day, dayOnly),
  addDays,
  dayOfMonth: (day) => getDate(day),
  anchorIn: (day, months, anchor) => {
    const month = months === 0 ? day : addMonths(day, months);
    const wanted = Math.min(anchor, getDaysInMonth(month));
    return getDate(month) === wanted ? month : setDate(month, wanted);
  },
  isBefore,
  daysBetween: (a, b) => differenceInCalendarDays(b, a),
  amount: (minor) => new Cents(minor),
  minor: (amount) => amount.toNumber(),
  plus: (a, b) => a.plus(b),
  minus: (a, b) => a.minus(b),
  times: (amount, whole) => amount.times(whole),
  part: (amount, days, ofDays) => amount.times(days).div(ofDays),
  rate: (ppm) => new Cents(ppm).times('0.000001'),
  tax: (amount, rate) => amount.times(rate).round(),
  isNegative: (amount) => amount.lt(zero),
  isZero: (amount) => amount.eq(zero),
};
