import { createHash } from 'node:crypto';
import { VendorError, type Instant } from '../../../core/src/index.ts';
import type { Database, Queryable } from './database.ts';

/** Where the SQL of PostgreSQL and of MariaDB/MySQL differ; all else is written once for both. */
export interface Dialect {
  /** A moment of a column as ISO text in UTC, or NULL. */
  instant(column: string): string;
  /** Parameter `n` as a moment to compare with or store; give it `moment(instant)`. */
  time(n: number): string;
  moment(instant: Instant): string;
  /** An address column as text, NULL where there is none. */
  address(column: string): string;
  /** Parameter `n` as an address. */
  asAddress(n: number): string;
  /** A 64-bit number as decimal text. */
  digits(expression: string): string;
  /** Longest name of a user or group the tables hold. */
  readonly longestName: number;
  /** Holds `name` for this writer until the transaction ends. The tables have no unique key to do it (access reference D4). */
  lock(tx: Queryable, name: string): Promise<void>;
}

const postgresql: Dialect = {
  instant: (column) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  time: (n) => `$${n}::timestamptz`,
  moment: (instant) => instant,
  address: (column) => `host(${column})`,
  asAddress: (n) => `$${n}::inet`,
  digits: (expression) => `(${expression})::text`,
  longestName: 253,
  lock: async (tx, name) => void (await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('leadlight:radius:' || $1::text, 0))`, [name])),
};

/** How long a writer waits for another one of the same name. */
const LOCK_SECONDS = 10;
const mysql: Dialect = {
  // FreeRADIUS writes with FROM_UNIXTIME, so a DATETIME means the server's own zone: UNIX_TIMESTAMP in the same zone is its exact opposite.
  instant: (column) => `DATE_FORMAT(DATE_ADD('1970-01-01', INTERVAL UNIX_TIMESTAMP(${column}) SECOND), '%Y-%m-%dT%H:%i:%s.000Z')`,
  time: (n) => `FROM_UNIXTIME($${n})`,
  moment: (instant) => (Date.parse(instant) / 1000).toFixed(3),
  address: (column) => `NULLIF(${column}, '')`,
  asAddress: (n) => `$${n}`,
  digits: (expression) => `CAST(${expression} AS CHAR)`,
  longestName: 64,
  lock: async (tx, name) => {
    // At most 64 characters, and one list of names for the whole server.
    const key = `leadlight:${createHash('sha1').update(name).digest('hex')}`;
    const { rows } = await tx.query<{ got: unknown }>(`SELECT GET_LOCK($1, ${LOCK_SECONDS}) AS got`, [key]);
    if (String(rows[0]?.got) === '1') return;
    throw new VendorError({ vendor: 'radius', operation: 'lock', kind: 'conflict', message: `Another writer held this account or plan for ${LOCK_SECONDS} s.`, hint: 'Nothing was written: do it again.' });
  },
};

/** @example dialectOf(db).digits('sum(acctinputoctets)') // '(sum(acctinputoctets))::text' */
export function dialectOf(db: Pick<Database, 'kind'>): Dialect {
  return db.kind === 'mysql' ? mysql : postgresql;
}

/**
 * `IN ($2, $3)` for a list of values, which must not be empty.
 * @param from number of the first placeholder.
 * @example anyOf('groupname', ['a', 'b'], 2) // 'groupname IN ($2, $3)'
 */
export function anyOf(column: string, values: readonly unknown[], from: number): string {
  if (values.length === 0) throw new RangeError(`nothing to compare ${column} with`);
  return `${column} IN (${values.map((_, index) => `$${from + index}`).join(', ')})`;
}

/** Whether a column starts with a fixed text of ours (no pattern characters to escape). @example startsWith('groupname', 'plan:', 2) // 'left(groupname, 5) = $2' */
export function startsWith(column: string, prefix: string, n: number): string {
  return `left(${column}, ${[...prefix].length}) = $${n}`;
}
