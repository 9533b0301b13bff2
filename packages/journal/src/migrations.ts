import type { Db } from './db.ts';

/** One step of the schema. The name is its identity: never rename or edit one that has shipped, add another. */
export interface Migration {
  readonly name: string;
  /** Run one by one, in one transaction with the note that they ran. */
  readonly statements: readonly string[];
}

const LOCK = 7_071_001;

/**
 * Brings the schema up to date. Programs that start together wait for one another on an advisory lock, so each step runs once.
 * @returns the names that were applied now.
 * @throws when a statement fails; that migration and those after it are not applied.
 * @example await migrate(db, [...journalMigrations, ...leaseMigrations]);
 */
export async function migrate(db: Db, migrations: readonly Migration[]): Promise<readonly string[]> {
  return db.transaction(async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
    await tx.query('CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())');
    const { rows } = await tx.query<{ name: string }>('SELECT name FROM migration');
    const known = new Set(rows.map((row) => row.name));
    const applied: string[] = [];
    for (const { name, statements } of migrations) {
      if (known.has(name)) continue;
      for (const statement of statements) await tx.query(statement);
      await tx.query('INSERT INTO migration (name) VALUES ($1)', [name]);
      applied.push(name);
    }
    return applied;
  });
}
