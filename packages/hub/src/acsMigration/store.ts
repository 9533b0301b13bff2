import { acsMigration, type AcsMigration, type AcsMigrationEvent, type AcsMigrationPolicy, type AcsOlt, type AcsTarget, type AcsWave, type Instant } from '../../../../core/src/index.ts';
import type { Db, Queryable } from '../../../journal/src/index.ts';
import type { AcsRunStatus } from './api.ts';
import type { DeviceRef, OldFacts, Root } from './ports.ts';

const TENANT = 'main';
export interface RunRow { readonly runId: string; readonly status: AcsRunStatus; readonly because: string; readonly target: AcsTarget; readonly policy: AcsMigrationPolicy; readonly epoch: number; readonly request: string; readonly startedAt: Instant }
export interface DeviceRow extends DeviceRef { readonly oui: string; readonly productClass: string; readonly olt: string; readonly wave: number | null; readonly state: AcsMigration; readonly changedAt: Instant }
interface RunRaw { run_id: string; status: AcsRunStatus; because: string; target: AcsTarget; policy: AcsMigrationPolicy; epoch: number; request: string; started_at: Date }
interface DeviceRaw { device_id: string; serial: string; oui: string; product_class: string; root: Root; olt: string; wave: number | null; state: AcsMigration; changed_at: Date }
interface WaveRaw { olt: string; wave: number; step: number; size: number; started_at: Date; closed_at: Date | null; admitted: number; open: number; bad: number }

const runOf = ({ run_id: runId, started_at: at, status, because, target, policy, epoch, request }: RunRaw): RunRow => ({ runId, status, because, target, policy, epoch, request, startedAt: at.toISOString() });
const deviceOf = ({ device_id: deviceId, product_class: productClass, changed_at: at, serial, oui, root, olt, wave, state }: DeviceRaw): DeviceRow => ({ deviceId, serial, oui, productClass, root, olt, wave, state, changedAt: at.toISOString() });
const RUN = 'tenant = $1 AND run_id = $2';
/** What is worth keeping: looks that found nothing new are not. */
const told = ({ type, because }: AcsMigrationEvent): boolean => type !== 'postponed' && !(type === 'begun' && /^(locate|confirm|verify) /.test(because));

/** Rows of migrations. Every change of a device is one statement with its state, under its row lock. @example const store = migrationStore(db); await store.active(); */
export function migrationStore(db: Db) {
  const one = async (on: Queryable, runId: string, lock = false): Promise<RunRow | undefined> => (await on.query<RunRaw>(`SELECT * FROM acs_migration_run WHERE ${RUN}${lock ? ' FOR UPDATE' : ''}`, [TENANT, runId])).rows.map(runOf)[0];
  async function save(on: Queryable, runId: string, deviceId: string, state: AcsMigration, events: readonly AcsMigrationEvent[], now: Instant): Promise<void> {
    await on.query(
      `UPDATE acs_migration_device SET state = $4::jsonb, stage = $5, counts = $6, busy = $7, wake_at = $8::timestamptz, changed_at = CASE WHEN stage <> $5 THEN $9::timestamptz ELSE changed_at END, wave = CASE WHEN $10::boolean THEN NULL ELSE wave END WHERE ${RUN} AND device_id = $3`,
      [TENANT, runId, deviceId, JSON.stringify(state), state.stage, acsMigration.countsAs(state), state.activity?.busy ?? false, acsMigration.wakeAt(state), now, events.some(({ type, set }) => type === 'requeued' && set.wave === null)],
    );
    const kept = events.filter(told);
    if (kept.length > 0) await on.query(`INSERT INTO acs_migration_event (tenant, run_id, device_id, at, type, because) SELECT $1, $2, $3, * FROM unnest($4::timestamptz[], $5::text[], $6::text[])`, [TENANT, runId, deviceId, kept.map(({ at }) => at), kept.map(({ type }) => type), kept.map(({ because }) => because.slice(0, 300))]);
  }
  return {
    db,
    one: (runId: string, on: Queryable = db, lock = false) => one(on, runId, lock),
    list: async (): Promise<readonly RunRow[]> => (await db.query<RunRaw>('SELECT * FROM acs_migration_run WHERE tenant = $1 ORDER BY started_at DESC LIMIT 100', [TENANT])).rows.map(runOf),
    /** Runs with something to do: new waves, or devices that are followed. */
    busy: async (): Promise<readonly RunRow[]> => (await db.query<RunRaw>(`SELECT r.* FROM acs_migration_run r WHERE r.tenant = $1 AND (r.status = 'running' OR EXISTS (SELECT 1 FROM acs_migration_device d WHERE d.tenant = r.tenant AND d.run_id = r.run_id AND d.wake_at IS NOT NULL)) ORDER BY r.started_at`, [TENANT])).rows.map(runOf),
    other: async (on: Queryable, runId: string): Promise<string | undefined> => (await on.query<{ run_id: string }>(`SELECT run_id FROM acs_migration_run WHERE tenant = $1 AND run_id <> $2 AND status IN ('running', 'paused', 'stopped')`, [TENANT, runId])).rows[0]?.run_id,
    async create(on: Queryable, run: Omit<RunRow, 'epoch' | 'status' | 'because'>, devices: readonly { readonly facts: OldFacts; readonly olt: string; readonly state: AcsMigration }[]): Promise<void> {
      await on.query(`INSERT INTO acs_migration_run (tenant, run_id, status, because, target, policy, request, started_at) VALUES ($1, $2, 'running', 'started', $3::jsonb, $4::jsonb, $5, $6::timestamptz)`, [TENANT, run.runId, JSON.stringify(run.target), JSON.stringify(run.policy), run.request, run.startedAt]);
      for (let from = 0; from < devices.length; from += 1_000) {
        const rows = devices.slice(from, from + 1_000).map(({ facts, olt, state }, index) => ({ device_id: facts.deviceId, serial: facts.serial, oui: facts.oui, product_class: facts.productClass, root: facts.root, olt, position: from + index, state, stage: state.stage, counts: acsMigration.countsAs(state) }));
        await on.query(
          `INSERT INTO acs_migration_device (tenant, run_id, device_id, serial, oui, product_class, root, olt, position, state, stage, counts, busy, changed_at)
           SELECT $1, $2, r.device_id, r.serial, r.oui, r.product_class, r.root, r.olt, r.position, r.state, r.stage, r.counts, false, $4::timestamptz
           FROM jsonb_to_recordset($3::jsonb) AS r(device_id text, serial text, oui text, product_class text, root text, olt text, position integer, state jsonb, stage text, counts text)`,
          [TENANT, run.runId, JSON.stringify(rows), run.startedAt],
        );
      }
    },
    setStatus: (on: Queryable, runId: string, status: AcsRunStatus, because: string, nextEpoch = false) => on.query(`UPDATE acs_migration_run SET status = $3, because = $4, epoch = epoch + $5 WHERE ${RUN}`, [TENANT, runId, status, because.slice(0, 300), nextEpoch ? 1 : 0]),

    /** The row and its lock, for one change. */
    device: async (on: Queryable, runId: string, deviceId: string): Promise<DeviceRow | undefined> => (await on.query<DeviceRaw>(`SELECT * FROM acs_migration_device WHERE ${RUN} AND device_id = $3 FOR UPDATE`, [TENANT, runId, deviceId])).rows.map(deviceOf)[0],
    save,
    due: async (runId: string, now: Instant, limit: number): Promise<readonly string[]> => (await db.query<{ device_id: string }>(`SELECT device_id FROM acs_migration_device WHERE ${RUN} AND wake_at <= $3::timestamptz ORDER BY wake_at, position LIMIT $4`, [TENANT, runId, now, limit])).rows.map((row) => row.device_id),
    inFlight: async (): Promise<readonly { readonly runId: string; readonly deviceId: string }[]> => (await db.query<{ run_id: string; device_id: string }>('SELECT run_id, device_id FROM acs_migration_device WHERE tenant = $1 AND busy', [TENANT])).rows.map((row) => ({ runId: row.run_id, deviceId: row.device_id })),
    idsOf: async (runId: string, filter: { readonly stages?: readonly string[]; readonly serials?: readonly string[]; readonly openWaves?: boolean } = {}): Promise<readonly { readonly deviceId: string; readonly serial: string }[]> =>
      (await db.query<{ device_id: string; serial: string }>(
        `SELECT d.device_id, d.serial FROM acs_migration_device d WHERE d.tenant = $1 AND d.run_id = $2 AND ($3::text[] IS NULL OR d.stage = ANY($3)) AND ($4::text[] IS NULL OR d.serial = ANY($4))
         AND (NOT $5::boolean OR EXISTS (SELECT 1 FROM acs_migration_wave w WHERE w.tenant = d.tenant AND w.run_id = d.run_id AND w.wave = d.wave AND w.closed_at IS NULL)) ORDER BY d.position`,
        [TENANT, runId, filter.stages ?? null, filter.serials ?? null, filter.openWaves ?? false],
      )).rows.map((row) => ({ deviceId: row.device_id, serial: row.serial })),

    /** What the rule of the waves looks at. */
    async olts({ runId, epoch }: Pick<RunRow, 'runId' | 'epoch'>): Promise<readonly AcsOlt[]> {
      const waves = await this.waves(runId, epoch);
      const { rows } = await db.query<{ olt: string; waiting: number }>(`SELECT olt, count(*) FILTER (WHERE wave IS NULL AND counts = 'waiting')::integer AS waiting FROM acs_migration_device WHERE ${RUN} GROUP BY olt ORDER BY olt`, [TENANT, runId]);
      return rows.map(({ olt, waiting }) => ({ olt, waiting, last: waves.filter((wave) => wave.olt === olt).at(-1) ?? null }));
    },
    async waves(runId: string, epoch: number | null = null): Promise<readonly AcsWave[]> {
      const { rows } = await db.query<WaveRaw>(
        `SELECT w.*, count(d.device_id) FILTER (WHERE d.counts <> 'waiting')::integer AS admitted, count(d.device_id) FILTER (WHERE d.counts = 'open')::integer AS open, count(d.device_id) FILTER (WHERE d.counts = 'bad')::integer AS bad
         FROM acs_migration_wave w LEFT JOIN acs_migration_device d ON d.tenant = w.tenant AND d.run_id = w.run_id AND d.wave = w.wave WHERE w.tenant = $1 AND w.run_id = $2 AND ($3::integer IS NULL OR w.epoch = $3) GROUP BY w.tenant, w.run_id, w.wave ORDER BY w.wave`,
        [TENANT, runId, epoch],
      );
      return rows.map(({ started_at: from, closed_at: to, olt, wave, step, size, admitted, open, bad }) => ({ olt, wave, step, size, startedAt: from.toISOString(), closedAt: to?.toISOString() ?? null, admitted, open, bad }));
    },
    /** Opens a wave and sets its devices aside. */
    async openWave(on: Queryable, { runId, epoch }: Pick<RunRow, 'runId' | 'epoch'>, olt: string, step: number, size: number, now: Instant): Promise<number> {
      const { rows } = await on.query<{ wave: number }>(`INSERT INTO acs_migration_wave (tenant, run_id, wave, epoch, olt, step, size, started_at) SELECT $1, $2, coalesce(max(wave), 0) + 1, $3, $4, $5, $6, $7::timestamptz FROM acs_migration_wave WHERE ${RUN} RETURNING wave`, [TENANT, runId, epoch, olt, step, size, now]);
      const wave = rows[0]!.wave;
      await on.query(`UPDATE acs_migration_device SET wave = $4 WHERE ${RUN} AND device_id IN (SELECT device_id FROM acs_migration_device WHERE ${RUN} AND olt = $3 AND wave IS NULL AND counts = 'waiting' ORDER BY position LIMIT $5)`, [TENANT, runId, olt, wave, size]);
      return wave;
    },
    /** Closes waves; what was set aside and not begun goes back to the queue. */
    async closeWaves(on: Queryable, runId: string, now: Instant, wave: number | null = null): Promise<void> {
      await on.query(`UPDATE acs_migration_wave SET closed_at = $3::timestamptz WHERE ${RUN} AND closed_at IS NULL AND ($4::integer IS NULL OR wave = $4)`, [TENANT, runId, now, wave]);
      await on.query(`UPDATE acs_migration_device SET wave = NULL WHERE ${RUN} AND counts = 'waiting' AND ($3::integer IS NULL OR wave = $3)`, [TENANT, runId, wave]);
    },
    reserved: async (runId: string, wave: number, limit: number): Promise<readonly string[]> => (await db.query<{ device_id: string }>(`SELECT device_id FROM acs_migration_device WHERE ${RUN} AND wave = $3 AND counts = 'waiting' ORDER BY position LIMIT $4`, [TENANT, runId, wave, limit])).rows.map((row) => row.device_id),
    tally: async (runId: string): Promise<readonly { readonly olt: string; readonly stage: string; readonly devices: number }[]> => (await db.query<{ olt: string; stage: string; devices: number }>(`SELECT olt, stage, count(*)::integer AS devices FROM acs_migration_device WHERE ${RUN} GROUP BY olt, stage ORDER BY olt, stage`, [TENANT, runId])).rows,
    page: async (runId: string, filter: { readonly stage?: string; readonly olt?: string; readonly after?: string; readonly limit: number }): Promise<readonly DeviceRow[]> =>
      (await db.query<DeviceRaw>(`SELECT * FROM acs_migration_device WHERE ${RUN} AND ($3::text IS NULL OR stage = $3) AND ($4::text IS NULL OR olt = $4) AND ($5::text IS NULL OR device_id > $5) ORDER BY device_id LIMIT $6`, [TENANT, runId, filter.stage ?? null, filter.olt ?? null, filter.after ?? null, filter.limit])).rows.map(deviceOf),
    history: async (runId: string, deviceId: string) => (await db.query<{ at: Date; type: string; because: string }>(`SELECT at, type, because FROM acs_migration_event WHERE ${RUN} AND device_id = $3 ORDER BY id`, [TENANT, runId, deviceId])).rows.map(({ at, type, because }) => ({ at: at.toISOString(), type, because })),
  };
}
export type MigrationStore = ReturnType<typeof migrationStore>;
