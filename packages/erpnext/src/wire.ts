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
  readonly body?: object;
  readonly operation: string;
  /** `read` changes nothing; `repeatable` ends the same when done twice; `once` must be observed before it is repeated. */
  readonly safety: 'read' | 'repeatable' | 'once';
}
export interface Answer {
  readonly body: JsonObject;
  /** Sentences the server added to a success. */
  readonly warnings: readonly string[];
}
export interface Wire {
  readonly clock: Clock;
  ask(request: Ask): Promise<Answer>;
}
export interface WireOptions {
  readonly retry?: RetryPolicy;
  readonly timeoutMs?: number;
}

/** Sends, decodes and repeats only what is safe: reads; refusals that certainly did nothing; busy rows when repeating ends the same. */
export function wire(send: Send, clock: Clock, options: WireOptions = {}): Wire {
  const policy = options.retry ?? defaultRetry;
  return {
    clock,
    async ask(request) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await once(send, request, options.timeoutMs);
        } catch (error) {
          if (!isVendorError(error) || !mayRepeat(error, request.safety)) throw error;
          const next = afterFailure(error, attempt, policy);
          if (next.type !== 'repeat') throw error;
          await clock.sleep(next.delayMs);
        }
      }
    },
  };
}

function mayRepeat(error: VendorError, safety: Ask['safety']): boolean {
  if (error.outcome === 'unknown') return false;
  if (error.kind === 'rateLimited') return true;
  if (error.kind === 'timedOut') return safety === 'read';
  if (error.kind !== 'unavailable' || error.status === 501) return false;
  // Never arrived, or Frappe itself said "not now": nothing happened. Deadlocks and locks only where a repeat ends the same.
  if (error.status === undefined || (error.status === 503 && error.detail?.['passing'] === true)) return true;
  return safety !== 'once';
}

async function once(send: Send, { method, path, query, body, operation, safety }: Ask, timeoutMs?: number): Promise<Answer> {
  const write = safety !== 'read';
  const asked = { operation, write, sent: body };
  let reply: HttpReply;
  try {
    reply = await send({ method, path, headers: { accept: 'application/json' }, ...(query ? { query } : {}), ...(body ? { body } : {}), ...(timeoutMs ? { timeoutMs } : {}) });
  } catch (error) {
    if (isSendFailure(error)) throw fromSendFailure(error, 'ERPNext', operation, write);
    throw error;
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
