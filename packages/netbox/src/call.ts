import { afterFailure, fromSendFailure, isSendFailure, isVendorError, readJson, type Clock, type HttpReply, type HttpRequest, type RetryPolicy, type Send } from '../../../core/src/index.ts';
import { fromReply, rejected, VENDOR } from './errors.ts';

/** Reads are tried this often. Writes are never repeated here: each operation knows how to look first. */
export const patience: RetryPolicy = { attempts: 3, firstDelayMs: 300, maxDelayMs: 5_000 };
const WRITE_TIMEOUT_MS = 60_000;

export type Raw = Readonly<Record<string, unknown>>;
type Scalar = string | number | boolean;
/** A list of values asks for any of them (tags: all of them). */
export type Query = Readonly<Record<string, Scalar | readonly Scalar[] | undefined>>;
export interface Answer {
  readonly body: Raw;
  readonly etag: string | null;
  /** NetBox' own number of this request; what it changed carries it (`changes.byRequest`). */
  readonly requestId: string | null;
}

export interface Wire {
  readonly clock: Clock;
  get(operation: string, path: string, query?: Query): Promise<Answer>;
  /** Sent once, with a change log message unless the body brings one. A 204 gives an empty body. */
  write(operation: string, method: 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, body?: object, etag?: string | null): Promise<Answer>;
  /** Every object of a list, page after page. */
  list(operation: string, path: string, query?: Query): AsyncGenerator<Raw, void, undefined>;
  /** Whether the server is known to be at least this version; undefined before its first reply. */
  atLeast(major: number, minor: number): boolean | undefined;
}

/**
 * The value of the `Authorization` header. Version 2 tokens (`nbt_<key>.<secret>`) go as Bearer, version 1 as Token (access.md 2.1).
 * @throws VendorError rejectedInput when a v2 token has lost its second half
 * @example authorization('nbt_abc.def') // 'Bearer nbt_abc.def'
 */
export function authorization(token: string): string {
  if (!token.startsWith('nbt_')) return `Token ${token}`;
  if (!token.includes('.')) throw rejected('authorization', 'The NetBox token is incomplete.', 'Paste the whole token: nbt_, the key, a dot, and the secret shown once when it was made.');
  return `Bearer ${token}`;
}

/**
 * The address of a NetBox, however it was typed: with or without `/api`, with or without slashes at the end, also under a sub-path.
 * @example baseUrl('https://ipam.example/netbox/api/') // 'https://ipam.example/netbox'
 */
export function baseUrl(typed: string): string {
  return typed.trim().replace(/\/+$/, '').replace(/\/api$/, '').replace(/\/+$/, '');
}

/**
 * The shape every resource file speaks through: slashes, token, repeats of reads, pages, change log messages.
 * @example wire(send, clock, { token, because: 'order 42' }).get('status', 'status')
 */
export function wire(send: Send, clock: Clock, { token, because }: { readonly token?: string; readonly because?: string } = {}): Wire {
  const headers: Record<string, string> = token ? { authorization: authorization(token) } : {};
  let apiVersion = '';

  async function exchange(operation: string, request: HttpRequest): Promise<HttpReply> {
    const write = request.method !== 'GET';
    let reply: HttpReply;
    try {
      reply = await send({ ...request, headers: { ...headers, ...request.headers } });
    } catch (error) {
      if (isSendFailure(error)) throw fromSendFailure(error, VENDOR, operation, write);
      throw error;
    }
    apiVersion = reply.headers['api-version'] ?? apiVersion;
    if (reply.status < 200 || reply.status >= 300) throw fromReply(reply, operation, write);
    return reply;
  }
  const answer = (reply: HttpReply, operation: string, write: boolean): Answer => ({
    body: reply.status === 204 || reply.text === '' ? {} : (readJson(reply, VENDOR, operation, write) as Raw),
    etag: reply.headers['etag'] ?? null,
    requestId: reply.headers['x-request-id'] ?? null,
  });

  const get: Wire['get'] = async (operation, path, query = {}) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return answer(await exchange(operation, { method: 'GET', path: pathOf(path, query) }), operation, false);
      } catch (error) {
        if (!isVendorError(error)) throw error;
        const next = afterFailure(error, attempt, patience);
        if (next.type !== 'repeat') throw error;
        await clock.sleep(next.delayMs);
      }
    }
  };
  const atLeast: Wire['atLeast'] = (major, minor) => {
    if (apiVersion === '') return undefined;
    const [a = 0, b = 0] = apiVersion.split('.').map(Number);
    return a > major || (a === major && b >= minor);
  };

  return {
    clock,
    get,
    atLeast,
    write: async (operation, method, path, body = {}, etag) => {
      const message = (one: object): object => ({ changelog_message: `Leadlight ${because ?? operation}`.slice(0, 200), ...one });
      const request: HttpRequest = { method, path: pathOf(path), body: Array.isArray(body) ? body.map(message) : message(body), ...(etag ? { headers: { 'if-match': etag } } : {}), timeoutMs: WRITE_TIMEOUT_MS };
      return answer(await exchange(operation, request), operation, true);
    },
    async *list(operation, path, query = {}) {
      // Cursor pages (4.6 and later) neither skip nor repeat rows that move between pages; they allow no ordering. A server that does
      // not know `start` yet ignores it, counts, and goes on by offset.
      const cursor = atLeast(4, 6) !== false && query['ordering'] === undefined && query['offset'] === undefined;
      let page = pathOf(path, { limit: 200, ...(cursor ? { start: 0 } : {}), ...query });
      for (const seen = new Set<string>(); ; ) {
        const { body } = await get(operation, page);
        const results = body['results'];
        if (!Array.isArray(results)) throw fromReply({ status: 200, reason: '', headers: {}, text: '' }, operation, false);
        yield* results as Raw[];
        // `next` carries whatever host NetBox believes it has; only its query is used, so the token never goes elsewhere.
        const next = new URLSearchParams(typeof body['next'] === 'string' ? (body['next'].split('?')[1] ?? '') : '');
        if (next.has('offset')) next.delete('start');
        if (next.size === 0 || seen.has(String(next))) return;
        seen.add(String(next));
        page = `${pathOf(path)}?${next}`;
      }
    },
  };
}

/** NetBox answers 404 to a write without the slash at the end; a repeated name in the query means "any of". */
function pathOf(path: string, query: Query = {}): string {
  if (path.startsWith('/api/')) return path;
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) for (const one of Array.isArray(value) ? (value as Scalar[]) : [value as Scalar | undefined]) if (one !== undefined) search.append(name, String(one));
  return `/api/${path.replace(/^\/+|\/+$/g, '')}/${search.size > 0 ? `?${search}` : ''}`;
}
