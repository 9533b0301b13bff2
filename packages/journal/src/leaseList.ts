import type { Instant } from '../../../core/src/index.ts';
import type { Queryable } from './db.ts';
import { dropFromRow, type DropRow } from './drops.ts';
import type { Migration } from './migrations.ts';

export type LeaseState = 'held' | 'reserved' | 'expired';
/** A port with the order it is or was leased to. */
export interface ListedLease {
  readonly drop: DropRow;
  readonly state: LeaseState;
  readonly orderId: string;
  /** When the lease runs out, or ran out. */
  readonly until: Instant;
}
export interface LeaseFilter { readonly state?: LeaseState; readonly oltIp?: string; readonly after?: number; readonly limit?: number }

export const leaseListMigrations: readonly Migration[] = [{ name: 'lease-list-1', statements: [`CREATE INDEX event_port_expired ON event (tenant, at) WHERE type = 'port.expired'`] }];

/**
 * Leases in the order of their drops: held and reserved now, and those that ran out within a week and after which nothing happened to the
 * port. What ran out and is swept already is found in the log. An occupied port is no lease.
 * @example await listLeases(db, { state: 'expired', oltIp: '172.17.16.2' }, clock.now());
 */
export async function listLeases(on: Queryable, { state, oltIp, after = 0, limit = 100 }: LeaseFilter, now: Instant, tenant = 'main'): Promise<readonly ListedLease[]> {
  const { rows } = await on.query(
    `WITH gone AS (
       SELECT substring(e.stream FROM 6)::integer AS fibre_id, e.data->>'orderId' AS gone_order, e.at AS gone_at FROM event e
       WHERE e.tenant = $1 AND e.type = 'port.expired' AND e.at > $5::timestamptz - interval '7 days' AND coalesce($4::text, 'expired') = 'expired'
         AND NOT EXISTS (SELECT 1 FROM event later WHERE later.tenant = e.tenant AND later.stream = e.stream AND later.version > e.version)),
     leased AS (
       SELECT d.*, coalesce(d.hold_order, gone_order) AS lease_order, coalesce(d.hold_until, gone_at) AS lease_until,
         CASE WHEN d.hold_until > $5::timestamptz THEN CASE WHEN d.reserved THEN 'reserved' ELSE 'held' END ELSE 'expired' END AS lease_state
       FROM fibre_drop d LEFT JOIN gone USING (fibre_id)
       WHERE d.tenant = $1 AND d.sn = '' AND d.fibre_id > $2 AND ($3::text IS NULL OR d.olt_ip = $3) AND (d.hold_order IS NOT NULL OR gone_order IS NOT NULL))
     SELECT * FROM leased WHERE $4::text IS NULL OR lease_state = $4 ORDER BY fibre_id LIMIT $6`,
    [tenant, after, oltIp ?? null, state ?? null, now, limit],
  );
  return rows.map((row) => ({ drop: dropFromRow(row), state: row['lease_state'] as LeaseState, orderId: row['lease_order'] as string, until: (row['lease_until'] as Date).toISOString() }));
}
