import { VendorError, type VendorErrorKind } from '../../../core/src/index.ts';

/** What the SDK throws, by shape. Its `message` may quote what was sent, so it is never passed on. */
interface SdkError { readonly type?: string; readonly statusCode?: number; readonly code?: string; readonly detail?: unknown; readonly headers?: Readonly<Record<string, string>>; readonly decline_code?: string; readonly advice_code?: string }

const KINDS: Readonly<Record<number, VendorErrorKind>> = { 400: 'rejectedInput', 401: 'unauthorised', 402: 'rejectedInput', 403: 'unauthorised', 404: 'notFound', 409: 'conflict', 429: 'rateLimited' };
const HINTS: Partial<Record<VendorErrorKind, string>> = {
  unauthorised: 'Check the Stripe secret key of the hub and what it may do.',
  rateLimited: 'Stripe asks to slow down; try again later.',
  rejectedInput: 'See the request log of the Stripe dashboard under this code.',
  conflict: 'The same idempotency key was used for something else; see the Stripe dashboard.',
  unavailable: 'See status.stripe.com; try again later.',
};
const NOT_SENT = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT|SELF_SIGNED|ERR_TLS/;

export const sdkError = (error: unknown): SdkError => (typeof error === 'object' && error !== null ? (error as SdkError) : {});

/**
 * One vendor failure from whatever the SDK threw. A write without an answer, or answered by a 5xx, has an unknown outcome (Stripe calls
 * such results indeterminate); so has one that still runs under the same idempotency key.
 */
export function stripeFailure(error: unknown, operation: string, write: boolean): VendorError {
  const { type, statusCode: status, code, detail, headers } = sdkError(error);
  const make = (kind: VendorErrorKind, outcome: VendorError['outcome'], message: string, hint?: string) =>
    new VendorError({
      vendor: 'stripe', operation, kind, outcome, message, hint: hint ?? HINTS[kind] ?? 'See the hub log.',
      ...(status !== undefined ? { status } : {}), ...(code ? { detail: { code } } : {}), ...(retryAfter(headers) ?? {}),
    });
  // An answer that is no JSON comes without its status.
  if (type === 'StripeAPIError' && status === undefined) return make('unexpectedReply', write ? 'unknown' : 'notApplied', `Stripe's answer to ${operation} is not JSON; a proxy may have answered.`, 'Read the payment back, and check the Stripe address of the hub.');
  if (status === undefined || type === 'StripeConnectionError') {
    const text = `${String((detail as { code?: string } | undefined)?.code ?? '')} ${String((detail as { exception?: { code?: string } } | undefined)?.exception?.code ?? '')}`;
    if (NOT_SENT.test(text)) return make('unavailable', 'notApplied', `Stripe could not be reached for ${operation}.`, 'Check the network and the Stripe address of the hub.');
    return make('timedOut', write ? 'unknown' : 'notApplied', `Stripe did not answer to ${operation}.`, write ? 'It may have been carried out. Read the payment back before repeating it.' : 'Try again later.');
  }
  if (code === 'idempotency_key_in_use') return make('unavailable', 'unknown', `The same ${operation} is under way.`, 'Read the payment back in a moment.');
  if (type === 'StripeIdempotencyError') return make('conflict', 'notApplied', `Stripe refused ${operation}: its idempotency key stands for another request.`);
  const kind = KINDS[status];
  if (kind) return make(kind, 'notApplied', `Stripe refused ${operation} (${status}${code ? `, ${code}` : ''}).`);
  return make(status >= 500 ? 'unavailable' : 'unexpectedReply', write ? 'unknown' : 'notApplied', `Stripe answered ${status} to ${operation}.`);
}

function retryAfter(headers: SdkError['headers']): { retryAfterMs: number } | undefined {
  const seconds = Number(headers?.['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? { retryAfterMs: seconds * 1000 } : undefined;
}
