import { isVendorError } from '../../../core/src/index.ts';
import type { Answer } from './call.ts';

export interface Taken<T> {
  readonly it: T;
  /** It was there before this call, or another run made it. */
  readonly repeated: boolean;
  readonly requestId: string | null;
}

/**
 * Makes a thing at most once: look, post, and after a 400 or a collision (somebody else has the
 * key), a full pool (somebody else took its last for this key) or silence look again. Safe where NetBox itself
 * refuses a second one of the same key: a unique custom field inside the lock of available-*, or a unique name. With `again` a post whose
 * fate stayed unknown is repeated once after the look found nothing.
 * @throws VendorError of the post, when the look afterwards finds nothing
 * @example await takeOnce(() => find(key), () => wire.write('x', 'POST', 'ipam/…', body), (answer) => get(answer.body['id']), { again: true })
 */
export async function takeOnce<T>(find: () => Promise<T | null>, post: () => Promise<Answer>, read: (answer: Answer) => Promise<T>, { again = false }: { readonly again?: boolean } = {}): Promise<Taken<T>> {
  const had = await find();
  if (had) return { it: had, repeated: true, requestId: null };
  for (let attempt = 1; ; attempt += 1) {
    let made: Answer;
    try {
      made = await post();
    } catch (error) {
      if (!isVendorError(error) || (error.status !== 400 && error.kind !== 'exhausted' && error.kind !== 'conflict' && error.outcome !== 'unknown')) throw error;
      const found = await find();
      if (found) return { it: found, repeated: error.outcome !== 'unknown', requestId: null };
      if (error.outcome === 'unknown' && again && attempt === 1) continue;
      throw error;
    }
    return { it: await read(made), repeated: false, requestId: made.requestId };
  }
}
