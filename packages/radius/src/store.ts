import { isVendorError, type Instant } from '../../../core/src/index.ts';
import { accounting } from './accounting.ts';
import { contextOf, nameFor, userLock, type StoreOptions } from './context.ts';
import { guarded, type Database } from './database.ts';
import { directory } from './directory.ts';
import { nases } from './nas.ts';
import { readNote, wordOf, writeNote } from './notes.ts';
import { plans } from './plans.ts';
import { readRows, type RadiusAttribute } from './rows.ts';
import { strays } from './strays.ts';
import { subscribers, type SubscriberChange, type SubscriberWanted } from './subscribers.ts';
import { throttles } from './throttle.ts';

export type { StoreOptions } from './context.ts';
/** What became of one of many. */
export type EnsuredOne = { readonly username: string; readonly state: SubscriberChange } | { readonly username: string; readonly error: unknown };

/**
 * Subscribers in FreeRADIUS's tables (S0-100…102). Every change runs in one transaction under a lock on the user name, because the
 * tables have no unique key, and ends with reading back what FreeRADIUS would now answer.
 * @throws VendorError rejectedInput for a user name FreeRADIUS could not look up, notFound where there is no account.
 * @example const store = radiusStore(db, { clock, random: randomBytes }); await store.suspend('ord-12@isp')
 */
export function radiusStore(db: Database, options: StoreOptions) {
  const context = contextOf(db, options);
  const book = accounting(context);
  const accounts = subscribers(context, book.sessions);

  /** Many at once, some at a time; one that fails does not keep the others from being made. Results stand in the order asked. */
  async function ensureMany(wanted: readonly SubscriberWanted[], atOnce = 4): Promise<readonly EnsuredOne[]> {
    const results: EnsuredOne[] = [];
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let at = next++; at < wanted.length; at = next++) {
        const { username } = wanted[at]!;
        try {
          results[at] = { username, state: await accounts.ensure(wanted[at]!) };
        } catch (error) {
          if (!isVendorError(error) && !(error instanceof RangeError)) throw error;
          results[at] = { username, error };
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    return results;
  }

  return {
    ...accounts,
    ensureMany,
    list: directory(context, book.onlineCounts),
    sessions: book.sessions,
    online: book.online,
    usage: book.usage,
    closeStale: book.closeStale,
    closeAllStale: book.closeAllStale,
    counters: book.counters,
    plans: plans(context),
    nas: nases(context),
    throttle: throttles(context),
    strays: strays(context),
    /** Attributes that undo the fence in a running session, kept when it was put up. */
    restoreAttributes: (username: string): Promise<readonly RadiusAttribute[]> => guarded('subscribers.restore', 'read', () => readNote(db, context.groups, 'restore', username)),
    /** Says that every running session knows of the change at `since`; a newer change stays pending. `fenceGone` also forgets how to undo the fence. */
    settled: (username: string, since: Instant, fenceGone: boolean): Promise<void> =>
      context.locked('subscribers.settled', [userLock(username)], async (tx) => {
        if (wordOf(await readNote(tx, context.groups, 'pending', username), 'since') !== since) return;
        await writeNote(tx, context.groups, 'pending', username, []);
        if (fenceGone) await writeNote(tx, context.groups, 'restore', username, []);
      }),
    /** The password for a test login by this very program; never for anybody's eyes. Null without one, or with a hashed one. */
    password: (username: string): Promise<string | null> =>
      guarded('subscribers.password', 'read', async () => {
        const rows = await readRows(db, 'radcheck', nameFor(context, 'subscribers.password', username));
        return rows.find(({ attribute }) => attribute === 'Cleartext-Password')?.value ?? null;
      }),
    /** Names of the groups this store writes. */
    groups: context.groups,
  };
}
export type RadiusStore = ReturnType<typeof radiusStore>;
