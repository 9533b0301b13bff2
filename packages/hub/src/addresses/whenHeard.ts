import type { Clock } from '../../../../core/src/index.ts';
import type { Db } from '../../../journal/src/index.ts';

/** A notice is lost with the connection it comes by, so now and then it is asked without one. */
const UNHEARD_MS = 60_000;

/**
 * Reads what the database has when it was heard to have changed, one reading at a time: a later one never loses to an earlier one. An
 * embedded database has no connection to lose.
 * @example const links = whenHeard(db, clock, readLinks); links.heard(); await links.read();
 */
export function whenHeard(db: Db, clock: Clock, read: () => Promise<void>) {
  let stale = true;
  let readAt = -Infinity;
  let last: Promise<void> = Promise.resolve();
  async function turn(): Promise<void> {
    const now = Date.parse(clock.now());
    if (!stale && (db.kind === 'pglite' || now - readAt < UNHEARD_MS)) return;
    stale = false;
    try {
      await read();
      readAt = now;
    } catch (error) {
      stale = true;
      throw error;
    }
  }
  return {
    heard: (): void => void (stale = true),
    /** Resolves when everything that was heard of before is read. */
    read: (): Promise<void> => (last = last.catch(() => undefined).then(turn)),
  };
}
