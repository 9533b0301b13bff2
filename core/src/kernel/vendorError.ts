import type { JsonObject } from './json.ts';

export type VendorErrorKind =
  | 'unauthorised' | 'notFound' | 'conflict' | 'exhausted' | 'rejectedInput'
  | 'rateLimited' | 'unavailable' | 'timedOut' | 'unexpectedReply' | 'deviceSilent';

/** What is known about the effect: nothing happened, something did, or nobody knows yet. */
export type Outcome = 'notApplied' | 'applied' | 'unknown';

export interface VendorErrorFields {
  readonly vendor: string;
  readonly operation: string;
  readonly kind: VendorErrorKind;
  /** What happened, in one sentence, without secrets or people's data. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  readonly outcome?: Outcome;
  readonly status?: number;
  readonly retryAfterMs?: number;
  readonly detail?: JsonObject;
}

/** The one failure class of every vendor client. */
export class VendorError extends Error {
  override readonly name = 'VendorError';
  readonly vendor: string;
  readonly operation: string;
  readonly kind: VendorErrorKind;
  readonly hint: string;
  readonly outcome: Outcome;
  readonly status?: number;
  readonly retryAfterMs?: number;
  readonly detail?: JsonObject;

  constructor(fields: VendorErrorFields) {
    super(fields.message);
    this.vendor = fields.vendor;
    this.operation = fields.operation;
    this.kind = fields.kind;
    this.hint = fields.hint;
    this.outcome = fields.outcome ?? (fields.kind === 'timedOut' ? 'unknown' : 'notApplied');
    if (fields.status !== undefined) this.status = fields.status;
    if (fields.retryAfterMs !== undefined) this.retryAfterMs = fields.retryAfterMs;
    if (fields.detail !== undefined) this.detail = fields.detail;
  }

  toJSON(): JsonObject {
    const { vendor, operation, kind, message, hint, outcome, status, retryAfterMs, detail } = this;
    return { type: 'vendorError', vendor, operation, kind, message, hint, outcome, status, retryAfterMs, detail };
  }
}

/** By shape, not by class: errors cross bundles (each package carries its own copy of core). @example isVendorError(new Error('no')) // false */
export function isVendorError(error: unknown): error is VendorError {
  return error instanceof Error && error.name === 'VendorError' && 'kind' in error;
}
