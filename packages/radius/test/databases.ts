// Which databases the contract runs against: LEADLIGHT_RADIUS_URL alone when it is set (an operator's own; what a test made is removed), else
// PGlite with the tables of the hub and, when it is installed, a real MariaDB.
import { randomBytes } from 'node:crypto';
import { openDb } from '../../journal/src/db.ts';
import { freeradiusSchema, openRadiusDatabase, type Database, type GroupNames } from '../src/index.ts';
import { mariaDbMissing, startMariaDb } from './mariadb.ts';

export interface TestDatabase extends Database {
  close(): Promise<void>;
}
export interface Place {
  readonly name: string;
  readonly open: () => Promise<TestDatabase>;
}
const real = process.env['LEADLIGHT_RADIUS_URL'];

export function places(): readonly Place[] {
  if (real) return [{ name: `the server of LEADLIGHT_RADIUS_URL (${real.split(':')[0]})`, open: () => openRadiusDatabase(real) }];
  const lack = mariaDbMissing();
  if (lack) console.warn(`NOTICE: the contract does not run on MariaDB: ${lack}. \`apt-get install mariadb-server freeradius-mysql\` runs it.`);
  return [
    {
      name: 'PostgreSQL (PGlite)',
      open: async () => {
        const db = await openDb('memory://');
        await db.script(freeradiusSchema);
        return db;
      },
    },
    ...(lack ? [] : [{
      name: 'MariaDB',
      open: async () => {
        const server = await startMariaDb();
        const db = await openRadiusDatabase(server.url);
        return { ...db, close: () => db.close().then(server.close) };
      },
    }]),
  ];
}

/** Names nobody else has, so that a test on an operator's server meets only its own rows. */
export interface Corner {
  readonly prefix: string;
  readonly groups: GroupNames;
  user(name?: string): string;
  /** Removes everything that bears the prefix. */
  clean(db: Database): Promise<void>;
}
export function corner(): Corner {
  const prefix = `ll${randomBytes(4).toString('hex')}`;
  const groups: GroupNames = { plan: `${prefix}-plan:`, garden: `${prefix}-garden`, blocked: `${prefix}-blocked`, throttle: `${prefix}-fup:`, note: `${prefix}-n:` };
  return {
    prefix,
    groups,
    user: (name = 'ord-12') => `${prefix}-${name}@isp`,
    clean: async (db) => {
      const mine = (column: string) => `left(${column}, ${prefix.length}) = $1`;
      for (const table of ['radcheck', 'radreply', 'radacct']) await db.query(`DELETE FROM ${table} WHERE ${mine('username')}`, [prefix]);
      for (const table of ['radgroupcheck', 'radgroupreply']) await db.query(`DELETE FROM ${table} WHERE ${mine('groupname')}`, [prefix]);
      await db.query(`DELETE FROM radusergroup WHERE ${mine('username')} OR left(groupname, ${prefix.length}) = $1`, [prefix]);
      await db.query(`DELETE FROM nas WHERE ${mine('shortname')}`, [prefix]);
    },
  };
}
