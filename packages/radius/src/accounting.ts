import type { Clock, Instant } from '../../../core/src/index.ts';
import { guarded, type Queryable } from './database.ts';

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
/** Traffic of the sessions that started in the period. */
export interface Usage {
  readonly uploadOctets: string;
  readonly downloadOctets: string;
  readonly sessions: number;
  /** Of these, how many went on after the period's end (their row is one running total, so it is counted whole). */
  readonly reachingBeyond: number;
}
const UTC = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Reading what NASes reported (S0-102). `interimSeconds`: how often they do. */
export function accounting(db: Queryable, clock: Clock, interimSeconds: number) {
  /** Open sessions heard of within three intervals. Older rows are left by a NAS that lost power: not online. */
  async function sessions(username: string): Promise<readonly Session[]> {
    return guarded('sessions.list', async () => {
      const { rows } = await db.query<Session>(
        `SELECT acctsessionid AS "acctSessionId", host(nasipaddress) AS "nasIp", host(framedipaddress) AS "framedIp", ${UTC('acctstarttime')} AS "startedAt",
                coalesce(acctinputoctets, 0)::text AS "inputOctets", coalesce(acctoutputoctets, 0)::text AS "outputOctets"
           FROM radacct
          WHERE username = $1 AND acctstoptime IS NULL AND coalesce(acctupdatetime, acctstarttime) > $2::timestamptz - make_interval(secs => $3::int)
          ORDER BY acctstarttime, radacctid`,
        [username, clock.now(), interimSeconds * 3],
      );
      return rows;
    });
  }

  /**
   * Upload and download of one account; `from` belongs to the period, `to` does not. Sums are made in the database, where 64-bit
   * counters stay exact (FreeRADIUS has folded Gigawords in).
   * @example await usage('ord-12@isp', { from: '2026-04-01T04:00:00Z', to: '2026-05-01T04:00:00Z' })
   */
  async function usage(username: string, period: { readonly from: Instant; readonly to: Instant }): Promise<Usage> {
    return guarded('sessions.usage', async () => {
      const { rows } = await db.query<Usage>(
        `SELECT coalesce(sum(acctinputoctets), 0)::text AS "uploadOctets", coalesce(sum(acctoutputoctets), 0)::text AS "downloadOctets",
                count(*)::int AS sessions, (count(*) FILTER (WHERE coalesce(acctstoptime, acctupdatetime, acctstarttime) >= $3::timestamptz))::int AS "reachingBeyond"
           FROM radacct WHERE username = $1 AND acctstarttime >= $2::timestamptz AND acctstarttime < $3::timestamptz`,
        [username, period.from, period.to],
      );
      return rows[0]!;
    });
  }

  /** Closes the row of a session the NAS says it does not have (cause Lost-Service, at the last time it was heard of). */
  async function closeStale(username: string, acctSessionId: string, nasIp: string): Promise<boolean> {
    return guarded('sessions.closeStale', async () => {
      const { rowCount } = await db.query(
        `UPDATE radacct SET acctstoptime = coalesce(acctupdatetime, acctstarttime), acctterminatecause = 'Lost-Service'
          WHERE username = $1 AND acctsessionid = $2 AND nasipaddress = $3::inet AND acctstoptime IS NULL`,
        [username, acctSessionId, nasIp],
      );
      return rowCount > 0;
    });
  }

  return { sessions, usage, closeStale };
}
