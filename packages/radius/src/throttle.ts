import { createHash } from 'node:crypto';
import { radiusChange } from '../../../core/src/index.ts';
import { groupLock, mustExist, nameFor, userLock, type Context } from './context.ts';
import { startsWith } from './dialect.ts';
import { checkGroup, PRIORITY } from './groups.ts';
import { notePending, readNote, said, wordOf, writeNote } from './notes.ts';
import { readRows, syncRows, type RadiusAttribute } from './rows.ts';

/** What became of a wish to throttle or to lift it. */
export interface Throttled {
  readonly changed: boolean;
  /** Cycle the account is or was throttled in. */
  readonly cycle: string | null;
  /** `lifted`: somebody gave the speed back in this very cycle (a top-up), so a repeated request leaves it. */
  readonly state: 'throttled' | 'lifted' | 'never';
}

/**
 * Fair use: a slower speed until the cycle ends or a top-up is bought. It is a group between walled garden and plan, made of the plan's other
 * attributes and the slow rates, so that addresses, pools and timers stay. One cycle throttles once, however often it is asked for.
 * @example await throttles(context).restore('ord-12@isp', '2026-04-01')
 */
export function throttles(context: Context) {
  const { groups, sql, locked, clock } = context;

  /**
   * @param cycle what names the billing cycle, e.g. its first day.
   * @param rates the slow rates in the NAS's dialect.
   * @throws VendorError notFound.
   * @example await throttles.apply('ord-12@isp', '2026-04-01', { sku: 'SLOW2', rates })
   */
  async function apply(username: string, cycle: string, slow: { readonly sku: string; readonly rates: readonly RadiusAttribute[] }): Promise<Throttled> {
    nameFor(context, 'throttle.apply', username);
    const planOf = await context.db.query<{ groupname: string }>(`SELECT groupname FROM radusergroup WHERE username = $1 AND ${startsWith('groupname', groups.plan, 2)} ORDER BY priority, id`, [username, groups.plan]);
    const plan = planOf.rows[0]?.groupname ?? '';
    // Other attributes of the plan are copied, so each plan has its own slow twin.
    const group = `${groups.throttle}${slow.sku}:${createHash('sha1').update(plan).digest('hex').slice(0, 8)}`;
    checkGroup('throttle.apply', group, sql.longestName);
    return locked('throttle.apply', [userLock(username), groupLock(group)], async (tx): Promise<Throttled> => {
      await mustExist(tx, 'throttle.apply', username);
      const note = await readNote(tx, groups, 'throttle', username);
      if (wordOf(note, 'cycle') === cycle) return { changed: false, cycle, state: wordOf(note, 'state') === 'lifted' ? 'lifted' : 'throttled' };
      const fast = await readRows(tx, 'radgroupreply', plan);
      const rest = fast.filter((row) => radiusChange([[row.attribute, row.value]], []).length === 0);
      await syncRows(tx, 'radgroupreply', group, undefined, [...rest, ...slow.rates]);
      await tx.query(`DELETE FROM radusergroup WHERE username = $1 AND ${startsWith('groupname', groups.throttle, 2)}`, [username, groups.throttle]);
      await tx.query('INSERT INTO radusergroup (username, groupname, priority) VALUES ($1, $2, $3)', [username, group, PRIORITY.throttle]);
      await writeNote(tx, groups, 'throttle', username, [said('cycle', cycle), said('state', 'throttled')]);
      await notePending(tx, groups, username, clock.now());
      return { changed: true, cycle, state: 'throttled' };
    });
  }

  /** Gives the speed back. @param cycle when given, only a throttle of that cycle is lifted: a late request of the old one does no harm. */
  async function restore(username: string, cycle?: string): Promise<Throttled> {
    nameFor(context, 'throttle.restore', username);
    return locked('throttle.restore', [userLock(username)], async (tx): Promise<Throttled> => {
      await mustExist(tx, 'throttle.restore', username);
      const note = await readNote(tx, groups, 'throttle', username);
      const current = wordOf(note, 'cycle') ?? null;
      if (current === null) return { changed: false, cycle: null, state: 'never' };
      if (cycle !== undefined && cycle !== current) return { changed: false, cycle: current, state: wordOf(note, 'state') === 'lifted' ? 'lifted' : 'throttled' };
      const { rowCount } = await tx.query(`DELETE FROM radusergroup WHERE username = $1 AND ${startsWith('groupname', groups.throttle, 2)}`, [username, groups.throttle]);
      await writeNote(tx, groups, 'throttle', username, [said('cycle', current), said('state', 'lifted')]);
      if (rowCount > 0) await notePending(tx, groups, username, clock.now());
      return { changed: rowCount > 0, cycle: current, state: 'lifted' };
    });
  }
  return { apply, restore };
}
