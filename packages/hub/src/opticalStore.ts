import { ontSerial, type Clock, type Instant } from '../../../core/src/index.ts';
import type { Db } from '../../journal/src/index.ts';
import { opticalTrend, type OpticalPolicy, type OpticalReading, type OpticalTrend } from '../../voltha/src/index.ts';
import type { LastLight, OpticalHistory } from './api.ts';

const TENANT = 'main';
const DAY_MS = 86_400_000;
interface Row { readonly serial: string; readonly at: string; readonly rx: number | null; readonly tx: number | null; readonly olt_rx: number | null; readonly verdict: LastLight['verdict'] }

/** One spelling per ONT in the tables: as its label shows it. */
export const keyOf = (serial: string): string => {
  const read = ontSerial(serial);
  return read.type === 'accepted' ? read.value.label : serial.toUpperCase();
};

/**
 * Light as it was measured, per ONU, thinned by the policy: all of it for some days, then the weakest of each day, and the first samples
 * for good, since they are the ONU's own normal.
 * @example await opticalStore(db, clock, defaultOpticalPolicy).record([reading])
 */
export function opticalStore(db: Db, clock: Clock, policy: OpticalPolicy) {
  const { baselineSamples } = policy.trend;
  const select = `SELECT serial, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, rx, tx, olt_rx, verdict FROM optical_sample WHERE tenant = $1 AND serial = ANY($2::text[])`;
  const trendOf = (rows: readonly Row[]): OpticalTrend => opticalTrend(rows.map(({ at, rx, olt_rx }) => ({ at, rxPowerDbm: rx, oltRxPowerDbm: olt_rx })), policy);

  return {
    policy,

    /** Keeps readings under one instant and forgets what the policy no longer keeps of these ONUs. */
    async record(readings: readonly OpticalReading[]): Promise<Instant> {
      const at = clock.now();
      const cut = (days: number): Instant => new Date(Date.parse(at) - days * DAY_MS).toISOString();
      const column = (of: (one: OpticalReading) => unknown) => readings.map(of);
      const serials = column((one) => keyOf(one.serial));
      await db.transaction(async (tx) => {
        await tx.query(
          `INSERT INTO optical_sample (tenant, serial, at, olt, pon, rx, tx, olt_rx, verdict)
           SELECT $1, s.serial, $2::timestamptz, s.olt, s.pon, s.rx, s.tx, s.olt_rx, s.verdict
           FROM unnest($3::text[], $4::text[], $5::int[], $6::float8[], $7::float8[], $8::float8[], $9::text[]) AS s (serial, olt, pon, rx, tx, olt_rx, verdict)
           ON CONFLICT (tenant, serial, at) DO UPDATE SET rx = excluded.rx, tx = excluded.tx, olt_rx = excluded.olt_rx, verdict = excluded.verdict`,
          [TENANT, at, serials, column((one) => one.oltDeviceId), column((one) => one.ponPort), column((one) => one.rxPowerDbm), column((one) => one.txPowerDbm), column((one) => one.oltRxPowerDbm), column((one) => one.verdict)],
        );
        await tx.query(
          `DELETE FROM optical_sample gone USING (
             SELECT serial, at, rx IS NOT NULL AND count(rx) OVER first <= $3 OR olt_rx IS NOT NULL AND count(olt_rx) OVER first <= $3 AS baseline,
               row_number() OVER (PARTITION BY serial, (at AT TIME ZONE 'UTC')::date ORDER BY least(rx, olt_rx) NULLS LAST, at) AS of_day
             FROM optical_sample WHERE tenant = $1 AND serial = ANY($2::text[]) WINDOW first AS (PARTITION BY serial ORDER BY at)) kept
           WHERE gone.tenant = $1 AND gone.serial = kept.serial AND gone.at = kept.at AND NOT kept.baseline AND (gone.at < $5::timestamptz OR (gone.at < $4::timestamptz AND kept.of_day > 1))`,
          [TENANT, serials, baselineSamples, cut(policy.retention.keepAllDays), cut(policy.retention.keepDailyDays)],
        );
      });
      return at;
    },

    /** The trend of each of these ONUs, by its key. */
    async trends(serials: readonly string[]): Promise<ReadonlyMap<string, OpticalTrend>> {
      const { rows } = await db.query<Row>(`${select} ORDER BY at`, [TENANT, serials.map(keyOf)]);
      const bySerial = new Map<string, Row[]>(serials.map((serial) => [keyOf(serial), []]));
      for (const row of rows) bySerial.get(row.serial)?.push(row);
      return new Map([...bySerial].map(([serial, mine]) => [serial, trendOf(mine)]));
    },

    /** The latest samples, oldest first, and the trend of all that is kept. */
    async history(serial: string, { from, limit = 500 }: { readonly from?: string; readonly limit?: number } = {}): Promise<Omit<OpticalHistory, 'type'>> {
      const { rows } = await db.query<Row>(`${select} ORDER BY at`, [TENANT, [keyOf(serial)]]);
      const samples = rows.filter((row) => from === undefined || Date.parse(row.at) >= Date.parse(from)).slice(-limit);
      return { serial: keyOf(serial), samples: samples.map(({ at, rx, tx, olt_rx, verdict }) => ({ at, rxPowerDbm: rx, txPowerDbm: tx, oltRxPowerDbm: olt_rx, verdict })), ...trendOf(rows) };
    },

    /** The last sample of each of these ONUs, by its key. */
    async last(serials: readonly string[]): Promise<ReadonlyMap<string, LastLight>> {
      const { rows } = await db.query<Row>(`SELECT DISTINCT ON (serial) ${select.slice('SELECT '.length)} ORDER BY serial, optical_sample.at DESC`, [TENANT, serials.map(keyOf)]);
      return new Map(rows.map(({ serial, at, rx, olt_rx, verdict }) => [serial, { at, rxPowerDbm: rx, oltRxPowerDbm: olt_rx, verdict }]));
    },

    /** Forgets an ONU's samples: after a repair its normal is another one. */
    async forget(serial: string): Promise<number> {
      return (await db.query('DELETE FROM optical_sample WHERE tenant = $1 AND serial = $2', [TENANT, keyOf(serial)])).rowCount;
    },
  };
}
export type OpticalStore = ReturnType<typeof opticalStore>;
