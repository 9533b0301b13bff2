import { afterFailure, fromSendFailure, isSendFailure, isVendorError, readJson, VendorError, type Clock, type HttpReply, type HttpRequest, type RetryPolicy, type Send } from '../../../core/src/index.ts';
import { fromReply, VENDOR } from './errors.ts';

/** Reads, and writes that are the same when repeated, are tried this often (acs.md 1.10). A task POST never is. */
export const patience: RetryPolicy = { attempts: 3, firstDelayMs: 400, maxDelayMs: 5_000 };

export interface Nbi {
  /** GET with repeats. Gives the list and the `total` of the query, whatever the page. */
  list(operation: string, collection: string, query: ListQuery): Promise<{ readonly items: readonly Record<string, unknown>[]; readonly total: number; readonly version: string }>;
  /** How many match, without fetching them. */
  count(operation: string, collection: string, query: object): Promise<number>;
  /** PUT, DELETE, tags: idempotent, so repeated when GenieACS is away or the device is in a session. */
  settle(operation: string, request: HttpRequest, also?: readonly number[]): Promise<HttpReply>;
  /** A question sent once; the statuses in `ok` are answers. */
  ask(operation: string, request: HttpRequest, ok: readonly number[]): Promise<HttpReply>;
  /** Sent once, whatever happens. */
  once(request: HttpRequest): Promise<HttpReply>;
  readonly clock: Clock;
}
export interface ListQuery {
  readonly query?: object;
  readonly projection?: readonly string[];
  readonly sort?: object;
  readonly limit?: number;
}

/** The shape every resource file speaks through: what may be repeated is decided here, once. */
export function nbi(send: Send, clock: Clock): Nbi {
  async function repeat<T>(attempt: () => Promise<T>): Promise<T> {
    for (let n = 1; ; n += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (!isVendorError(error)) throw error;
        const inSession = error.detail?.['reason'] === 'inSession';
        const next = afterFailure(inSession ? { kind: 'unavailable', outcome: 'notApplied', retryAfterMs: error.retryAfterMs ?? 2_000 } : { ...pick(error), outcome: 'notApplied' }, n, patience);
        if (next.type !== 'repeat') throw error;
        await clock.sleep(next.delayMs);
      }
    }
  }
  async function exchange(operation: string, request: HttpRequest, ok: readonly number[], write: boolean): Promise<HttpReply> {
    let reply: HttpReply;
    try {
      reply = await send(request);
    } catch (error) {
      if (isSendFailure(error)) throw fromSendFailure(error, VENDOR, operation, write);
      throw error;
    }
    if (!ok.includes(reply.status)) throw fromReply(reply, operation);
    return reply;
  }
  return {
    clock,
    list: (operation, collection, { query, projection, sort, limit }) =>
      repeat(async () => {
        const reply = await exchange(operation, {
          method: 'GET',
          path: `/${collection}/`,
          query: {
            ...(query ? { query: JSON.stringify(query) } : {}),
            ...(projection ? { projection: projection.join(',') } : {}),
            ...(sort ? { sort: JSON.stringify(sort) } : {}),
            ...(limit === undefined ? {} : { limit }),
          },
        }, [200], false);
        const items = readJson(reply, VENDOR, operation);
        if (!Array.isArray(items)) throw fromReply({ ...reply, text: 'not a list' }, operation);
        return { items: items as Record<string, unknown>[], total: Number(reply.headers['total'] ?? items.length), version: reply.headers['genieacs-version'] ?? '' };
      }),
    count: (operation, collection, query) =>
      repeat(async () => {
        const { headers } = await exchange(operation, { method: 'HEAD', path: `/${collection}/`, query: { query: JSON.stringify(query) } }, [200], false);
        const total = Number(headers['total'] || Number.NaN);
        if (Number.isInteger(total)) return total;
        throw new VendorError({ vendor: VENDOR, operation, kind: 'unexpectedReply', message: 'The reply holds no total.', hint: 'A proxy in front of the NBI takes response headers away; let `total` and `GenieACS-Version` pass.' });
      }),
    ask: (operation, request, ok) => exchange(operation, request, ok, false),
    settle: (operation, request, also = []) => repeat(() => exchange(operation, request, [200, 201, ...also], true)),
    once: (request) => send(request),
  };
}

function pick(error: { readonly kind: never } | Parameters<typeof afterFailure>[0]): Parameters<typeof afterFailure>[0] {
  const { kind, outcome, retryAfterMs } = error as Parameters<typeof afterFailure>[0];
  return retryAfterMs === undefined ? { kind, outcome } : { kind, outcome, retryAfterMs };
}
