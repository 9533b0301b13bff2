import { isBusinessDay } from '../kernel/businessDay.ts';
import { addDays, dayNumber, dayText, type Instant } from '../kernel/civil.ts';
import { instantIn } from '../kernel/zone.ts';
import type { DunningCase } from './dunningCase.ts';
import type { DunningPolicy, DunningStep } from './dunningPolicy.ts';

/** The first day number from `day` on which somebody may be suspended; undefined when there is none in the two years after it. @example openDay(defaultDunningPolicy, 2) // 4 */
export function openDay(p: DunningPolicy, day: number): number | undefined {
  for (let n = day; n < day + 800; n += 1) {
    const text = dayText(n);
    const at = text.slice(5);
    // Two of the three hold within: across the new year, one of the first two and the third.
    if (isBusinessDay(text, p) && !p.exclusions.some(({ from, until }) => +(from <= at) + +(at < until) + +(until < from) > 1)) return n;
  }
  return undefined;
}
/** Whether a step cuts the customer off, and so needs an open day and a look at the balance. @example isGate({ does: 'suspend' }) // true */
export const isGate = ({ does }: Pick<DunningStep, 'does'>): boolean => /^[st]/.test(does);
/** When a step is due, with all that has moved it; null when there is no such step, or a shield without end. */
export function dueAt(c: DunningCase, p: DunningPolicy, step: DunningStep | undefined): Instant | null {
  if (!step) return null;
  let n: number | undefined = dayNumber(c.day0) + c.shift + step.day;
  if (isGate(step)) n = openDay(p, Math.max(n, ...[c.from, ...c.shields.map(({ until }) => until)].map((day) => (day ? dayNumber(day) : Infinity))));
  return n === undefined ? null : instantIn(dayText(n), step.time, c.zone);
}
/** When something next happens by itself. */
export function nextAt(c: DunningCase, p: DunningPolicy): Instant | null {
  return c.plan[0] ? instantIn(addDays(c.plan[0].on, 1), '00:00', c.zone) : c.asked || !'gs'.includes(c.status[0]!) ? null : dueAt(c, p, p.steps[c.step]);
}
