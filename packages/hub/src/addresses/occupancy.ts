import type { Queryable } from '../../../journal/src/index.ts';
import type { Occupancy, OccupancyTable } from '../apiAddresses.ts';

/** How full the network is, per location, as the operator's own table has it (S1-027…033). A location is an OLT's name without its number. */
export async function occupancyTable(on: Queryable): Promise<OccupancyTable> {
  const { rows } = await on.query(
    `SELECT regexp_replace(olt_name, '\\s+\\d+$', '') AS location, array_agg(DISTINCT olt_ip) AS olt_ips, count(*)::integer AS total, count(*) FILTER (WHERE sn <> '')::integer AS connected,
       count(*) FILTER (WHERE sn = '' AND box_missing)::integer AS box_missing, count(*) FILTER (WHERE sn = '' AND hold_until IS NOT NULL)::integer AS held
     FROM fibre_drop WHERE tenant = 'main' GROUP BY 1 ORDER BY total DESC, 1`,
  );
  const table = rows.map((row): Occupancy => ({
    location: row['location'] as string, oltIps: (row['olt_ips'] as string[]).sort(), total: row['total'] as number, connected: row['connected'] as number, boxMissing: row['box_missing'] as number, held: row['held'] as number, available: (row['total'] as number) - (row['connected'] as number),
  }));
  const sum = (of: 'total' | 'connected' | 'boxMissing' | 'held' | 'available'): number => table.reduce((all, one) => all + one[of], 0);
  return { rows: table, totals: { total: sum('total'), connected: sum('connected'), boxMissing: sum('boxMissing'), held: sum('held'), available: sum('available'), locations: table.length, olts: new Set(table.flatMap(({ oltIps }) => oltIps)).size } };
}
