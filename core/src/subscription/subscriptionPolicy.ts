import { any, having, int, misfit, object } from '../kernel/shapes.ts';
import { hour, text } from './words.ts';
import { mustBe, type Refused } from '../kernel/decision.ts';
import type { JsonSchema } from '../kernel/schema.ts';
import type { PlanTable, SubscriptionPolicy } from './subscriptionState.ts';

/** Upgrades at once, downgrades and cancellations at the end of the period (decision 40), 24 hours of cooling-off (S0-137). The plans are the operator's. */
export const defaultSubscriptionPolicy: SubscriptionPolicy = {
  version: 'subscription/1', plans: {}, hour: '09:00', reminderDays: [7], coolingOffHours: 24, upgrade: 'now', downgrade: 'periodEnd', cancel: 'periodEnd', trialEnd: 'convert',
};
export const when: JsonSchema = { enum: ['now', 'periodEnd'] };
/** JSON Schema of `SubscriptionPolicy`. */
export const subscriptionPolicySchema: JsonSchema = object({
  version: text, plans: { type: 'object' }, hour, reminderDays: any(int(1, 366)), coolingOffHours: int(0, 1e4), upgrade: when, downgrade: when, cancel: when, trialEnd: { enum: ['convert', 'end'] },
}, { locks: { type: 'object' } });
const keys: JsonSchema = { type: 'array' };
const planSchema = having({ rank: int(0, 1e6), items: keys }, { upgrades: keys, downgrades: keys, trialDays: int(0, 366) });
/** Why a plan cannot be had, or nothing: refused `unknownPlan`, or `badPolicy` for a plan that says too little (S0-134). @example planFault({}, 'pro')?.code // 'unknownPlan' */
export const planFault = (plans: PlanTable, plan: string): Refused | undefined => (Object.hasOwn(plans, plan) ? misfit(planSchema, plans[plan], 'badPolicy') : mustBe('plan', 'known', 'unknownPlan'));
