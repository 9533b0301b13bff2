/** What the shared algorithm of the rivals asks of their libraries: every day and every amount in it is one of theirs. */
export interface Library<Day, Money, Rate> {
  readonly name: string;
  /** A day written YYYY-MM-DD, else undefined. */
  readonly readDay: (text: string) => Day | undefined;
  readonly dayText: (day: Day) => string;
  readonly addDays: (day: Day, days: number) => Day;
  readonly dayOfMonth: (day: Day) => number;
  /** The anchor day of the month that lies so many months after a day's, cut to the month's end. */
  readonly anchorIn: (day: Day, months: number, anchor: number) => Day;
  readonly isBefore: (a: Day, b: Day) => boolean;
  readonly daysBetween: (a: Day, b: Day) => number;
  readonly amount: (minor: number) => Money;
  readonly minor: (amount: Money) => number;
  readonly plus: (a: Money, b: Money) => Money;
  readonly minus: (a: Money, b: Money) => Money;
  readonly times: (amount: Money, whole: number) => Money;
  /** Rounded half away from zero, as is a tax. */
  readonly part: (amount: Money, days: number, ofDays: number) => Money;
  readonly rate: (ppm: number) => Rate;
  readonly tax: (amount: Money, rate: Rate) => Money;
  readonly isNegative: (amount: Money) => boolean;
  readonly isZero: (amount: Money) => boolean;
}
