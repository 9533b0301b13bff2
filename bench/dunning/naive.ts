import { DateTime } from 'luxon';
import type { DunningCase, DunningPolicy } from '../../core/src/index.ts';

/** Whether a case has something to do, worked out from its opening each time it is asked, in the zone of its account, as is usual with luxon. */
export function naive({ steps, closedWeekdays, holidays }: DunningPolicy): (state: DunningCase, now: DateTime) => boolean {
  const ladder = steps.map(({ does, day, time }) => ({ day, gate: does === 'suspend' || does === 'terminate', clock: { hour: Number(time.slice(0, 2)), minute: Number(time.slice(3)) } }));
  return ({ zone, status, asked, plan, step, day0, shift, from, shields }, now) => {
    const read = (day: string): DateTime => DateTime.fromISO(day, { zone });
    if (plan[0]) return read(plan[0].on).plus({ days: 1 }) <= now;
    const next = ladder[step];
    if (asked !== null || (status !== 'grace' && status !== 'suspended') || !next) return false;
    let day = read(day0).plus({ days: shift + next.day });
    if (next.gate) {
      for (const limit of [from, ...shields.map((shield) => shield.until)]) {
        if (limit === null) return false;
        const open = read(limit);
        if (day < open) day = open;
      }
      while (closedWeekdays.includes(day.weekday) || holidays.includes(day.toISODate()!)) day = day.plus({ days: 1 });
    }
    return day.set(next.clock) <= now;
  };
}
