import type { Instant } from '../kernel/civil.ts';

/** `failed`: it did not come to a verdict of the bank. `open`: not decided yet, e.g. authorised, or due later by terms. `unknown`: nobody could tell. */
export const paymentOutcomes = ['succeeded', 'declined', 'failed', 'cancelled', 'open', 'unknown'] as const;
export type PaymentOutcome = (typeof paymentOutcomes)[number];

/** One attempt to be paid. */
export interface PaymentAttempt {
  readonly id: string;
  /** What it pays: the attempts for one order or invoice belong together. */
  readonly subject: string;
  readonly provider: string;
  readonly method: string;
  readonly currency: string;
  readonly amountMinor: number;
  readonly startedAt: Instant;
  readonly outcome: PaymentOutcome;
  /** When it succeeded, where that is known. */
  readonly settledAt?: Instant;
  /** What a decline asks for, e.g. `retryLater`. */
  readonly declineClass?: string;
  readonly refundedMinor?: number;
  readonly disputedMinor?: number;
}
