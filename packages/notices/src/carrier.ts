import { fromSendFailure, isSendFailure, VendorError, type HttpReply, type HttpRequest, type Instant, type Refused, type Send, type VendorErrorKind } from '../../../core/src/index.ts';

/** A rendered notice on its way out. */
export interface Message {
  /** Ours; the carrier carries it where it can, so that the message is found again. */
  readonly noticeId: string;
  readonly to: string;
  readonly subject?: string;
  readonly text: string;
  readonly html?: string;
  /** Where the carrier reports delivery. */
  readonly statusUrl?: string;
}
/** What the carrier says became of a message. */
export interface Carried {
  readonly vendorId?: string;
  readonly state: 'sent' | 'delivered' | 'failed';
  readonly reason?: string;
}
export interface Sought {
  readonly noticeId: string;
  readonly to: string;
  /** Whether a text the carrier holds is the one that was to leave. */
  readonly isText: (text: string) => boolean;
  readonly since: Instant;
}
/** `invalidRecipient` and `rejected` do not pass by themselves; `optedOut` is the customer's wish. */
export type CarrierRefusal = Refused<'invalidRecipient' | 'optedOut' | 'rejected'>;

/** One way out. None of the real ones has idempotency keys: `find` is how a message whose answer was lost is not sent twice. */
export interface Carrier {
  /** @throws VendorError */
  send(message: Message): Promise<Carried | CarrierRefusal>;
  /** Left out where the vendor keeps nothing to look at. @throws VendorError */
  find?(sought: Sought): Promise<readonly (Carried & { readonly vendorId: string })[]>;
}

const KINDS: Readonly<Record<number, VendorErrorKind>> = { 400: 'rejectedInput', 401: 'unauthorised', 403: 'unauthorised', 404: 'notFound', 408: 'timedOut', 410: 'notFound', 413: 'rejectedInput', 429: 'rateLimited' };

/** One exchange; a missing reply becomes a VendorError that never names the recipient or the address it went to. */
export async function exchange(send: Send, vendor: string, operation: string, request: HttpRequest): Promise<HttpReply> {
  try {
    return await send(request);
  } catch (error) {
    if (isSendFailure(error)) throw fromSendFailure(error, vendor, operation, request.method !== 'GET');
    throw error;
  }
}

/** The failure for a status that is no success. A 5xx after a write says nothing about what happened. */
export function statusFailure(reply: HttpReply, vendor: string, operation: string, write: boolean, detail?: string): VendorError {
  const kind = KINDS[reply.status] ?? (reply.status >= 500 ? 'unavailable' : 'unexpectedReply');
  const seconds = Number(reply.headers['retry-after']);
  return new VendorError({
    vendor, operation, kind, status: reply.status, outcome: write && (reply.status >= 500 || kind === 'timedOut' || kind === 'unexpectedReply') ? 'unknown' : 'notApplied',
    message: `${vendor} answered ${reply.status}${detail ? ` (${detail})` : ''} to ${operation}.`,
    hint: kind === 'unauthorised' ? `Check the credentials of ${vendor} in the hub.` : kind === 'rateLimited' ? `${vendor} asks to slow down.` : `See the log of ${vendor}.`,
    ...(Number.isFinite(seconds) && seconds > 0 ? { retryAfterMs: seconds * 1000 } : {}),
  });
}
