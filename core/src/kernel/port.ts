import type { Instant } from './civil.ts';
import type { JsonObject } from './json.ts';

/** One HTTP exchange. `path` is relative to the client's base URL and starts with `/`; it is already encoded. */
export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent as it is (set its content-type); anything else is sent as JSON. */
  readonly body?: string | object;
  readonly timeoutMs?: number;
}

/** Every status is a reply; only a missing reply is a failure. Header names are lower case; `text` is the undecoded body. */
export interface HttpReply {
  readonly status: number;
  readonly reason: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** The one seam of every HTTP client: axios in examples, n8n's helper in nodes, a fake in tests. Throws only `SendFailure`. */
export type Send = (request: HttpRequest) => Promise<HttpReply>;

/** Time comes in as an argument, so that tests move it. */
export interface Clock {
  now(): Instant;
  sleep(ms: number): Promise<void>;
}

/** No reply came. `arrived: 'no'` means nothing reached the server; `'maybe'` means look before you repeat. */
export class SendFailure extends Error {
  override readonly name = 'SendFailure';
  readonly reason: 'refused' | 'unresolved' | 'reset' | 'timeout' | 'tls';
  readonly arrived: 'no' | 'maybe';
  constructor(reason: SendFailure['reason'], arrived: SendFailure['arrived'], detail: string) {
    super(detail);
    this.reason = reason;
    this.arrived = arrived;
  }
}

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

/** By shape, not by class: errors cross bundles (each package carries its own copy of core). */
export function isVendorError(error: unknown): error is VendorError {
  return error instanceof Error && error.name === 'VendorError' && 'kind' in error;
}
export function isSendFailure(error: unknown): error is SendFailure {
  return error instanceof Error && error.name === 'SendFailure' && 'arrived' in error;
}

/**
 * What a missing reply means for the caller: a read, or a write that never arrived, is `unavailable` and safe to repeat; a write that
 * may have arrived is `timedOut` with outcome `unknown`: observe before repeating.
 */
export function fromSendFailure(failure: SendFailure, vendor: string, operation: string, write: boolean): VendorError {
  const unknown = write && failure.arrived === 'maybe';
  return new VendorError({
    vendor,
    operation,
    kind: unknown || failure.reason === 'timeout' ? 'timedOut' : 'unavailable',
    outcome: unknown ? 'unknown' : 'notApplied',
    message: `${vendor} did not answer (${failure.reason}) to ${operation}.`,
    hint: unknown
      ? 'The request may have been carried out. Read the object back before repeating it.'
      : `Check that ${vendor} is reachable from here and that the base URL is right.`,
  });
}

/** Reads a JSON reply. HTML from a proxy or truncated JSON becomes `unexpectedReply`, never a parse crash. */
export function readJson(reply: HttpReply, vendor: string, operation: string, write = false): unknown {
  try {
    return JSON.parse(reply.text);
  } catch {
    const html = /^\s*</.test(reply.text);
    throw new VendorError({
      vendor,
      operation,
      kind: 'unexpectedReply',
      status: reply.status,
      // A page with a 4xx is a proxy's refusal; with anything else the work may have been done behind it.
      outcome: write && (reply.status < 400 || reply.status >= 500) ? 'unknown' : 'notApplied',
      message: `${vendor} answered ${reply.status} to ${operation} with ${html ? 'a web page' : 'something that is not whole JSON'}.`,
      hint: html ? `Is this the address of ${vendor}'s API? A proxy or a login page answered.` : 'The reply was cut or altered on its way; read the object back.',
    });
  }
}
