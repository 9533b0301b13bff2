import type { Instant } from '../../../core/src/index.ts';
import type { Context } from './context.ts';
import { guarded } from './database.ts';
import { anyOf } from './dialect.ts';

/** A session a NAS has open. Octets are decimal texts: they pass 2^53 in theory and 4 GiB in a day. */
export interface Session {
  readonly acctSessionId: string;
  readonly nasIp: string;
  readonly framedIp: string | null;
  readonly startedAt: Instant;
  /** From the subscriber (upload). */
  readonly inputOctets: string;
  /** To the subscriber (download). */
  readonly outputOctets: string;
}
/** One of many, with whose it is. */
export interface ListedSession extends Session {
  /** Position in the list; give the last one to read on. */
  readonly id: string;
  readonly username: string;
  readonly lastHeardAt: Instant;
  /** Where the subscriber hangs, as the NAS says it; null when it does not. */
  readonly nasPort: string | null;
}
export interface SessionQuery {
  readonly username?: string;
  readonly nasIp?: string;
  /** Id of the last session already seen. */
  readonly after?: string;
  /** Default 100, at most 1000. */
  readonly limit?: number;
}
/** Traffic of the sessions that started in the period. */
export interface Usage {
  readonly uploadOctets: string;
  readonly downloadOctets: string;
  readonly sessions: number;
  /** Of these, how many went on after the period's end (their row is one running total, so it is counted whole). */
  readonly reachingBeyond: number;
}
export interface StaleQuery {
  readonly username?: string;
  readonly nasIp?: string;
  /** Silent for longer than this; at least three report intervals, which is also the default. */
  readonly silentSeconds?: number;
  /** Only say what would be closed. */
  readonly dryRun?: boolean;
  /** Default 1000. */
  readonly limit?: number;
}
export interface StaleSession {
  readonly username: string;
  readonly acctSessionId: string;
  readonly nasIp: string;
  readonly lastHeardAt: Instant;
}
/** One session's running totals as last reported. */
export interface SessionCounter {
  readonly id: string;
  readonly username: string;
  readonly session: string;
  readonly startedAt: Instant;
  /** When it was last heard of. */
  readonly at: Instant;
  readonly uploadOctets: string;
  readonly downloadOctets: string;
}
const HEARD = 'coalesce(acctupdatetime, acctstarttime)';

/** Reading what NASes reported (S0-102), and closing what they forgot. @example accounting(context).sessions('ord-12@isp') */
export function accounting({ db, sql, clock, interimSeconds }: Context) {
  const before = (seconds: number): Instant => new Date(Date.parse(clock.now()) - seconds * 1000).toISOString();
  const columns = `acctsessionid AS "acctSessionId", ${sql.address('nasipaddress')} AS "nasIp", ${sql.address('framedipaddress')} AS "framedIp", ${sql.instant('acctstarttime')} AS "startedAt",
    ${sql.digits('coalesce(acctinputoctets, 0)')} AS "inputOctets", ${sql.digits('coalesce(acctoutputoctets, 0)')} AS "outputOctets"`;
  const aliases = (text: string) => (db.kind === 'mysql' ? text.replace(/"(\w+)"/g, '`$1`') : text);

  /** Open sessions of one user heard of within three intervals. Older rows are left by a NAS that lost power: not online. */
  async function sessions(username: string): Promise<readonly Session[]> {
    return guarded('sessions.list', 'read', async () => {
      const { rows } = await db.query<Session>(
        aliases(`SELECT ${columns} FROM radacct WHERE username = $1 AND acctstoptime IS NULL AND ${HEARD} > ${sql.time(2)} ORDER BY acctstarttime, radacctid`),
        [username, sql.moment(before(interimSeconds * 3))],
      );
      return rows;
    });
  }

  /** Who is online, oldest row first; pages by `after`. */
  async function online({ username, nasIp, after, limit = 100 }: SessionQuery = {}): Promise<readonly ListedSession[]> {
    return guarded('sessions.online', 'read', async () => {
      const params: unknown[] = [sql.moment(before(interimSeconds * 3)), after ?? '0'];
      const also = [
        ...(username === undefined ? [] : [`username = $${params.push(username)}`]),
        ...(nasIp === undefined ? [] : [`nasipaddress = ${sql.asAddress(params.push(nasIp))}`]),
      ];
      const { rows } = await db.query<ListedSession>(
        aliases(`SELECT ${sql.digits('radacctid')} AS "id", username AS "username", ${columns}, ${sql.instant(HEARD)} AS "lastHeardAt", nasportid AS "nasPort" FROM radacct
          WHERE acctstoptime IS NULL AND ${HEARD} > ${sql.time(1)} AND radacctid > $2 ${also.map((one) => `AND ${one}`).join(' ')} ORDER BY radacctid LIMIT ${rowLimit(limit)}`),
        params,
      );
      return rows;
    });
  }

  /** How many sessions each of these users has open. */
  async function onlineCounts(usernames: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (usernames.length === 0) return new Map();
    const { rows } = await db.query<{ username: string; n: string }>(
      `SELECT username, ${sql.digits('count(*)')} AS n FROM radacct WHERE acctstoptime IS NULL AND ${HEARD} > ${sql.time(1)} AND ${anyOf('username', usernames, 2)} GROUP BY username`,
      [sql.moment(before(interimSeconds * 3)), ...usernames],
    );
    return new Map(rows.map(({ username, n }) => [username, Number(n)]));
  }

  /**
   * Upload and download of one account; `from` belongs to the period, `to` does not. Sums are made in the database, where 64-bit
   * counters stay exact (FreeRADIUS has folded Gigawords in).
   * @example await usage('ord-12@isp', { from: '2026-04-01T04:00:00Z', to: '2026-05-01T04:00:00Z' })
   */
  async function usage(username: string, period: { readonly from: Instant; readonly to: Instant }): Promise<Usage> {
    return guarded('sessions.usage', 'read', async () => {
      const { rows } = await db.query<{ up: string; down: string; n: string; beyond: string }>(
        `SELECT ${sql.digits('coalesce(sum(acctinputoctets), 0)')} AS up, ${sql.digits('coalesce(sum(acctoutputoctets), 0)')} AS down, ${sql.digits('count(*)')} AS n,
                ${sql.digits(`coalesce(sum(CASE WHEN coalesce(acctstoptime, acctupdatetime, acctstarttime) >= ${sql.time(3)} THEN 1 ELSE 0 END), 0)`)} AS beyond
           FROM radacct WHERE username = $1 AND acctstarttime >= ${sql.time(2)} AND acctstarttime < ${sql.time(3)}`,
        [username, sql.moment(period.from), sql.moment(period.to)],
      );
      const { up, down, n, beyond } = rows[0]!;
      return { uploadOctets: up, downloadOctets: down, sessions: Number(n), reachingBeyond: Number(beyond) };
    });
  }

  /** Closes the row of a session the NAS says it does not have (cause Lost-Service, at the last time it was heard of). */
  async function closeStale(username: string, acctSessionId: string, nasIp: string): Promise<boolean> {
    return guarded('sessions.closeStale', 'write', async () => {
      const { rowCount } = await db.query(
        `UPDATE radacct SET acctstoptime = ${HEARD}, acctterminatecause = 'Lost-Service'
          WHERE username = $1 AND acctsessionid = $2 AND nasipaddress = ${sql.asAddress(3)} AND acctstoptime IS NULL`,
        [username, acctSessionId, nasIp],
      );
      return rowCount > 0;
    });
  }

  /** Closes what has been silent too long: such rows count as online for Simultaneous-Use and lock customers out. A row that was heard of meanwhile stays open. */
  async function closeAllStale({ username, nasIp, silentSeconds = 0, dryRun = false, limit = 1000 }: StaleQuery = {}): Promise<readonly StaleSession[]> {
    return guarded('sessions.closeAllStale', dryRun ? 'read' : 'write', async () => {
      const cutoff = sql.moment(before(Math.max(silentSeconds, interimSeconds * 3)));
      const params: unknown[] = [cutoff];
      const also = [
        ...(username === undefined ? [] : [`username = $${params.push(username)}`]),
        ...(nasIp === undefined ? [] : [`nasipaddress = ${sql.asAddress(params.push(nasIp))}`]),
      ];
      const { rows } = await db.query<StaleSession & { id: string }>(
        aliases(`SELECT ${sql.digits('radacctid')} AS id, username AS "username", acctsessionid AS "acctSessionId", ${sql.address('nasipaddress')} AS "nasIp", ${sql.instant(HEARD)} AS "lastHeardAt" FROM radacct
          WHERE acctstoptime IS NULL AND ${HEARD} <= ${sql.time(1)} ${also.map((one) => `AND ${one}`).join(' ')} ORDER BY radacctid LIMIT ${rowLimit(limit)}`),
        params,
      );
      const closed: StaleSession[] = [];
      for (const { id, ...row } of rows) {
        const { rowCount } = dryRun ? { rowCount: 1 } : await db.query(`UPDATE radacct SET acctstoptime = ${HEARD}, acctterminatecause = 'Lost-Service' WHERE radacctid = $2 AND acctstoptime IS NULL AND ${HEARD} <= ${sql.time(1)}`, [cutoff, id]);
        if (rowCount > 0) closed.push(row);
      }
      return closed;
    });
  }

  /** Running totals of every session heard of since a moment, oldest row first; for samples over time. */
  async function counters(since: Instant, after = '0', limit = 1000): Promise<readonly SessionCounter[]> {
    return guarded('sessions.counters', 'read', async () => {
      const heard = 'coalesce(acctstoptime, acctupdatetime, acctstarttime)';
      const { rows } = await db.query<SessionCounter>(
        aliases(`SELECT ${sql.digits('radacctid')} AS "id", username AS "username", acctuniqueid AS "session", ${sql.instant('acctstarttime')} AS "startedAt", ${sql.instant(heard)} AS "at",
            ${sql.digits('coalesce(acctinputoctets, 0)')} AS "uploadOctets", ${sql.digits('coalesce(acctoutputoctets, 0)')} AS "downloadOctets"
          FROM radacct WHERE ${heard} >= ${sql.time(1)} AND acctstarttime IS NOT NULL AND radacctid > $2 ORDER BY radacctid LIMIT ${rowLimit(limit)}`),
        [sql.moment(since), after],
      );
      return rows;
    });
  }

  return { sessions, counters, online, onlineCounts, usage, closeStale, closeAllStale };
}

/** A limit stands in the statement itself: MySQL takes no prepared one. @example rowLimit(50) // 50 */
export function rowLimit(limit: number): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) throw new RangeError('a limit is a whole number from 1 to 1000');
  return limit;
}
