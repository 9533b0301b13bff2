import type { SimReply } from '../http.ts';

/** Thrown by the simulation where the real API would answer an error. `stored`: kept under the idempotency key (the call had begun). */
export class Problem extends Error {
  readonly status: number;
  readonly error: Readonly<Record<string, unknown>>;
  readonly stored: boolean;
  constructor(status: number, error: Readonly<Record<string, unknown>>, stored = false) {
    super(String(error['message']));
    this.status = status;
    this.error = error;
    this.stored = stored;
  }
  reply(): SimReply {
    return { status: this.status, body: { error: this.error } };
  }
}

export const invalid = (message: string, more: Readonly<Record<string, unknown>> = {}): Problem => new Problem(400, { message, type: 'invalid_request_error', ...more });
export const missing = (kind: string, id: string, param: string, status = 404): Problem =>
  new Problem(status, { code: 'resource_missing', doc_url: 'https://stripe.com/docs/error-codes/resource-missing', message: `No such ${kind}: '${id}'`, param, type: 'invalid_request_error' });
/** The object is in a state in which this cannot be done; the object comes along. */
export const unexpectedState = (message: string, intent: unknown): Problem =>
  new Problem(400, { code: 'payment_intent_unexpected_state', message, payment_intent: intent, type: 'invalid_request_error' }, true);
