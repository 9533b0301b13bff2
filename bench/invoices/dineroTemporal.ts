import { add, allocate, dinero, halfAwayFromZero, isNegative, isZero, multiply, subtract, toSnapshot, transformScale, type Dinero } from 'dinero.js';
import { CAD } from 'dinero.js/currencies';
import { Temporal } from 'temporal-polyfill';
import type { Library } from './library.ts';

type Money = Dinero<number>;
type Rate = { readonly amount: number; readonly scale: number };
const cents = (amount: Money): Money => transformScale(amount, 2, halfAwayFromZero);

/** dinero.js cannot divide and its `allocate` does not round, so a part is allocated with four more places and rounded: exact for any month. */
export const dineroTemporal: Library<Temporal.PlainDate, Money, Rate> = {
  name: 'dinero.js + temporal-polyfill',
  readDay: (text) => {
    try {
      return text.length === 10 ? Temporal.PlainDate.from(text) : undefined;
    } catch {
      return undefined;
    }
  },
  dayText: (day) => day.toString(),
  addDays: (day, days) => day.add({ days }),
  dayOfMonth: (day) => day.day,
  anchorIn: (day, months, anchor) => {
    const month = months === 0 ? day : day.add({ months });
    const wanted = Math.min(anchor, month.daysInMonth);
    return month.day === wanted ? month : month.with({ day: wanted });
  },
  isBefore: (a, b) => Temporal.PlainDate.compare(a, b) < 0,
  daysBetween: (a, b) => a.until(b).days,
  amount: (minor) => dinero({ amount: minor, currency: CAD }),
  minor: (amount) => toSnapshot(amount).amount,
  plus: add,
  minus: subtract,
  times: (amount, whole) => multiply(amount, whole),
  part: (amount, days, ofDays) => cents(allocate(transformScale(amount, 6), [days, ofDays - days])[0]!),
  rate: (ppm) => ({ amount: ppm, scale: 6 }),
  tax: (amount, rate) => cents(multiply(amount, rate)),
  isNegative,
  isZero,
};
