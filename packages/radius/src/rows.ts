import type { Queryable } from './database.ts';
import { anyOf } from './dialect.ts';

/** One row of radcheck, radreply or a group's table. `:=` sets, `+=` adds one more of the same. */
export interface RadiusAttribute {
  readonly attribute: string;
  readonly op: ':=' | '+=' | '=' | '==';
  readonly value: string;
}
const KEY = { radcheck: 'username', radreply: 'username', radgroupcheck: 'groupname', radgroupreply: 'groupname' } as const;

/**
 * Makes the rows of one user or group equal to `wanted`, and touches nothing when they are. Call it under a lock.
 * @param managed attributes that are ours; others stay as they are. Undefined: all of the group's rows are ours.
 * @returns whether anything was written.
 * @example await syncRows(tx, 'radreply', 'ord-12@isp', ['Framed-IP-Address'], [])
 */
export async function syncRows(tx: Queryable, table: keyof typeof KEY, name: string, managed: readonly string[] | undefined, wanted: readonly RadiusAttribute[]): Promise<boolean> {
  const where = managed ? `${KEY[table]} = $1 AND ${anyOf('attribute', managed, 2)}` : `${KEY[table]} = $1`;
  const params = managed ? [name, ...managed] : [name];
  const { rows } = await tx.query<RadiusAttribute>(`SELECT attribute, op, value FROM ${table} WHERE ${where} ORDER BY id`, params);
  const spell = (list: readonly RadiusAttribute[]) => JSON.stringify(list.map(({ attribute, op, value }) => [attribute, op, value]));
  if (spell(rows) === spell(wanted)) return false;
  await tx.query(`DELETE FROM ${table} WHERE ${where}`, params);
  for (const { attribute, op, value } of wanted) {
    await tx.query(`INSERT INTO ${table} (${KEY[table]}, attribute, op, value) VALUES ($1, $2, $3, $4)`, [name, attribute, op, value]);
  }
  return true;
}

/** The rows of one user or group, in the order FreeRADIUS reads them. @example await readRows(db, 'radgroupreply', 'walled-garden') */
export async function readRows(on: Queryable, table: keyof typeof KEY, name: string): Promise<readonly RadiusAttribute[]> {
  return (await on.query<RadiusAttribute>(`SELECT attribute, op, value FROM ${table} WHERE ${KEY[table]} = $1 ORDER BY id`, [name])).rows;
}

/** The rows of several users or groups at once, by name as it is spelled in the table. @example (await readRowsOf(db, 'radgroupreply', ['plan:X']))('plan:X') */
export async function readRowsOf(on: Queryable, table: keyof typeof KEY, names: readonly string[]): Promise<(name: string) => readonly RadiusAttribute[]> {
  if (names.length === 0) return () => [];
  const { rows } = await on.query<RadiusAttribute & { name: string }>(`SELECT ${KEY[table]} AS name, attribute, op, value FROM ${table} WHERE ${anyOf(KEY[table], names, 1)} ORDER BY id`, names);
  return (name) => rows.filter((row) => row.name === name).map(({ attribute, op, value }) => ({ attribute, op, value }));
}
