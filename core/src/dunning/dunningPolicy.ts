import { amount, day, int, line, list, object, ppm, text } from '../kernel/shapes.ts';
import { isCivilDate, type CivilDate } from '../kernel/civil.ts';
import { accept, deny, type Decision } from '../kernel/decision.ts';
import { schemaComplaint, type JsonSchema } from '../kernel/schema.ts';
import { isGate, openDay } from './dunningTimes.ts';

/** One rung: what is done `day` days after day 0, at `time` (`HH:MM`) in the zone of the account. */
export interface DunningStep {
  readonly day: number;
  readonly time: string;
  readonly does: 'retry' | 'reminder' | 'lateFee' | 'suspend' | 'finalNotice' | 'terminate';
}
export interface DunningPolicy {
  readonly version: string;
  /**
   * In the order they are done. Suspension and termination wait for a day on which they may be, and the rest of the ladder with them; the
   * others do not move (decision 30). Cases in progress count the steps, so change their days, not their order.
   */
  readonly steps: readonly DunningStep[];
  readonly graceDays: number;
  /** Full days between the first notice and suspension, and between the final notice and termination. */
  readonly runwayDays: number;
  /** ISO weekdays and days on which nobody is suspended: it moves to the next one. Empty lists move nothing. */
  readonly closedWeekdays: readonly number[];
  readonly holidays: readonly CivilDate[];
  /** The same for parts of each year, `MM-DD`; `until` does not belong to it. */
  readonly exclusions: readonly { readonly from: string; readonly until: string }[];
  /** Decline codes after which a method is not tried again. */
  readonly hardDeclines: readonly string[];
  /** How far ahead a promise may be, and how many in one case. */
  readonly promiseDays: number;
  readonly promiseCount: number;
  /** Of each invoice the greater of a flat amount and a part of what is still owed; of its fees as well only with `lateFeeOnFees`. */
  readonly lateFeeMinor: number;
  readonly lateFeePpm: number;
  readonly lateFeeOnFees: boolean;
  readonly reconnectionMinor: number;
  /** A rest of so much closes the case. */
  readonly toleranceMinor: number;
}

/**
 * Reminders on days 3, 5 and 7 at 09:00, suspension on day 8 at 10:00 or the next weekday (decisions 29, 30). Of Stripe's decline codes
 * those are hard that no later try can mend; `do_not_honor` is soft, for it gives no reason. Holidays: add `quebecHolidays`.
 */
export const defaultDunningPolicy: DunningPolicy = {
  version: 'dunning/1',
  steps: [
    { day: 3, time: '08:00', does: 'retry' },
    { day: 3, time: '09:00', does: 'reminder' },
    { day: 5, time: '08:00', does: 'retry' },
    { day: 5, time: '09:00', does: 'reminder' },
    { day: 7, time: '08:00', does: 'retry' },
    { day: 7, time: '09:00', does: 'reminder' },
    { day: 8, time: '10:00', does: 'suspend' },
    { day: 45, time: '09:00', does: 'finalNotice' },
    { day: 60, time: '10:00', does: 'terminate' },
  ],
  graceDays: 7,
  runwayDays: 3,
  closedWeekdays: [6, 7],
  holidays: [],
  exclusions: [],
  hardDeclines: ['lost_card', 'stolen_card', 'pickup_card', 'expired_card', 'incorrect_number', 'invalid_account', 'fraudulent', 'transaction_not_allowed', 'revocation_of_authorization', 'revocation_of_all_authorizations'],
  promiseDays: 10,
  promiseCount: 2,
  lateFeeMinor: 0,
  lateFeePpm: 0,
  lateFeeOnFees: false,
  reconnectionMinor: 0,
  toleranceMinor: 0,
};

const days = int(0, 3650);
const maybe = (items: JsonSchema): JsonSchema => ({ ...list(items, 999), minItems: 0 });
const yearDay = text('^(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$', 'MM-DD');
/** JSON Schema of `DunningPolicy`. */
export const dunningPolicySchema: JsonSchema = object({
  version: line,
  steps: list(object({ day: days, time: text('^([01]\\d|2[0-3]):[0-5]\\d$', 'HH:MM'), does: { enum: ['retry', 'reminder', 'lateFee', 'suspend', 'finalNotice', 'terminate'] } })),
  graceDays: days, runwayDays: days, closedWeekdays: maybe(int(1, 7)), holidays: maybe(day), exclusions: maybe(object({ from: yearDay, until: yearDay })),
  hardDeclines: maybe(line), promiseDays: days, promiseCount: days, lateFeeMinor: amount, lateFeePpm: ppm, lateFeeOnFees: { type: 'boolean' }, reconnectionMinor: amount, toleranceMinor: amount,
});

const sound = new WeakSet<object>();
/**
 * Whether a policy can be followed: it has the form of `dunningPolicySchema` and does not contradict itself. The ladder rises, has one
 * suspension, after grace and runway, and ends with termination if it has one, announced by a final notice.
 * Refuses `badPolicy` with the path.
 * @example checkDunningPolicy({ ...defaultDunningPolicy, graceDays: 9 }) // refused badPolicy, steps
 */
export function checkDunningPolicy(input: unknown): Decision<DunningPolicy, 'badPolicy'> {
  const p = input as DunningPolicy;
  if (!sound.has(p)) {
    const rank = (step: DunningStep): string => 1e7 + step.day + step.time;
    const wrong = schemaComplaint(dunningPolicySchema, p);
    const must = wrong ? `${wrong.path} ${wrong.expected}` : [
      p.steps.some((step, i) => p.steps.some((one, k) => k < i && (one.does === step.does || /^[ft]/.test(step.does) ? one.day >= step.day : rank(one) > rank(step)))) && 'steps rising',
      !/^[rl]*s[rl]*(f[rl]*t)?$/.test(p.steps.map(({ does }) => does[0]).join('')) && 'steps one suspend, then at most finalNotice and, last, terminate',
      Math.max(p.graceDays, p.runwayDays + 1) > p.steps.find(isGate)?.day! && 'steps suspend after graceDays and runwayDays',
      !p.holidays.every(isCivilDate) && 'holidays real days',
      openDay(p, 0) === undefined && 'closedWeekdays open on some day',
    ].find((one) => one);
    if (must) return deny('badPolicy', must.split(' ')[0]!, `Must be: ${must}.`);
    sound.add(p);
  }
  return accept(p);
}
