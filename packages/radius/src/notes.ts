import { createHash } from 'node:crypto';
import type { Instant } from '../../../core/src/index.ts';
import type { Queryable } from './database.ts';
import type { GroupNames } from './groups.ts';
import { readRows, syncRows, type RadiusAttribute } from './rows.ts';

/**
 * What must be remembered of an account, kept in FreeRADIUS's own tables in the same transaction as the change it is about, as a group
 * nobody is a member of: `restore` (what undoes a fence in a running session), `pending` (sessions older than this have not been told),
 * `throttle` (which cycle, and whether it was lifted).
 */
export type Note = 'restore' | 'pending' | 'throttle';
const groupOf = (names: GroupNames, note: Note, username: string): string => `${names.note}${createHash('sha1').update(`${note} ${username.toLowerCase()}`).digest('hex')}`;

/** @example await writeNote(tx, groups, 'pending', 'ord-12@isp', [said('since', now)]) */
export async function writeNote(tx: Queryable, names: GroupNames, note: Note, username: string, rows: readonly RadiusAttribute[]): Promise<boolean> {
  return syncRows(tx, 'radgroupreply', groupOf(names, note, username), undefined, rows);
}
/** @example wordOf(await readNote(db, groups, 'pending', 'ord-12@isp'), 'since') */
export async function readNote(on: Queryable, names: GroupNames, note: Note, username: string): Promise<readonly RadiusAttribute[]> {
  return readRows(on, 'radgroupreply', groupOf(names, note, username));
}

/**
 * Notes that sessions which run now have not been told of what is being changed; for somebody without an open session there is nobody to tell.
 * @example await notePending(tx, groups, 'ord-12@isp', clock.now())
 */
export async function notePending(tx: Queryable, names: GroupNames, username: string, now: Instant): Promise<void> {
  const { rows } = await tx.query('SELECT 1 AS there FROM radacct WHERE username = $1 AND acctstoptime IS NULL LIMIT 1', [username]);
  if (rows.length > 0) await writeNote(tx, names, 'pending', username, [said('since', now)]);
}

/** A word of a note, in an attribute every dictionary has. @example said('cycle', '2026-04').value // 'cycle=2026-04' */
export function said(word: string, value: string): RadiusAttribute {
  return { attribute: 'Class', op: ':=', value: `${word}=${value}` };
}
/** @example wordOf([said('cycle', '2026-04')], 'cycle') // '2026-04' */
export function wordOf(rows: readonly RadiusAttribute[], word: string): string | undefined {
  return rows.find(({ attribute, value }) => attribute === 'Class' && value.startsWith(`${word}=`))?.value.slice(word.length + 1);
}
