import { usageByDay, type Clock, type CounterSample, type Decision, type Instant, type UsageOfDays } from '../../../core/src/index.ts';
import type { Queryable } from './database.ts';
import type { RadiusStore } from './store.ts';

/** Where samples of session counters are kept: a PostgreSQL of the caller's own, not FreeRADIUS's. */
export const usageSampleSchema = `
CREATE TABLE IF NOT EXISTS radius_usage_sample (
  session text NOT NULL,
  at timestamptz NOT NULL,
  username text NOT NULL,
  upload_octets numeric(20) NOT NULL,
  download_octets numeric(20) NOT NULL,
  PRIMARY KEY (session, at)
);
CREATE INDEX IF NOT EXISTS radius_usage_sample_user ON radius_usage_sample (username, at);
CREATE INDEX IF NOT EXISTS radius_usage_sample_at ON radius_usage_sample (at);
`;
export interface SamplesTaken {
  readonly sessions: number;
  /** New ones; a session that was silent since the last time gives none. */
  readonly samples: number;
}
const DAY_MS = 86_400_000;

/**
 * FreeRADIUS keeps one running total per session, so traffic by day needs what it was at each moment. Call `take` as often as a day's border
 * matters, every hour say; what is kept goes `keepDays` back.
 * @example await usageSamples(db, clock).take(store)
 */
export function usageSamples(db: Queryable, clock: Clock, keepDays = 400) {
  /** Reads the counters of every session heard of since the last time. */
  async function take(store: Pick<RadiusStore, 'counters'>): Promise<SamplesTaken> {
    const { rows } = await db.query<{ at: string | null }>(`SELECT to_char(max(at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at FROM radius_usage_sample`);
    // A report that was written late bears an earlier time.
    const since = new Date(Date.parse(rows[0]?.at ?? new Date(Date.parse(clock.now()) - keepDays * DAY_MS).toISOString()) - 3_600_000).toISOString();
    let [sessions, samples, after] = [0, 0, '0'];
    for (;;) {
      const page = await store.counters(since, after);
      for (const one of page) {
        const zero = { ...one, at: one.startedAt, uploadOctets: '0', downloadOctets: '0' };
        for (const { session, at, username, uploadOctets, downloadOctets } of Date.parse(one.at) > Date.parse(one.startedAt) ? [zero, one] : [zero]) {
          samples += (await db.query('INSERT INTO radius_usage_sample (session, at, username, upload_octets, download_octets) VALUES ($1, $2::timestamptz, $3, $4::numeric, $5::numeric) ON CONFLICT DO NOTHING', [session, at, username, uploadOctets, downloadOctets])).rowCount;
        }
      }
      sessions += page.length;
      const last = page.at(-1);
      if (!last) break;
      after = last.id;
    }
    await db.query('DELETE FROM radius_usage_sample WHERE at < $1::timestamptz', [new Date(Date.parse(clock.now()) - keepDays * DAY_MS).toISOString()]);
    return { sessions, samples };
  }

  /** Traffic of one account by civil day of `zone`; `from` belongs to the period, `to` does not. */
  async function byDay(username: string, period: { readonly from: Instant; readonly to: Instant }, zone: string): Promise<Decision<UsageOfDays, 'badInput'>> {
    const iso = `to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at`;
    const { rows } = await db.query<CounterSample>(
      // The last sample before the period is where counting starts; the first after it ends what was under way.
      `SELECT session, ${iso}, upload_octets::text AS "uploadOctets", download_octets::text AS "downloadOctets" FROM radius_usage_sample s
        WHERE username = $1 AND at <= $3::timestamptz AND at >= coalesce((SELECT max(p.at) FROM radius_usage_sample p WHERE p.session = s.session AND p.at <= $2::timestamptz), $2::timestamptz)
        ORDER BY at`,
      [username, period.from, period.to],
    );
    return usageByDay(rows, period, zone);
  }
  return { take, byDay };
}
export type UsageSamples = ReturnType<typeof usageSamples>;
