import pg from 'pg';
import type { Database, Queryable } from './database.ts';
import { openMysql } from './openMysql.ts';

export interface OpenDatabase extends Database {
  /** Runs a script of several statements. */
  script(sql: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * The database FreeRADIUS reads: `postgres://user:password@host/radius`, or `mysql://` / `mariadb://` for MariaDB 10.5+ and MySQL 8+.
 * Nothing is connected before the first statement.
 * @throws RangeError for an address of another kind, without repeating it (it holds a password).
 * @example const db = await openRadiusDatabase('mariadb://leadlight:secret@radius.example.net/radius'); await db.close();
 */
export async function openRadiusDatabase(address: string): Promise<OpenDatabase> {
  if (/^postgres(ql)?:\/\//.test(address)) return openPostgres(address);
  if (/^(mysql|mariadb):\/\//.test(address)) return openMysql(address.replace(/^mariadb:/, 'mysql:'));
  throw new RangeError('the address of the RADIUS database must start with postgres://, mysql:// or mariadb://');
}

function openPostgres(connectionString: string): OpenDatabase {
  const pool = new pg.Pool({ connectionString, max: 10 });
  pool.on('error', () => undefined); // an idle connection that breaks is replaced at the next statement
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
        await client.query('ROLLBACK').catch(() => (broken = true));
        throw error;
      } finally {
        client.release(broken);
      }
    },
    script: async (sql) => void (await pool.query(sql)),
    close: () => pool.end(),
  };
}
