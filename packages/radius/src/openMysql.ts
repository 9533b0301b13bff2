import mysql from 'mysql2/promise';
import type { Queryable } from './database.ts';
import type { OpenDatabase } from './openDatabase.ts';

/** How often a transaction that lost a deadlock starts again; the server has rolled it back whole. */
const DEADLOCK_TRIES = 5;

/**
 * MariaDB or MySQL behind the same two verbs. Statements are prepared on the server, so that values never become SQL; transactions are
 * READ COMMITTED, because what is read under a lock must be what the last holder wrote, not an older snapshot.
 * @example const db = openMysql('mysql://leadlight:secret@radius.example.net/radius')
 */
export function openMysql(uri: string): OpenDatabase {
  const pool = mysql.createPool({ uri, connectionLimit: 10, supportBigNumbers: true, bigNumberStrings: true, dateStrings: true, charset: 'utf8mb4' });
  const over = (on: Pick<mysql.Pool, 'execute'>): Queryable['query'] => async (sql, params = []) => {
    const values: unknown[] = [];
    // `$2` may stand before `$1` and twice; `?` knows neither. A number would travel as a double.
    const text = sql.replace(/\$(\d+)/g, (_, n: string) => {
      const value = params[Number(n) - 1];
      values.push(typeof value === 'number' ? String(value) : value);
      return '?';
    });
    const [result] = await on.execute(text, values as string[]);
    if (Array.isArray(result)) return { rows: result as never[], rowCount: result.length };
    return { rows: [], rowCount: (result as mysql.ResultSetHeader).affectedRows };
  };

  async function once<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    const connection = await pool.getConnection();
    let broken = false;
    try {
      await connection.query('SET TRANSACTION ISOLATION LEVEL READ COMMITTED');
      await connection.beginTransaction();
      const value = await work({ query: over(connection) });
      await connection.commit();
      return value;
    } catch (error) {
      await connection.rollback().catch(() => (broken = true));
      throw error;
    } finally {
      // Named locks belong to the connection, not to the transaction; a closed one has none.
      await connection.query('DO RELEASE_ALL_LOCKS()').catch(() => (broken = true));
      if (broken) connection.destroy();
      else connection.release();
    }
  }
  return {
    kind: 'mysql',
    query: over(pool),
    transaction: async (work) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await once(work);
        } catch (error) {
          if ((error as { errno?: number }).errno !== 1213 || attempt >= DEADLOCK_TRIES) throw error;
        }
      }
    },
    script: async (sql) => {
      for (const statement of sql.replace(/^\s*(--|#).*$/gm, '').split(/;\s*$/m)) if (statement.trim()) await pool.query(statement);
    },
    close: () => pool.end(),
  };
}
