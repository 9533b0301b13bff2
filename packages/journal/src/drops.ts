import type { Instant } from '../../../core/src/index.ts';
import type { Db, Queryable } from './db.ts';
import type { Migration } from './migrations.ts';

/** A physical fibre drop to one premises, as the operator's register has it (S1-022, S1-023). */
export interface FibreDrop {
  readonly fibreId: number;
  readonly street: string;
  readonly city: string;
  readonly postalCode: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly oltName: string;
  readonly oltIp: string;
  readonly frame: number;
  readonly slot: number;
  readonly port: number;
  readonly ontId: number;
  /** The connected ONT's serial number and nothing else; empty when no ONT is connected. */
  readonly sn: string;
  /** `boitier_pas_install`: the box at the premises is missing; can be waited for, not held. */
  readonly boxMissing: boolean;
  readonly zone: string;
  readonly maxDownMbps: number;
}
export type DropState = 'free' | 'held' | 'reserved' | 'occupied' | 'boxMissing';
/** A drop with its lease columns. */
export interface DropRow extends FibreDrop {
  readonly holdOrder: string | null;
  readonly holdToken: string | null;
  readonly holdUntil: Instant | null;
  readonly reserved: boolean;
}

export const dropMigrations: readonly Migration[] = [
  {
    name: 'drops-1',
    statements: [
      `CREATE TABLE fibre_drop (
        tenant text NOT NULL, fibre_id integer NOT NULL, street text NOT NULL, city text NOT NULL, postal_code text NOT NULL,
        latitude double precision, longitude double precision, olt_name text NOT NULL, olt_ip text NOT NULL,
        frame integer NOT NULL, slot integer NOT NULL, port integer NOT NULL, ont_id integer NOT NULL,
        sn text NOT NULL DEFAULT '', box_missing boolean NOT NULL DEFAULT false, zone text NOT NULL, max_down_mbps integer NOT NULL,
        hold_order text, hold_token text, hold_until timestamptz, reserved boolean NOT NULL DEFAULT false,
        PRIMARY KEY (tenant, fibre_id), UNIQUE (tenant, olt_ip, frame, slot, port, ont_id))`,
      `CREATE UNIQUE INDEX fibre_drop_serial ON fibre_drop (tenant, sn) WHERE sn <> ''`,
      `CREATE INDEX fibre_drop_expiry ON fibre_drop (hold_until) WHERE hold_until IS NOT NULL`,
    ],
  },
];

const COLUMNS = 'fibre_id, street, city, postal_code, latitude, longitude, olt_name, olt_ip, frame, slot, port, ont_id, sn, box_missing, zone, max_down_mbps';
const COLUMN_TYPES = 'fibre_id integer, street text, city text, postal_code text, latitude double precision, longitude double precision, olt_name text, olt_ip text, frame integer, slot integer, port integer, ont_id integer, sn text, box_missing boolean, zone text, max_down_mbps integer';

/** Reads one row of `fibre_drop`. */
export function dropFromRow(row: Record<string, unknown>): DropRow {
  const until = row['hold_until'] as Date | null;
  return {
    fibreId: row['fibre_id'] as number, street: row['street'] as string, city: row['city'] as string, postalCode: row['postal_code'] as string,
    latitude: row['latitude'] as number | null, longitude: row['longitude'] as number | null, oltName: row['olt_name'] as string, oltIp: row['olt_ip'] as string,
    frame: row['frame'] as number, slot: row['slot'] as number, port: row['port'] as number, ontId: row['ont_id'] as number,
    sn: row['sn'] as string, boxMissing: row['box_missing'] as boolean, zone: row['zone'] as string, maxDownMbps: row['max_down_mbps'] as number,
    holdOrder: row['hold_order'] as string | null, holdToken: row['hold_token'] as string | null, holdUntil: until ? until.toISOString() : null, reserved: row['reserved'] as boolean,
  };
}

/** What a drop is at an instant, strongest fact first: connected, held or reserved and not yet expired, box missing, free. */
export function dropState(drop: DropRow, now: Instant): DropState {
  if (drop.sn !== '') return 'occupied';
  if (drop.holdUntil !== null && drop.holdUntil > now) return drop.reserved ? 'reserved' : 'held';
  return drop.boxMissing ? 'boxMissing' : 'free';
}

/** Loads drops into an empty register in one transaction; a register with rows is left alone. Returns how many were loaded. */
export async function loadDrops(db: Db, drops: readonly FibreDrop[], tenant = 'main'): Promise<number> {
  return db.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock(7071003)');
    if ((await tx.query('SELECT 1 FROM fibre_drop WHERE tenant = $1 LIMIT 1', [tenant])).rows.length > 0) return 0;
    for (let from = 0; from < drops.length; from += 4000) {
      const rows = drops.slice(from, from + 4000).map((d) => ({
        fibre_id: d.fibreId, street: d.street, city: d.city, postal_code: d.postalCode, latitude: d.latitude, longitude: d.longitude, olt_name: d.oltName, olt_ip: d.oltIp,
        frame: d.frame, slot: d.slot, port: d.port, ont_id: d.ontId, sn: d.sn, box_missing: d.boxMissing, zone: d.zone, max_down_mbps: d.maxDownMbps,
      }));
      await tx.query(`INSERT INTO fibre_drop (tenant, ${COLUMNS}) SELECT $1, ${COLUMNS} FROM json_to_recordset($2::json) AS r(${COLUMN_TYPES})`, [tenant, JSON.stringify(rows)]);
    }
    return drops.length;
  });
}

/** All drops, in the order of their ids. */
export async function listDrops(on: Queryable, tenant = 'main'): Promise<readonly DropRow[]> {
  const { rows } = await on.query('SELECT * FROM fibre_drop WHERE tenant = $1 ORDER BY fibre_id', [tenant]);
  return rows.map(dropFromRow);
}

/** One or several drops by id, with their leases as they stand now. */
export async function findDrops(on: Queryable, fibreIds: readonly number[], tenant = 'main'): Promise<readonly DropRow[]> {
  const { rows } = await on.query('SELECT * FROM fibre_drop WHERE tenant = $1 AND fibre_id = ANY ($2::integer[]) ORDER BY fibre_id', [tenant, fibreIds]);
  return rows.map(dropFromRow);
}

export interface DropsLoaded {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Towns in which an order became possible where it was not: new drops, and boxes that were built. */
  readonly opened: Readonly<Record<string, number>>;
}
/**
 * Takes over the operator's list again: new drops are added, what the list says of known ones is changed, leases and connected ONTs stay.
 * The same list again changes nothing.
 */
export async function upsertDrops(on: Queryable, drops: readonly FibreDrop[], tenant = 'main'): Promise<DropsLoaded> {
  const rows = drops.map((d) => ({
    fibre_id: d.fibreId, street: d.street, city: d.city, postal_code: d.postalCode, latitude: d.latitude, longitude: d.longitude, olt_name: d.oltName, olt_ip: d.oltIp,
    frame: d.frame, slot: d.slot, port: d.port, ont_id: d.ontId, sn: d.sn, box_missing: d.boxMissing, zone: d.zone, max_down_mbps: d.maxDownMbps,
  }));
  const listed = COLUMNS.split(', ').filter((name) => name !== 'fibre_id' && name !== 'sn');
  const { rows: done } = await on.query(
    `WITH r AS (SELECT ${COLUMNS} FROM json_to_recordset($2::json) AS r(${COLUMN_TYPES})),
          old AS (SELECT d.fibre_id, d.box_missing FROM fibre_drop d JOIN r USING (fibre_id) WHERE d.tenant = $1),
          up AS (INSERT INTO fibre_drop AS d (tenant, ${COLUMNS}) SELECT $1, ${COLUMNS} FROM r
                 ON CONFLICT (tenant, fibre_id) DO UPDATE SET ${listed.map((name) => `${name} = excluded.${name}`).join(', ')}
                 WHERE (${listed.map((name) => `d.${name}`).join(', ')}) IS DISTINCT FROM (${listed.map((name) => `excluded.${name}`).join(', ')})
                 RETURNING d.fibre_id, d.city, d.box_missing, d.sn)
     SELECT up.city, count(*) FILTER (WHERE old.fibre_id IS NULL)::integer AS added, count(*) FILTER (WHERE old.fibre_id IS NOT NULL)::integer AS changed,
       count(*) FILTER (WHERE up.sn = '' AND NOT up.box_missing AND (old.fibre_id IS NULL OR old.box_missing))::integer AS opened
     FROM up LEFT JOIN old USING (fibre_id) GROUP BY up.city`,
    [tenant, JSON.stringify(rows)],
  );
  const sum = (of: string): number => done.reduce((all, row) => all + (row[of] as number), 0);
  return { added: sum('added'), changed: sum('changed'), unchanged: drops.length - sum('added') - sum('changed'), opened: Object.fromEntries(done.filter((row) => (row['opened'] as number) > 0).map((row) => [row['city'] as string, row['opened'] as number])) };
}

export interface DropFilter { readonly state?: DropState; readonly oltIp?: string; readonly orderId?: string; readonly after?: number; readonly limit?: number }
/** A page of drops in the order of their ids, by what they are now. */
export async function pageDrops(on: Queryable, { state, oltIp, orderId, after = 0, limit = 100 }: DropFilter, now: Instant, tenant = 'main'): Promise<readonly DropRow[]> {
  const { rows } = await on.query(
    `SELECT * FROM fibre_drop WHERE tenant = $1 AND fibre_id > $2 AND ($3::text IS NULL OR olt_ip = $3) AND ($4::text IS NULL OR hold_order = $4)
       AND ($5::text IS NULL OR $5 = CASE WHEN sn <> '' THEN 'occupied' WHEN hold_until > $6::timestamptz THEN CASE WHEN reserved THEN 'reserved' ELSE 'held' END WHEN box_missing THEN 'boxMissing' ELSE 'free' END)
     ORDER BY fibre_id LIMIT $7`,
    [tenant, after, oltIp ?? null, orderId ?? null, state ?? null, now, limit],
  );
  return rows.map(dropFromRow);
}
/** The drops at the same door as one of them, itself first: the same address in the operator's list, or linked to the same place. */
export async function dropsAtDoor(on: Queryable, fibreId: number, linked: readonly number[] = [], tenant = 'main'): Promise<readonly number[]> {
  const { rows } = await on.query(
    `SELECT d.fibre_id FROM fibre_drop one JOIN fibre_drop d ON d.tenant = one.tenant AND ((lower(d.street), lower(d.city)) = (lower(one.street), lower(one.city)) OR d.fibre_id = ANY ($3::integer[]))
     WHERE one.tenant = $1 AND one.fibre_id = $2 ORDER BY d.fibre_id <> $2, d.fibre_id`,
    [tenant, fibreId, linked],
  );
  return rows.map((row) => row['fibre_id'] as number);
}
