import { createHmac } from 'node:crypto';
import type { Clock } from '../../../../core/src/index.ts';
import type { Db, Migration } from '../../../journal/src/index.ts';
import type { DemandKind, DemandRow } from '../apiAddresses.ts';
import { csvLine } from '../csvLine.ts';

/** How questions become money. */
export interface DemandPolicy { readonly version: string; readonly mrcMinor: number; readonly takeRatePpm: number; readonly waitingTakeRatePpm: number }
/** One in ten who ask, six in ten who leave their address; the price of the middle plan. An operator's own figures go in their place. */
export const defaultDemandPolicy: DemandPolicy = { version: 'demand/1', mrcMinor: 7995, takeRatePpm: 100_000, waitingTakeRatePpm: 600_000 };

export const demandMigrations: readonly Migration[] = [
  {
    name: 'demand-1',
    statements: [
      `CREATE TABLE demand (tenant text NOT NULL, municipality text NOT NULL, street text NOT NULL, kind text NOT NULL, day date NOT NULL, asked integer NOT NULL DEFAULT 0, waiting integer NOT NULL DEFAULT 0,
        latitude double precision, longitude double precision, PRIMARY KEY (tenant, municipality, street, kind, day))`,
    ],
  },
  // A mark is a keyed hash of the lead: who waits is counted once and cannot be read from it.
  { name: 'demand-2', statements: ['CREATE TABLE demand_mark (tenant text NOT NULL, mark text NOT NULL, PRIMARY KEY (tenant, mark))'] },
];
export interface Missed { readonly municipality: string; readonly street: string; readonly kind: DemandKind; readonly latitude: number | null; readonly longitude: number | null }
export interface DemandQuery { readonly by?: 'street' | 'municipality'; readonly from?: string; readonly to?: string; readonly limit?: number }

/**
 * Counts questions without service per street and day. The same caller asking for the same place again on the same day counts once; who
 * asked is forgotten with the day (a keyed hash in memory, never stored).
 */
export function demandLog(db: Db, clock: Clock, secret: string, policy: DemandPolicy = defaultDemandPolicy) {
  let day = '';
  let seen = new Set<string>();
  return {
    async note({ municipality, street, kind, latitude, longitude }: Missed, caller: string): Promise<void> {
      const today = clock.now().slice(0, 10);
      if (today !== day) { day = today; seen = new Set(); }
      const mark = createHmac('sha256', secret).update(`${today}|${caller}|${municipality}|${street}`).digest('base64url').slice(0, 16);
      if (seen.has(mark)) return;
      if (seen.size < 200_000) seen.add(mark);
      await db.query(
        `INSERT INTO demand AS d (tenant, municipality, street, kind, day, asked, waiting, latitude, longitude) VALUES ('main', $1, $2, $3, $4::date, 1, 0, $5, $6)
         ON CONFLICT (tenant, municipality, street, kind, day) DO UPDATE SET asked = d.asked + 1, latitude = coalesce(d.latitude, excluded.latitude), longitude = coalesce(d.longitude, excluded.longitude)`,
        // To the hundredth of a degree: a neighbourhood, not a house.
        [municipality.slice(0, 120), street.slice(0, 120), kind, today, latitude === null ? null : Math.round(latitude * 100) / 100, longitude === null ? null : Math.round(longitude * 100) / 100],
      );
    },
    /** A lead that left an address to be told: counted once, however often it is sent. Says whether it was new. */
    async wait({ municipality, street, kind }: Omit<Missed, 'latitude' | 'longitude'>, leadKey: string): Promise<boolean> {
      const mark = createHmac('sha256', secret).update(`waiting|${leadKey}`).digest('base64url').slice(0, 22);
      const { rows } = await db.query(
        `WITH fresh AS (INSERT INTO demand_mark (tenant, mark) VALUES ('main', $1) ON CONFLICT DO NOTHING RETURNING tenant)
         INSERT INTO demand AS d (tenant, municipality, street, kind, day, asked, waiting) SELECT tenant, $2, $3, $4, $5::date, 0, 1 FROM fresh
         ON CONFLICT (tenant, municipality, street, kind, day) DO UPDATE SET waiting = d.waiting + 1 RETURNING d.tenant`,
        [mark, municipality.slice(0, 120), street.slice(0, 120), kind, clock.now().slice(0, 10)],
      );
      return rows.length > 0;
    },
    async list({ by = 'street', from = '0001-01-01', to = '9999-12-31', limit = 1000 }: DemandQuery = {}): Promise<readonly DemandRow[]> {
      const street = by === 'street' ? 'street' : "''";
      const { rows } = await db.query(
        `SELECT municipality, street, sum(asked)::integer AS asked, sum(waiting)::integer AS waiting, jsonb_object_agg(kind, n) AS kinds, avg(latitude) AS latitude, avg(longitude) AS longitude, min(first)::text AS first, max(last)::text AS last
         FROM (SELECT municipality, ${street} AS street, kind, sum(asked) AS asked, sum(waiting) AS waiting, sum(asked + waiting) AS n, avg(latitude) AS latitude, avg(longitude) AS longitude, min(day) AS first, max(day) AS last
               FROM demand WHERE tenant = 'main' AND day BETWEEN $1::date AND $2::date GROUP BY 1, 2, 3) AS per_kind
         GROUP BY 1, 2 ORDER BY sum(waiting) * 6 + sum(asked) DESC, 1, 2 LIMIT $3`,
        [from, to, limit],
      );
      return rows.map((row): DemandRow => {
        const [asked, waiting] = [row['asked'] as number, row['waiting'] as number];
        return {
          municipality: row['municipality'] as string, street: row['street'] as string, asked, waiting, kinds: row['kinds'] as DemandRow['kinds'], latitude: row['latitude'] as number | null, longitude: row['longitude'] as number | null,
          firstOn: row['first'] as string, lastOn: row['last'] as string,
          expectedMrcMinor: Math.round((policy.mrcMinor * (asked * policy.takeRatePpm + waiting * policy.waitingTakeRatePpm)) / 1_000_000),
        };
      });
    },
  };
}
export type DemandLog = ReturnType<typeof demandLog>;

/** For a spreadsheet. */
export function demandCsv(rows: readonly DemandRow[]): string {
  return `municipality,street,asked,waiting,expected_mrc_minor,latitude,longitude,first_on,last_on\n${rows.map((r) => csvLine([r.municipality, r.street, r.asked, r.waiting, r.expectedMrcMinor, r.latitude, r.longitude, r.firstOn, r.lastOn])).join('\n')}\n`;
}
/** RFC 7946, for a map. */
export function demandGeoJson(rows: readonly DemandRow[]): object {
  return {
    type: 'FeatureCollection',
    features: rows.filter(({ latitude, longitude }) => latitude !== null && longitude !== null).map(({ latitude, longitude, ...properties }) => ({ type: 'Feature', geometry: { type: 'Point', coordinates: [longitude, latitude] }, properties })),
  };
}
