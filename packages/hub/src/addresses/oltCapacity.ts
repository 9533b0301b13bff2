import { maxSpeed, type Instant, type LineFacts, type MaxSpeed, type PonTechnology, type Rate, type SpeedPolicy } from '../../../../core/src/index.ts';
import type { DropRow, Migration, Queryable } from '../../../journal/src/index.ts';
import type { OltCapacity, PonCapacity } from '../apiAddresses.ts';

export const oltCapacityMigrations: readonly Migration[] = [
  { name: 'olt-capacity-1', statements: ['CREATE TABLE olt_capacity (tenant text NOT NULL, olt_ip text NOT NULL, technology text NOT NULL, split integer NOT NULL, uplink_mbps integer, sold jsonb, pons jsonb NOT NULL, PRIMARY KEY (tenant, olt_ip))'] },
];
interface Row { olt_ip: string; technology: PonTechnology; split: number; uplink_mbps: number | null; sold: Rate | null; pons: readonly PonCapacity[] }
const fromRow = ({ olt_ip, technology, split, uplink_mbps, sold, pons }: Row): OltCapacity => ({ oltIp: olt_ip, technology, split, ...(uplink_mbps === null ? {} : { uplinkMbps: uplink_mbps }), ...(sold === null ? {} : { sold }), pons });

/** What is known of the OLTs: their lines, splitters and way out. */
export async function listOltCapacity(on: Queryable): Promise<readonly OltCapacity[]> {
  const { rows } = await on.query(`SELECT * FROM olt_capacity WHERE tenant = 'main' ORDER BY olt_ip`);
  return (rows as unknown as Row[]).map(fromRow);
}
export async function putOltCapacity(on: Queryable, { oltIp, technology, split, uplinkMbps, sold, pons }: OltCapacity): Promise<void> {
  await on.query(
    `INSERT INTO olt_capacity (tenant, olt_ip, technology, split, uplink_mbps, sold, pons) VALUES ('main', $1, $2, $3, $4, $5::jsonb, $6::jsonb)
     ON CONFLICT (tenant, olt_ip) DO UPDATE SET technology = excluded.technology, split = excluded.split, uplink_mbps = excluded.uplink_mbps, sold = excluded.sold, pons = excluded.pons`,
    [oltIp, technology, split, uplinkMbps ?? null, sold === undefined ? null : JSON.stringify(sold), JSON.stringify(pons)],
  );
}
export async function deleteOltCapacity(on: Queryable, oltIp: string): Promise<boolean> {
  return (await on.query(`DELETE FROM olt_capacity WHERE tenant = 'main' AND olt_ip = $1 RETURNING olt_ip`, [oltIp])).rows.length > 0;
}

/** The line a drop hangs on, as it stands now; null when nothing is known of its OLT. A port that others hold counts as taken. */
async function lineOf(on: Queryable, { fibreId, oltIp, frame, slot, port }: DropRow, now: Instant): Promise<LineFacts | null> {
  const { rows } = await on.query(
    `SELECT c.*, count(d.fibre_id) FILTER (WHERE (d.frame, d.slot, d.port) = ($3::integer, $4::integer, $5::integer))::integer AS here, count(d.fibre_id)::integer AS everywhere
     FROM olt_capacity c LEFT JOIN fibre_drop d ON d.tenant = c.tenant AND d.olt_ip = c.olt_ip AND d.fibre_id <> $2 AND (d.sn <> '' OR d.hold_until > $6::timestamptz)
     WHERE c.tenant = 'main' AND c.olt_ip = $1 GROUP BY c.tenant, c.olt_ip`,
    [oltIp, fibreId, frame, slot, port, now],
  );
  const row = rows[0] as unknown as (Row & { here: number; everywhere: number }) | undefined;
  if (!row) return null;
  const own = row.pons.find((one) => one.frame === frame && one.slot === slot && one.port === port);
  return {
    technology: own?.technology ?? row.technology, split: own?.split ?? row.split, taken: row.here, ...(own?.sold ? { sold: own.sold } : {}),
    ...(row.uplink_mbps === null ? {} : { uplink: { mbps: row.uplink_mbps, taken: row.everywhere, ...(row.sold === null ? {} : { sold: row.sold }) } }),
  };
}

/** The fastest that may be offered on a drop as things stand. */
export async function speedOf(on: Queryable, drop: DropRow, now: Instant, policy: SpeedPolicy): Promise<MaxSpeed> {
  return maxSpeed({ ownMaxDownMbps: drop.maxDownMbps, line: await lineOf(on, drop, now) }, policy);
}
