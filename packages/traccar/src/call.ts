import { fromSendFailure, isSendFailure, readJson, VendorError, type HttpReply, type HttpRequest, type Outcome, type Send, type VendorErrorKind } from '../../../core/src/index.ts';

const vendor = 'Traccar';

/** One request to Traccar's API. `expect: 'nothing'` is for the calls it answers with 204. */
export interface TraccarCall {
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: HttpRequest['query'];
  readonly body?: object;
  readonly expect?: 'json' | 'nothing';
}

/**
 * Sends one call. Traccar refuses with plain text (often a stack trace with SQL and values in it), so nothing of a refusal is repeated.
 * @throws VendorError
 * @example await call(send, { operation: 'list devices', method: 'GET', path: '/devices' })
 */
export async function call(send: Send, { operation, method, path, query, body, expect = 'json' }: TraccarCall): Promise<unknown> {
  const write = method !== 'GET';
  let reply: HttpReply;
  try {
    // Without this header the reports come as a spreadsheet.
    reply = await send({ method, path, headers: { accept: 'application/json' }, ...(query ? { query } : {}), ...(body ? { body } : {}) });
  } catch (error) {
    if (isSendFailure(error)) throw fromSendFailure(error, vendor, operation, write);
    throw error;
  }
  if (reply.status >= 200 && reply.status < 300) {
    if (expect === 'nothing' && reply.text.trim() === '') return undefined;
    return readJson(reply, vendor, operation, write);
  }
  throw refusal(reply, operation, write);
}

function refusal(reply: HttpReply, operation: string, write: boolean): VendorError {
  const { status } = reply;
  const page = /^\s*</.test(reply.text);
  const as = (kind: VendorErrorKind, message: string, hint: string, outcome: Outcome = 'notApplied'): VendorError => new VendorError({ vendor, operation, kind, status, outcome, message: `Traccar answered ${status} to ${operation}${message}.`, hint });
  if (status >= 300 && status < 400) return as('unexpectedReply', ': it lives elsewhere', 'Set that address, with its /api, as the base URL. The request was not repeated there.');
  if (status === 401) return as('unauthorised', '', 'Check the token: Traccar makes one under Settings, Account, Token, with a day it ends.');
  if (status === 403) return as('unauthorised', '', page ? 'A proxy refused the request before Traccar saw it.' : 'Give the user the right to do this; a read-only user may not write.');
  if (status === 404) return as('notFound', '', page ? 'Is this the address of Traccar’s API? It ends in /api.' : 'The object does not exist, or the base URL lacks /api.');
  if (status === 429) return as('rateLimited', '', 'Slow down.');
  if (status === 415) return as('rejectedInput', '', 'The body must be JSON; a proxy may have changed the content type.');
  if (status === 400) {
    if (page) return as('unexpectedReply', ' with a web page', 'A proxy answered. Is this the address of Traccar’s API?');
    if (/SecurityException|access denied/i.test(reply.text)) return as('unauthorised', ': access denied', 'The object is another user’s; link it to the user of this token.');
    if (/unique|duplicate/i.test(reply.text)) return as('conflict', ': it is there already', 'Another device has this identifier, perhaps one this user may not see; an administrator can link it.');
    return as('rejectedInput', '', 'Traccar could not take a field; check names, times and the area.');
  }
  const passing = [502, 503, 504].includes(status);
  return as(passing ? 'unavailable' : 'unexpectedReply', page ? ' with a web page' : '', write ? 'The write may have happened; read the object back before repeating it.' : 'Try again shortly; see Traccar’s log.', write ? 'unknown' : 'notApplied');
}

/** A reply that must be a list of objects. @throws VendorError */
export function rows(value: unknown, operation: string): readonly Record<string, unknown>[] {
  if (Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null && !Array.isArray(one))) return value as Record<string, unknown>[];
  throw new VendorError({ vendor, operation, kind: 'unexpectedReply', message: `Traccar gave no list to ${operation}.`, hint: 'Is this Traccar 5 or later, and does the base URL end in /api?' });
}
/** Input that is refused before anything is sent. */
export function rejected(operation: string, message: string, hint: string): VendorError {
  return new VendorError({ vendor, operation, kind: 'rejectedInput', message, hint });
}
