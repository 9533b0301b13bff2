const MOST = 20_000;
const seen = new Map<string, number>();

/**
 * Whether this very delivery came before: somebody sends what they overheard. A delivery stays good for `maxAgeMs` either way of its time,
 * so none needs to be remembered longer than twice that. Remembered by this process only.
 * @example isReplay('7c1d…|ipam.ipaddress|7|created|2026-11-20T09:59:58+00:00', Date.now(), 3_600_000) // false, then true
 */
export function isReplay(deliveryId: string, nowMs: number, maxAgeMs: number): boolean {
  for (const [old, until] of seen) {
    if (nowMs < until && seen.size < MOST) break;
    seen.delete(old);
  }
  if (seen.has(deliveryId)) return true;
  seen.set(deliveryId, nowMs + 2 * maxAgeMs);
  return false;
}
