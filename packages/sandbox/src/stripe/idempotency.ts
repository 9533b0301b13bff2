import { createHash } from 'node:crypto';
import type { SimReply } from '../http.ts';
import { Problem } from './problem.ts';

const KEPT_SECONDS = 24 * 3600;

/**
 * Stripe's v1 rules (erp.md 6.1): the first result is replayed for a day, declines and failures included; other parameters under the
 * same key are an error; a call refused before it began is not kept.
 */
export function idempotencyStore(now: () => number) {
  const kept = new Map<string, { readonly print: string; readonly at: number; readonly reply: SimReply; readonly requestId: string }>();
  let broken = 0;
  return {
    /** The next calls that begin end in a 500, which is kept like any other result. */
    breakNext(times = 1): void {
      broken += times;
    },
    run(key: string | undefined, print: string, requestId: string, work: () => SimReply): SimReply {
      if (!key) return attempt(work).reply;
      if (key.length > 255) return new Problem(400, { message: 'Idempotency keys must be at most 255 characters.', type: 'invalid_request_error' }).reply();
      const hashed = createHash('sha256').update(print).digest('hex');
      const before = kept.get(key);
      if (before && now() - before.at < KEPT_SECONDS) {
        if (before.print !== hashed) {
          return new Problem(400, { message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`, type: 'idempotency_error' }).reply();
        }
        return { ...before.reply, headers: { ...before.reply.headers, 'idempotent-replayed': 'true', 'original-request': before.requestId } };
      }
      const { reply, stored } = broken > 0 ? fault() : attempt(work);
      if (broken > 0) broken -= 1;
      // Kept as text: the objects in it move on, the stored answer does not.
      if (stored) kept.set(key, { print: hashed, at: now(), requestId, reply: { ...reply, body: JSON.stringify(reply.body), headers: { ...reply.headers, 'content-type': 'application/json' } } });
      return reply;
    },
  };
}

function attempt(work: () => SimReply): { readonly reply: SimReply; readonly stored: boolean } {
  try {
    return { reply: work(), stored: true };
  } catch (error) {
    if (error instanceof Problem) return { reply: error.reply(), stored: error.stored };
    throw error;
  }
}

const fault = (): ReturnType<typeof attempt> => ({ reply: { status: 500, body: { error: { message: 'An unknown error occurred', type: 'api_error' } } }, stored: true });
