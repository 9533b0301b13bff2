import type { BilledItem, BilledSubscription, PriceTerm } from '../billing/billedSubscription.ts';
import { accept, mustBe, type Decision } from '../kernel/decision.ts';
import type { PlanTable, SubscriptionState } from './subscriptionState.ts';
import { planFault } from './subscriptionPolicy.ts';

/**
 * A subscription as billing sees it: each item of its plans with a price from the day each plan began. Billing begins when a trial ends; a
 * full refund is a subscription that ended on the day it began (inv-23). Refuses `nothingBilled` before activation, `unknownPlan`.
 * @example billedOf(subscription.initial('sub_1'), {}) // refused nothingBilled, start
 */
export function billedOf({ id, start, end, refund, cadence, history, pauses }: SubscriptionState, plans: PlanTable): Decision<BilledSubscription> {
  if (!start) return mustBe('start', 'known', 'nothingBilled');
  const items = Object.create(null) as Record<string, BilledItem & { terms: PriceTerm[] }>;
  for (const [i, { plan, from }] of history!.entries()) {
    const until = history![i + 1]?.from;
    const no = planFault(plans, plan);
    if (no) return no;
    for (const { price, ...item } of plans[plan]!.items) (items[item.key] ??= { ...item, terms: [] }).terms.push({ from, ...(until && { until }), ...price });
  }
  return accept({ id, start, ...(end && { end: refund === 'full' || end < start ? start : end }), cadence: cadence!, items: Object.values(items), pauses: pauses! });
}
