import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';

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
  const lite = await PGlite.create(dataDir === 'memory://' ? {} : { dataDir });
  const over = (on: Pick<PGlite, 'query'>): Queryable['query'] => async (sql, params) => {
    const { rows, affectedRows } = await on.query(sql, params as unknown[]);
    return { rows: rows as never[], rowCount: affectedRows ?? rows.length };
  };
  return {
    kind: 'pglite',
    query: over(lite),
    transaction: (work) => lite.transaction((tx) => work({ query: over(tx as never) })) as never,
    script: async (sql) => void (await lite.exec(sql)),
    close: () => lite.close(),
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
      try {
        await client.query('BEGIN');
        const value = await work({ query: over(client) });
        await client.query('COMMIT');
        return value;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      } finally {
        client.release();
      }
    },
    script: async (sql) => void (await pool.query(sql)),
    close: () => pool.end(),
  };
}
