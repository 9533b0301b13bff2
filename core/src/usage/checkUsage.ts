import { mustBe, refuse, type Decision } from '../kernel/decision.ts';
import { rateUsage, type RatedUsage, type UsageInput, type UsageRefusal } from './rateUsage.ts';

/**
 * May this quantity be used now (S2-055, S2-059)? Up to a hard limit, its last unit included, and never beyond; over a soft one it is allowed
 * and will be charged. The value is the month as it would then be; `warnings` says what to warn of.
 * @example checkUsage({ subscription: 'sub_1', meter: { version: '1', metric: 'calls', unit: 'call', included: 1000 }, month: '2026-04', records: [], total: 1000 }, 1) // refused limitReached, quantity
 */
export function checkUsage(input: UsageInput, quantity: number): Decision<RatedUsage, UsageRefusal | 'limitReached'> {
  if (!(quantity >= 0)) return mustBe('quantity', 'at least 0');
  const rated = rateUsage({ ...input, total: (input.total ?? 0) + quantity });
  const { used, limit } = rated.type === 'accepted' ? rated.value : { used: 0, limit: null };
  return limit !== null && used > limit && !input.meter.price ? refuse('limitReached', `${limit} is the limit.`, { path: 'quantity', facts: { limit } }) : rated;
}
