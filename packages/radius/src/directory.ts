import { readRates, type ReadRates } from '../../../core/src/index.ts';
import { rowLimit } from './accounting.ts';
import type { Context } from './context.ts';
import { guarded } from './database.ts';
import { anyOf, startsWith } from './dialect.ts';
import { readAccess, type Access } from './readAccess.ts';
import { readRowsOf } from './rows.ts';

export interface SubscriberRow {
  readonly username: string;
  readonly access: Access;
  readonly throttled: boolean;
  readonly planGroup: string | null;
  readonly framedIp: string | null;
  readonly rates: ReadRates | null;
  /** Open sessions. */
  readonly online: number;
}
export interface SubscriberQuery {
  /** Names that start so. */
  readonly prefix?: string;
  /** Last name already seen. */
  readonly after?: string;
  /** Default 100, at most 1000. */
  readonly limit?: number;
}

/** Accounts as a list, by name, one page at a time: five statements a page, however many names. @example await directory(context, book.onlineCounts)({ prefix: 'SVC-' }) */
export function directory({ db, groups }: Context, onlineCounts: (usernames: readonly string[]) => Promise<ReadonlyMap<string, number>>) {
  /** @example await list({ prefix: 'SVC-', limit: 50 }) */
  return async function list({ prefix = '', after = '', limit = 100 }: SubscriberQuery = {}): Promise<readonly SubscriberRow[]> {
    return guarded('subscribers.list', 'read', async () => {
      const { rows } = await db.query<{ username: string }>(
        `SELECT username FROM radcheck WHERE attribute LIKE '%-Password' AND username > $1 ${prefix ? `AND ${startsWith('username', prefix, 2)}` : ''} GROUP BY username ORDER BY username LIMIT ${rowLimit(limit)}`,
        prefix ? [after, prefix] : [after],
      );
      const names = rows.map(({ username }) => username);
      if (names.length === 0) return [];
      const [checkOf, replyOf, counts, members] = await Promise.all([
        readRowsOf(db, 'radcheck', names),
        readRowsOf(db, 'radreply', names),
        onlineCounts(names),
        db.query<{ username: string; groupname: string; priority: number }>(`SELECT username, groupname, priority FROM radusergroup WHERE ${anyOf('username', names, 1)} ORDER BY priority, id`, names),
      ]);
      const used = [...new Set(members.rows.map(({ groupname }) => groupname))];
      const [groupCheck, groupReply] = await Promise.all([readRowsOf(db, 'radgroupcheck', used), readRowsOf(db, 'radgroupreply', used)]);
      return names.map((username) => {
        const mine = members.rows.filter((row) => row.username === username);
        const read = readAccess(checkOf(username), replyOf(username), mine.map(({ groupname, priority }) => ({ groupname, priority, check: groupCheck(groupname), reply: groupReply(groupname) })), groups);
        return {
          username, access: read.access, throttled: read.throttled, rates: readRates(read.answer), online: counts.get(username) ?? 0,
          planGroup: mine.find(({ groupname }) => groupname.startsWith(groups.plan))?.groupname ?? null,
          framedIp: replyOf(username).find(({ attribute }) => attribute === 'Framed-IP-Address')?.value ?? null,
        };
      });
    });
  };
}
