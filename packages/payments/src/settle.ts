import { afterFailure, isVendorError, VendorError, type Clock, type RetryPolicy } from '../../../core/src/index.ts';

/** Patient enough for a hiccup, short enough for the caller's own time limit. */
export const paymentRetry: RetryPolicy = { attempts: 3, firstDelayMs: 500, maxDelayMs: 4_000 };

export interface Write<T> {
  /** Is given the attempt group of its idempotency key. */
  readonly write: (group: number) => Promise<T>;
  /** What the write would have left behind; undefined when it is not there. */
  readonly observe: () => Promise<T | undefined>;
  readonly clock: Clock;
  readonly group: number;
  /** A 5xx answer is kept under its key for a day: where a repetition is harmless by itself, the next one may go under a new key. */
  readonly freshKey: boolean;
}

/**
 * Carries out one write. Whenever its outcome is unknown it looks first, and repeats only what it has seen not to have happened.
 * @throws VendorError when it did not happen, or (outcome `unknown`) when nobody could tell.
 */
export async function settle<T>({ write, observe, clock, group, freshKey }: Write<T>): Promise<T> {
  let key = group;
  let open: VendorError | undefined;
  for (let attempt = 1; ; attempt += 1) {
    const last = attempt >= paymentRetry.attempts;
    if (open) {
      await clock.sleep(pause(open, attempt));
      let seen: T | undefined;
      try {
        seen = await observe();
      } catch {
        if (last) throw open;
        continue;
      }
      if (seen !== undefined) return seen;
      if (last) throw notApplied(open);
      if (freshKey && (open.status ?? 0) >= 500) key += 1;
      open = undefined;
    }
    try {
      return await write(key);
    } catch (error) {
      if (!isVendorError(error)) throw error;
      if (error.outcome === 'unknown') {
        open = error;
        continue;
      }
      const next = afterFailure(error, attempt, paymentRetry);
      if (next.type !== 'repeat') throw error;
      await clock.sleep(next.delayMs);
    }
  }
}

const pause = (failure: VendorError, attempt: number): number => Math.min(failure.retryAfterMs ?? paymentRetry.firstDelayMs * 2 ** Math.max(attempt - 2, 0), paymentRetry.maxDelayMs);

function notApplied({ vendor, operation, kind, message, status, detail }: VendorError): VendorError {
  return new VendorError({
    vendor, operation, message, outcome: 'notApplied', hint: 'It was read back and did not happen. Try again later.',
    kind: kind === 'timedOut' ? 'unavailable' : kind, ...(status !== undefined ? { status } : {}), ...(detail ? { detail } : {}),
  });
}
