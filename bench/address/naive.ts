import { chmodSync, closeSync, createReadStream, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openDb } from '../../packages/journal/src/index.ts';
import { throwAwayPostgres } from '../../packages/journal/test/postgres.ts';

/** How operators search today: trigrams over whole addresses in PostgreSQL, each kind of index on a table of its own so that the planner has no choice. */
export interface Naive {
  gin(typed: string): Promise<readonly string[]>;
  gist(typed: string): Promise<readonly string[]>;
  close(): Promise<void>;
}
/** Loads the ministry's CSV as `full_address` and builds both indexes. */
export async function naive(csv: string, say: (line: string) => void): Promise<Naive> {
  const server = await throwAwayPostgres();
  const db = await openDb(server.url);
  const text = join(tmpdir(), `leadlight-addresses-${process.pid}.txt`);
  const file = openSync(text, 'w');
  let rows = '';
  let head = true;
  for await (const line of createInterface({ input: createReadStream(csv) })) {
    if (head) { head = false; continue; }
    const [civic, unit, street, town, postal] = line.split(',') as string[];
    rows += `${civic} ${street}${unit ? ` app ${unit}` : ''}, ${town} ${postal}\n`;
    if (rows.length > 4e6) { writeSync(file, rows); rows = ''; }
  }
  writeSync(file, rows);
  closeSync(file);
  chmodSync(text, 0o644);
  try {
    await db.query('CREATE EXTENSION pg_trgm');
    for (const [table, index] of [['by_gin', 'gin (full_address gin_trgm_ops)'], ['by_gist', 'gist (full_address gist_trgm_ops(siglen=64))']] as const) {
      await db.query(`CREATE UNLOGGED TABLE ${table} (full_address text NOT NULL)`);
      await db.query(`COPY ${table} FROM '${text}'`);
      const start = performance.now();
      await db.transaction(async (tx) => {
        await tx.query("SET LOCAL maintenance_work_mem = '1GB'");
        await tx.query(`CREATE INDEX ON ${table} USING ${index}`);
      });
      await db.query(`ANALYZE ${table}`);
      say(`  PostgreSQL: ${index.slice(0, 4).trim()} index built in ${((performance.now() - start) / 1000).toFixed(0)} s`);
    }
  } finally {
    rmSync(text, { force: true });
  }
  const rowsOf = (result: { readonly rows: readonly Record<string, unknown>[] }): readonly string[] => result.rows.map((row) => String(row['full_address']));
  return {
    gin: async (typed) => rowsOf(await db.query('SELECT full_address FROM by_gin WHERE full_address % $1 ORDER BY similarity(full_address, $1) DESC LIMIT 5', [typed])),
    gist: async (typed) => rowsOf(await db.query('SELECT full_address FROM by_gist ORDER BY full_address <-> $1 LIMIT 5', [typed])),
    close: async () => {
      await db.close();
      await server.stop();
    },
  };
}
