import type { Link } from '../../../availability/src/index.ts';
import type { Db, Migration, Queryable } from '../../../journal/src/index.ts';
import type { DropLink } from '../apiAddresses.ts';

export const linkMigrations: readonly Migration[] = [
  {
    name: 'drop-link-1',
    statements: [
      'CREATE SEQUENCE drop_link_change',
      `CREATE TABLE drop_link (
        tenant text NOT NULL, fibre_id integer NOT NULL, status text NOT NULL CHECK (status IN ('matched', 'ambiguous', 'unmatched')), address_id text, label text, score double precision, distance_m integer,
        method text, matcher_version text NOT NULL, linked_by text NOT NULL, linked_at timestamptz NOT NULL, candidates jsonb NOT NULL, changed bigint NOT NULL DEFAULT nextval('drop_link_change'),
        PRIMARY KEY (tenant, fibre_id))`,
      'CREATE INDEX drop_link_status ON drop_link (tenant, status, fibre_id)',
    ],
  },
];
const HUMAN = 'human';
interface Row { fibre_id: number; status: Link['status']; address_id: string | null; label: string | null; score: number | null; distance_m: number | null; method: DropLink['method']; matcher_version: string; linked_by: string; linked_at: Date; candidates: DropLink['candidates'] }
const fromRow = (row: Row): DropLink => ({ fibreId: row.fibre_id, status: row.status, addressId: row.address_id, label: row.label, score: row.score, distanceM: row.distance_m, method: row.method, matcherVersion: row.matcher_version, by: row.linked_by, at: row.linked_at.toISOString(), candidates: row.candidates });

/** Links of one status, or all, in the order of their drops. */
export async function listLinks(on: Queryable, status?: Link['status'], after = 0, limit = 1_000_000): Promise<readonly DropLink[]> {
  const { rows } = await on.query(`SELECT * FROM drop_link WHERE tenant = 'main' AND ($1::text IS NULL OR status = $1) AND fibre_id > $2 ORDER BY fibre_id LIMIT $3`, [status ?? null, after, limit]);
  return (rows as unknown as Row[]).map(fromRow);
}
/** Drops whose link a person decided: no run touches them. */
export async function humanLinks(on: Queryable): Promise<ReadonlySet<number>> {
  const { rows } = await on.query(`SELECT fibre_id FROM drop_link WHERE tenant = 'main' AND method = '${HUMAN}'`);
  return new Set(rows.map((row) => row['fibre_id'] as number));
}
/** Keeps what a run found. A link a person made, and one that says the same, stay as they are. Gives how many changed. */
export async function saveLinks(on: Queryable, links: readonly Link[], at: string): Promise<number> {
  const rows = links.map(({ id, status, candidates, matcherVersion }) => {
    const first = status === 'matched' ? candidates[0] : undefined;
    return {
      fibre_id: id, status, address_id: first?.addressId ?? null, label: first?.label ?? null, score: candidates[0]?.score ?? null, distance_m: candidates[0]?.distanceM ?? null, method: candidates[0]?.method ?? null, matcher_version: matcherVersion,
      candidates: candidates.map(({ addressId, label, score, distanceM }) => ({ addressId, label, score, distanceM })),
    };
  });
  const done = await on.query(
    `INSERT INTO drop_link AS d (tenant, fibre_id, status, address_id, label, score, distance_m, method, matcher_version, linked_by, linked_at, candidates)
     SELECT 'main', r.fibre_id, r.status, r.address_id, r.label, r.score, r.distance_m, r.method, r.matcher_version, 'matcher', $2::timestamptz, r.candidates
     FROM json_to_recordset($1::json) AS r(fibre_id integer, status text, address_id text, label text, score double precision, distance_m integer, method text, matcher_version text, candidates jsonb)
     ON CONFLICT (tenant, fibre_id) DO UPDATE SET status = excluded.status, address_id = excluded.address_id, label = excluded.label, score = excluded.score, distance_m = excluded.distance_m, method = excluded.method,
       matcher_version = excluded.matcher_version, linked_at = excluded.linked_at, candidates = excluded.candidates, changed = nextval('drop_link_change')
     WHERE d.method IS DISTINCT FROM '${HUMAN}' AND (d.status, d.address_id, d.score, d.distance_m, d.method, d.matcher_version, d.candidates) IS DISTINCT FROM (excluded.status, excluded.address_id, excluded.score, excluded.distance_m, excluded.method, excluded.matcher_version, excluded.candidates)
     RETURNING fibre_id`,
    [JSON.stringify(rows), at],
  );
  return done.rows.length;
}
/** A person's word: this drop is at that address, or at none (`null`). */
export async function decideLink(on: Queryable, fibreId: number, address: { readonly addressId: string; readonly label: string } | null, by: string, at: string): Promise<DropLink | undefined> {
  const { rows } = await on.query(
    `INSERT INTO drop_link AS d (tenant, fibre_id, status, address_id, label, method, matcher_version, linked_by, linked_at, candidates)
     SELECT 'main', fibre_id, $2, $3, $4, '${HUMAN}', '', $5, $6::timestamptz, '[]'::jsonb FROM fibre_drop WHERE tenant = 'main' AND fibre_id = $1
     ON CONFLICT (tenant, fibre_id) DO UPDATE SET status = excluded.status, address_id = excluded.address_id, label = excluded.label, score = NULL, distance_m = NULL, method = excluded.method, linked_by = excluded.linked_by, linked_at = excluded.linked_at, changed = nextval('drop_link_change')
     RETURNING *`,
    [fibreId, address ? 'matched' : 'unmatched', address?.addressId ?? null, address?.label ?? null, by, at],
  );
  return rows[0] ? fromRow(rows[0] as unknown as Row) : undefined;
}
export async function countLinks(db: Db): Promise<Readonly<Record<Link['status'] | 'human' | 'drops', number>>> {
  const { rows } = await db.query<Record<string, number>>(
    `SELECT count(*) FILTER (WHERE status = 'matched')::integer AS matched, count(*) FILTER (WHERE status = 'ambiguous')::integer AS ambiguous, count(*) FILTER (WHERE status = 'unmatched')::integer AS unmatched,
       count(*) FILTER (WHERE method = '${HUMAN}')::integer AS human, (SELECT count(*)::integer FROM fibre_drop WHERE tenant = 'main') AS drops FROM drop_link WHERE tenant = 'main'`,
  );
  const row = rows[0]!;
  return { matched: row['matched']!, ambiguous: row['ambiguous']!, unmatched: row['unmatched']!, human: row['human']!, drops: row['drops']! };
}
