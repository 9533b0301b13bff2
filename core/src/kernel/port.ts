import type { Instant } from './civil.ts';

/** One HTTP exchange. `path` is relative to the client's base URL and starts with `/`; it is already encoded. */
export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string or a Uint8Array is sent as it is (set its content-type); anything else is sent as JSON. */
  readonly body?: string | object;
  readonly timeoutMs?: number;
  /** The body of the reply as it came, in `bytes`: for files. */
  readonly want?: 'bytes';
}

/** Every status is a reply; only a missing reply is a failure. Header names are lower case; `text` is the undecoded body. */
export interface HttpReply {
  readonly status: number;
  readonly reason: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Only when asked for; `text` then holds what is text by its content-type. */
  readonly bytes?: Uint8Array;
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

/** By shape, not by class: errors cross bundles (each package carries its own copy of core). @example isSendFailure(new Error('no')) // false */
export function isSendFailure(error: unknown): error is SendFailure {
  return error instanceof Error && error.name === 'SendFailure' && 'arrived' in error;
}
