import { fromSendFailure, isSendFailure, readJson, VendorError, type Clock, type HttpReply, type HttpRequest, type Send, type VendorErrorKind } from '../../../core/src/index.ts';
import { bearerToken, type FreshToken } from './bearerToken.ts';

export type Raw = Readonly<Record<string, unknown>>;
export interface Answer { readonly status: number; readonly body: Raw; readonly headers: HttpReply['headers'] }
export interface WireOptions {
  readonly vendor: string;
  readonly clock: Clock;
  readonly send: Send;
  readonly fetchToken: () => Promise<FreshToken>;
  /** The short machine-readable name of an error in a reply's body, e.g. `ORDER_ALREADY_CAPTURED`. Texts for people stay out. */
  readonly codeOf: (body: Raw) => string | undefined;
  readonly hints: Partial<Record<VendorErrorKind, string>>;
  readonly headers?: () => Readonly<Record<string, string>>;
}
export type Call = (operation: string, request: HttpRequest, pass?: readonly number[]) => Promise<Answer>;
const KINDS: Readonly<Record<number, VendorErrorKind>> = { 400: 'rejectedInput', 401: 'unauthorised', 403: 'unauthorised', 404: 'notFound', 409: 'conflict', 410: 'notFound', 412: 'conflict', 422: 'rejectedInput', 429: 'rateLimited' };

/** One VendorError from a reply: the code, never the words, for those may quote what was sent. @example throw statusError(reply, options, 'orders.get', false) */
export function statusError(reply: HttpReply, { vendor, codeOf, hints }: Pick<WireOptions, 'vendor' | 'codeOf' | 'hints'>, operation: string, write: boolean): VendorError {
  let code: string | undefined;
  try {
    code = codeOf(JSON.parse(reply.text) as Raw);
  } catch { /* a web page: no code */ }
  if (code !== undefined && !/^[A-Za-z0-9_.-]{1,60}$/.test(code)) code = undefined;
  const page = /^\s*</.test(reply.text);
  const kind = KINDS[reply.status] ?? (reply.status >= 500 ? 'unavailable' : 'unexpectedReply');
  const seconds = Number(reply.headers['retry-after']);
  return new VendorError({
    vendor, operation, kind, status: reply.status, outcome: write && reply.status >= 500 ? 'unknown' : 'notApplied',
    message: `${vendor} answered ${reply.status}${code ? `, ${code},` : ''} to ${operation}${page ? ' with a web page' : ''}.`,
    hint: page ? `Is this the address of ${vendor}'s API? A proxy or a login page answered.` : (hints[kind] ?? (reply.status >= 500 ? 'Try again later; read it back before repeating a write.' : 'See the detail code.')),
    ...(code ? { detail: { code } } : {}), ...(Number.isFinite(seconds) && seconds > 0 ? { retryAfterMs: seconds * 1000 } : {}),
  });
}

/**
 * JSON calls under a bearer token. A 401 is met once with a new token, since nothing was done. Nothing else is repeated here: each
 * operation knows how to look first. Statuses in `pass` come back as answers.
 * @example const { body } = await oauthWire(options)('orders.get', { method: 'GET', path: '/v2/checkout/orders/1' });
 */
export function oauthWire(options: WireOptions): Call {
  const tokens = bearerToken(options.clock, options.fetchToken);
  return async (operation, request, pass = []) => {
    // A POST that only asks says so by passing 200 itself.
    const write = request.method !== 'GET';
    for (let attempt = 1; ; attempt += 1) {
      const token = await tokens.get();
      const reply = await exchange(options.send, options.vendor, operation, { ...request, headers: { ...options.headers?.(), ...request.headers, authorization: `Bearer ${token}` } });
      if (reply.status === 401 && attempt === 1) {
        tokens.drop();
        continue;
      }
      if ((reply.status < 200 || reply.status >= 300) && !pass.includes(reply.status)) throw statusError(reply, options, operation, write);
      const body = reply.text === '' ? {} : readJson(reply, options.vendor, operation, write);
      return { status: reply.status, body: (typeof body === 'object' && body !== null ? body : {}) as Raw, headers: reply.headers };
    }
  };
}

/** Sends once; silence becomes a VendorError. @example const reply = await exchange(send, 'paypal', 'token', request) */
export async function exchange(send: Send, vendor: string, operation: string, request: HttpRequest): Promise<HttpReply> {
  try {
    return await send(request);
  } catch (error) {
    if (isSendFailure(error)) throw fromSendFailure(error, vendor, operation, request.method !== 'GET');
    throw error;
  }
}
