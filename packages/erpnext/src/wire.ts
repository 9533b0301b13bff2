import {
  afterFailure, defaultRetry, fromSendFailure, isSendFailure, isVendorError, VendorError,
  type Clock, type HttpReply, type HttpRequest, type JsonObject, type RetryPolicy, type Send,
} from '../../../core/src/index.ts';
import { fromReply, serverMessages } from './errors.ts';

/** One request and what may be done when it fails. */
export interface Ask {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query?: HttpRequest['query'];
  /** JSON, or bytes as they are with their content-type among the headers. */
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly operation: string;
  /** `read` changes nothing; `repeatable` ends the same when done twice; `once` must be observed before it is repeated. */
  readonly safety: 'read' | 'repeatable' | 'once';
  /** A file is asked for, not a document. */
  readonly want?: 'bytes';
}
export interface Answer {
  readonly body: JsonObject;
  /** Sentences the server added to a success. */
  readonly warnings: readonly string[];
  /** Where bytes were asked for. */
  readonly file?: { readonly bytes: Uint8Array; readonly contentType: string };
}
export interface Wire {
  readonly clock: Clock;
  ask(request: Ask): Promise<Answer>;
}
export interface WireOptions {
  readonly retry?: RetryPolicy;
  readonly timeoutMs?: number;
  /** Aborted: waiting and repeating stop at once; a write already sent ends with the outcome unknown. */
  readonly signal?: AbortSignal;
}

/** Sends, decodes and repeats only what is safe: reads; refusals that certainly did nothing; busy rows when repeating ends the same. */
export function wire(send: Send, clock: Clock, options: WireOptions = {}): Wire {
  const policy = options.retry ?? defaultRetry;
  return {
    clock,
    async ask(request) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await once(send, request, options);
        } catch (error) {
          if (!isVendorError(error) || !mayRepeat(error, request.safety)) throw error;
          const next = afterFailure(error, attempt, policy);
          if (next.type !== 'repeat') throw error;
          await untilCancelled(clock.sleep(next.delayMs), options.signal, () => cancelled(request, false));
        }
      }
    },
  };
}

function mayRepeat(error: VendorError, safety: Ask['safety']): boolean {
  if (error.outcome === 'unknown' || error.detail?.['cancelled'] === true) return false;
  if (error.kind === 'rateLimited') return true;
  if (error.kind === 'timedOut') return safety === 'read';
  if (error.kind !== 'unavailable' || error.status === 501) return false;
  // Never arrived, or Frappe itself said "not now": nothing happened. Deadlocks and locks only where a repeat ends the same.
  if (error.status === undefined || (error.status === 503 && error.detail?.['passing'] === true)) return true;
  return safety !== 'once';
}

function cancelled({ operation, safety }: Ask, sent: boolean): VendorError {
  const unknown = sent && safety !== 'read';
  return new VendorError({
    vendor: 'ERPNext', operation, kind: 'timedOut', outcome: unknown ? 'unknown' : 'notApplied', detail: { cancelled: true },
    message: `${operation} was cancelled ${sent ? 'while ERPNext worked on it' : 'before it was sent'}.`,
    hint: unknown ? 'It may have been carried out: read the document back before repeating.' : 'Nothing was changed.',
  });
}

/** What `work` gives, unless the signal comes first; the work itself cannot be called back. */
function untilCancelled<T>(work: Promise<T>, signal: AbortSignal | undefined, reason: () => VendorError): Promise<T> {
  if (!signal) return work;
  return new Promise((done, failed) => {
    const stop = () => failed(reason());
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(done, failed).finally(() => signal.removeEventListener('abort', stop));
  });
}

async function once(send: Send, request: Ask, { timeoutMs, signal }: WireOptions): Promise<Answer> {
  const { method, path, query, body, headers, operation, safety, want } = request;
  const write = safety !== 'read';
  const asked = { operation, write, sent: body instanceof Uint8Array ? undefined : body, file: want === 'bytes' };
  // Frappe words its refusals in JSON only for those who accept it.
  const accept = want === 'bytes' ? 'application/json, */*' : 'application/json';
  if (signal?.aborted) throw cancelled(request, false);
  let reply: HttpReply;
  try {
    const sent = send({ method, path, headers: { accept, ...headers }, ...(query ? { query } : {}), ...(body ? { body } : {}), ...(timeoutMs ? { timeoutMs } : {}), ...(want ? { want } : {}) });
    reply = await untilCancelled(sent, signal, () => cancelled(request, true));
  } catch (error) {
    if (isSendFailure(error)) throw fromSendFailure(error, 'ERPNext', operation, write);
    throw error;
  }
  if (want === 'bytes' && reply.status >= 200 && reply.status < 300) {
    if (!reply.bytes) throw new VendorError({ vendor: 'ERPNext', operation, kind: 'unexpectedReply', message: `The transport gave no bytes to ${operation}.`, hint: 'Use a transport that honours want: bytes.' });
    return { body: {}, warnings: [], file: { bytes: reply.bytes, contentType: (reply.headers['content-type'] ?? '').replace(/;.*$/, '').trim().toLowerCase() } };
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(reply.text);
  } catch {
    parsed = undefined;
  }
  const json = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as JsonObject) : undefined;
  if (reply.status >= 200 && reply.status < 300 && json) return { body: json, warnings: serverMessages(json) };
  throw fromReply(reply, json, asked);
}

/** `/api/resource/<doctype>[/<name>]` with both segments percent-encoded: names may hold `/`, `#`, `?`, `%` and accents. */
export function resource(doctype: string, name?: string): string {
  const part = (text: string) => {
    if (text === '' || text === '.' || text === '..') {
      throw new VendorError({ vendor: 'ERPNext', operation: `address ${doctype || 'a doctype'}`, kind: 'rejectedInput', message: 'A doctype or document name is empty.', hint: 'Give the name ERPNext returned when the document was created.' });
    }
    return encodeURIComponent(text);
  };
  return `/api/resource/${part(doctype)}${name === undefined ? '' : `/${part(name)}`}`;
}

/** The payload of a 2xx reply, or `unexpectedReply` when its key is missing. */
export function payload(answer: Answer, key: 'data' | 'message', operation: string, write: boolean): unknown {
  if (!(key in answer.body)) {
    throw new VendorError({
      vendor: 'ERPNext', operation, kind: 'unexpectedReply', outcome: write ? 'unknown' : 'notApplied',
      message: `ERPNext answered ${operation} without "${key}".`, hint: 'Is this a Frappe site of version 15 or later? Read the document back before repeating.',
    });
  }
  return answer.body[key];
}
