import type { VendorError, VendorErrorKind } from './vendorError.ts';

/** How often and how patiently to repeat. */
export interface RetryPolicy {
  readonly attempts: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
}

export const defaultRetry: RetryPolicy = { attempts: 4, firstDelayMs: 500, maxDelayMs: 30_000 };

export type AfterFailure =
  | { readonly type: 'repeat'; readonly delayMs: number; readonly because: string }
  | { readonly type: 'observe'; readonly because: string }
  | { readonly type: 'callPerson'; readonly because: string };

/** What passes by itself. A reply nobody expected is not among them: something else answers there, and will the next time too. */
const PASSING: ReadonlySet<VendorErrorKind> = new Set<VendorErrorKind>(['unavailable', 'rateLimited', 'deviceSilent', 'timedOut']);

/**
 * What to do after a vendor failed the `attempt`-th time (1 = first): repeat later, look first, or call a person (S0-88…92).
 * Exponential backoff without jitter: the caller owns randomness.
 * @example afterFailure({ kind: 'unavailable', outcome: 'notApplied' }, 1).type // 'repeat'
 * @example afterFailure({ kind: 'timedOut', outcome: 'unknown' }, 1).type // 'observe'
 * @example afterFailure({ kind: 'unexpectedReply', outcome: 'notApplied' }, 1).type // 'callPerson'
 */
export function afterFailure(
  error: Pick<VendorError, 'kind' | 'outcome'> & { readonly retryAfterMs?: number },
  attempt: number,
  policy: RetryPolicy = defaultRetry,
): AfterFailure {
  if (error.outcome === 'unknown') return { type: 'observe', because: 'the last attempt may have happened' };
  if (!PASSING.has(error.kind)) return { type: 'callPerson', because: `${error.kind} does not pass by itself` };
  if (attempt >= policy.attempts) return { type: 'callPerson', because: `${attempt} attempts were made` };
  const delayMs = Math.min(error.retryAfterMs ?? policy.firstDelayMs * 2 ** (attempt - 1), policy.maxDelayMs);
  return { type: 'repeat', delayMs, because: `${error.kind}, attempt ${attempt} of ${policy.attempts}` };
}
