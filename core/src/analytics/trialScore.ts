import { having, int, misfit } from '../kernel/shapes.ts';
import { accept, type Decision } from '../kernel/decision.ts';
import { mulDiv } from '../kernel/money.ts';

/** What is known of a trial; its state has these fields. */
export interface TrialFacts {
  /** Civil days with any activity. */
  readonly activeDays: number;
  /** The length of the trial. */
  readonly days: number;
  readonly featureUses: number;
  readonly activities: number;
}
const count = int(0, 1e9);

/**
 * How likely a trial is to be bought, 0 to 100: 30 · days + min(2 · features, 40) + min(activities, 30), at most 100 (S2-077). "Days" is
 * read as the share of the trial's days on which there was any activity: the parts then reach 30, 40 and 30, and a count would pass 100 on
 * the fourth day by itself. The share's points are rounded half up. Refuses `badInput` for what is not a whole number from 0, and 0 days.
 * @example trialScore({ activeDays: 7, days: 14, featureUses: 12, activities: 50 }) // accepted 69
 */
export function trialScore(facts: TrialFacts): Decision<number> {
  const { activeDays, days, featureUses, activities } = facts;
  return misfit(having({ activeDays: count, days: int(1, 1e9), featureUses: count, activities: count }), facts)
    ?? accept(Math.min(100, mulDiv(30, activeDays, days) + Math.min(2 * featureUses, 40) + Math.min(activities, 30)), `active on ${activeDays} of ${days} days`);
}
