import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { lockFolder } from './folderLock.ts';

export interface Queryable {
  query<Row = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<{ readonly rows: Row[]; readonly rowCount: number }>;
}
/** One PostgreSQL, embedded or not, behind the two verbs everything here needs. */
export interface Db extends Queryable {
  readonly kind: 'pglite' | 'postgresql';
  /** Runs `work` in one transaction; a throw rolls it back whole. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /** Runs a script of several statements (migrations). */
  script(sql: string): Promise<void>;
  /** Calls back after each commit that notified `channel`, from whatever process. Resolves to a function that stops it. */
  listen(channel: string, heard: () => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/**
 * `postgres://…` opens a pool on that server; a folder (or `memory://`) opens PGlite in this process.
 * 64-bit integers come back as numbers on both, so that a row reads the same wherever it lives (ids stay below 2^53).
 */
export async function openDb(where: string): Promise<Db> {
  return /^postgres(ql)?:/.test(where) ? openPool(where) : openPglite(where);
}

async function openPglite(dataDir: string): Promise<Db> {
  const unlock = dataDir === 'memory://' ? () => undefined : lockFolder(dataDir);
  const lite = await PGlite.create(dataDir === 'memory://' ? {} : { dataDir }).catch((error: unknown) => {
    unlock();
    throw error;
  });
  const over = (on: Pick<PGlite, 'query'>): Queryable['query'] => async (sql, params) => {
    const { rows, affectedRows } = await on.query(sql, params as unknown[]);
    return { rows: rows as never[], rowCount: affectedRows ?? rows.length };
  };
  return {
    kind: 'pglite',
    query: over(lite),
    transaction: (work) => lite.transaction((tx) => work({ query: over(tx as never) })) as never,
    script: async (sql) => void (await lite.exec(sql)),
    listen: (channel, heard) => lite.listen(channel, heard),
    close: () => lite.close().finally(unlock),
  };
}

async function openPool(connectionString: string): Promise<Db> {
  // pg gives int8 as text; PGlite as a number. Ids and counters here stay far below 2^53.
  const pool = new pg.Pool({ connectionString, max: 10, types: { getTypeParser: ((oid: number, format?: 'text') => (oid === 20 ? Number : pg.types.getTypeParser(oid, format))) as never } });
  pool.on('error', () => undefined); // an idle connection that breaks is replaced at the next query
  const over = (on: pg.Pool | pg.PoolClient): Queryable['query'] => async (sql, params) => {
    const { rows, rowCount } = await on.query(sql, params as unknown[]);
    return { rows, rowCount: rowCount ?? 0 };
  };
  return {
    kind: 'postgresql',
    query: over(pool),
    transaction: async (work) => {
      const client = await pool.connect();
      let broken = false;
      try {
        await client.query('BEGIN');
        const value = await work({ query: over(client) });
        await client.query('COMMIT');
        return value;
      } catch (error) {
        // In a state nobody knows it must not go back to the pool.
        await client.query('ROLLBACK').catch(() => (broken = true));
        throw error;
      } finally {
        client.release(broken);
      }
    },
    script: async (sql) => void (await pool.query(sql)),
    listen: async (channel, heard) => {
      // Its own connection, outside the pool: listening belongs to a session. When it breaks, callers still poll.
      const client = new pg.Client({ connectionString });
      client.on('error', () => undefined);
      client.on('notification', () => heard());
      await client.connect();
      await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      return () => client.end();
    },
    close: () => pool.end(),
  };
}
