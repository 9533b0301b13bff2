/** Signatures stay good for five minutes, so none needs to be remembered longer; the hub signs each attempt anew. */
const WINDOW_MS = 600_000;
const MOST = 20_000;
const seen = new Map<string, number>();

/**
 * Whether these very bytes with this very signature came before: somebody sends what they overheard. Remembered by this process only; a
 * copy that reaches another one runs again, which every workflow stands.
 * @example isReplay('t=1763632800,v1=5257…', Date.now()) // false, then true
 */
export function isReplay(signature: string, nowMs: number): boolean {
  for (const [old, at] of seen) {
    if (nowMs - at < WINDOW_MS && seen.size < MOST) break;
    seen.delete(old);
  }
  const hash = (/v1=([0-9a-f]{64})/i.exec(signature)?.[1] ?? signature).toLowerCase();
  if (seen.has(hash)) return true;
  seen.set(hash, nowMs);
  return false;
}
