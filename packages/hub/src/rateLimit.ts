import type { Clock } from '../../../core/src/index.ts';

/**
 * A token bucket per caller, in memory: `perMinute` on average, as many at once. Gives 0 when the caller may go on, else the
 * milliseconds to wait. Holds at most 20,000 callers; the longest quiet are forgotten first.
 * @example const limited = rateLimit(clock, 60); limited('203.0.113.7') // 0
 */
export function rateLimit(clock: Clock, perMinute: number): (caller: string) => number {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (caller) => {
    const now = Date.parse(clock.now());
    const known = buckets.get(caller);
    const tokens = Math.min(perMinute, (known?.tokens ?? perMinute) + ((now - (known?.at ?? now)) * perMinute) / 60_000);
    buckets.delete(caller);
    buckets.set(caller, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
    if (buckets.size > 20_000) buckets.delete(buckets.keys().next().value!);
    return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) * 60_000) / perMinute);
  };
}
