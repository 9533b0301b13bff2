import { createHash } from 'node:crypto';
import { refuse, type AcsMigrationPlan, type AcsStage, type AcsTarget, type Clock, type Refused } from '../../../../core/src/index.ts';
import type { AcsMigrationMoved, AcsMigrationPlanned, AcsMigrationReport, AcsMigrationRequest, AcsMigrationRun, ResumeAcsMigration, RollBackAcsMigration, StartAcsMigration } from './api.ts';
import type { MigrationJob } from './job.ts';
import { firstState, planned, readPolicy, runProblems, takeInventory } from './plan.ts';
import type { NewAcs, OldAcs } from './ports.ts';
import { csvOf, shownDevice } from './report.ts';
import type { MigrationStore, RunRow } from './store.ts';

export type MigrationRefusal = Refused<'badInput' | 'runUnknown' | 'runActive' | 'runConflict' | 'presetWrites' | 'nothingToMove' | 'notExpected' | 'serialUnknown'>;
const STAGES: readonly AcsStage[] = ['inventory', 'preflight', 'blocked', 'prepared', 'switched', 'seen', 'verified', 'archived', 'unseen', 'failed', 'rolledBack'];
const PAGE = 1_000;

interface Parts { readonly store: MigrationStore; readonly job: MigrationJob; readonly old: OldAcs; readonly next: NewAcs; readonly clock: Clock; readonly target: AcsTarget }

/** What may be asked of migrations; a no is a value. @example const service = migrationService({ store, job, old, next, clock, target }); await service.plan({}); */
export function migrationService({ store, job, old, next, clock, target }: Parts) {
  const unknown = (runId: string): MigrationRefusal => refuse('runUnknown', `There is no migration ${runId}.`, { path: 'runId', hint: 'List the runs.' });
  const plan = (runId: string, policy: RunRow['policy'], halted = false): AcsMigrationPlan => ({ runId, target, policy, halted });
  const requestOf = (body: StartAcsMigration): string => createHash('sha256').update(JSON.stringify([body.tag, body.productClass, body.olts, body.serials, body.oltOf, body.policy])).digest('hex');

  async function view(run: RunRow): Promise<AcsMigrationRun> {
    const tally = await store.tally(run.runId);
    const sum = (rows: typeof tally) => Object.fromEntries(rows.map(({ stage, devices }) => [stage, devices]));
    const stages = Object.fromEntries(STAGES.map((stage) => [stage, tally.filter((row) => row.stage === stage).reduce((all, { devices }) => all + devices, 0)])) as Record<AcsStage, number>;
    const failed = await store.page(run.runId, { stage: 'failed', limit: 100 });
    return {
      type: 'acsMigration', runId: run.runId, status: run.status, because: run.because, startedAt: run.startedAt, target: run.target.url, devices: tally.reduce((all, { devices }) => all + devices, 0), stages,
      olts: [...new Set(tally.map(({ olt }) => olt))].map((olt) => ({ olt, devices: tally.filter((row) => row.olt === olt).reduce((all, { devices }) => all + devices, 0), stages: sum(tally.filter((row) => row.olt === olt)) })),
      waves: (await store.waves(run.runId)).map(({ olt, wave, size, startedAt, closedAt, admitted, open, bad }) => ({ olt, wave, size, startedAt, closedAt, admitted, open, bad })),
      failed: failed.map(shownDevice).map(({ deviceId, serial, code, message, hint }) => ({ deviceId, serial, code: code ?? '', message: message ?? '', hint: hint ?? '' })),
    };
  }

  async function move(runId: string, from: readonly RunRow['status'][], to: RunRow['status'], because: string, nextEpoch: boolean): Promise<MigrationRefusal | RunRow> {
    return store.db.transaction(async (tx) => {
      const run = await store.one(runId, tx, true);
      if (!run) return unknown(runId);
      if (!from.includes(run.status)) return refuse('notExpected', `The run is ${run.status}.`, { path: 'runId', hint: `This is for runs that are ${from.join(' or ')}.` });
      if (nextEpoch) await store.closeWaves(tx, runId, clock.now());
      await store.setStatus(tx, runId, to, because, nextEpoch);
      await job.announce(runId, to === 'running' ? 'resumed' : to, `${to}:${clock.now()}`, { because }, tx);
      return { ...run, status: to, because };
    });
  }

  return {
    /** A dry run: reads both ACSes, writes nothing anywhere. */
    async plan(body: AcsMigrationRequest): Promise<AcsMigrationPlanned | MigrationRefusal> {
      const policy = readPolicy(body.policy);
      if (policy.type === 'refused') return policy;
      const now = clock.now();
      return planned(await takeInventory(store.db, old, next, body, plan('plan', policy.value), now), await runProblems(old, policy.value.tag), policy.value, now);
    },

    async start(body: StartAcsMigration): Promise<AcsMigrationRun | MigrationRefusal> {
      const policy = readPolicy(body.policy);
      if (policy.type === 'refused') return policy;
      const again = await store.one(body.runId);
      const request = requestOf(body);
      if (again) return again.request === request ? { ...(await view(again)), repeated: true } : refuse('runConflict', `Migration ${body.runId} was started with another scope or policy.`, { path: 'runId', hint: 'Choose another id, or look at the run.' });
      const active = await store.other(store.db, body.runId);
      if (active !== undefined) return refuse('runActive', `Migration ${active} is not finished.`, { path: 'runId', hint: 'Finish it or roll it back first; two runs would not know of one another.' });
      const { problems } = await runProblems(old, policy.value.tag);
      if (problems[0]) return refuse('presetWrites', problems[0].message, { hint: problems[0].hint, facts: { problems: problems.map(({ code, message, hint }) => ({ code, message, hint })) } });
      const now = clock.now();
      const inventory = await takeInventory(store.db, old, next, body, plan(body.runId, policy.value), now);
      if (!inventory.some((one) => one.problems.length === 0)) return refuse('nothingToMove', 'No device in scope may be moved.', { hint: 'Read the plan: it says why for each.' });
      await store.db.transaction(async (tx) => {
        await store.create(tx, { runId: body.runId, target, policy: policy.value, request, startedAt: now }, inventory.map((one) => ({ facts: one.facts, olt: one.olt, state: firstState(one, plan(body.runId, policy.value), now) })));
        await job.announce(body.runId, 'started', 'started', { devices: inventory.length }, tx);
      });
      return view((await store.one(body.runId))!);
    },

    async get(runId: string): Promise<AcsMigrationRun | MigrationRefusal> {
      const run = await store.one(runId);
      return run ? view(run) : unknown(runId);
    },
    list: async () => Promise.all((await store.list()).map(view)),

    async pause(runId: string, because = 'by hand'): Promise<AcsMigrationRun | MigrationRefusal> {
      const moved = await move(runId, ['running'], 'paused', because, false);
      return 'type' in moved ? moved : view(moved);
    },

    /** After a stop the ladder begins anew: what was not switched goes back to the queue, and the first wave is small and alone. */
    async resume(runId: string, { because = 'by hand', requeue = [] }: ResumeAcsMigration): Promise<AcsMigrationRun | MigrationRefusal> {
      const before = await store.one(runId);
      if (!before) return unknown(runId);
      const stopped = before.status === 'stopped';
      if (!['paused', 'stopped', ...(requeue.length > 0 ? ['finished'] : [])].includes(before.status)) return refuse('notExpected', `The run is ${before.status}.`, { path: 'runId', hint: 'Only a paused or stopped run resumes; a finished one when devices are to be tried again.' });
      const active = await store.other(store.db, runId);
      if (active !== undefined) return refuse('runActive', `Migration ${active} is not finished.`, { path: 'runId', hint: 'Finish it first.' });
      const again = [...(stopped ? await store.idsOf(runId, { stages: ['inventory', 'preflight', 'prepared'], openWaves: true }) : []), ...(requeue.length > 0 ? await store.idsOf(runId, { stages: requeue }) : [])];
      for (const { deviceId } of again) await job.order(runId, deviceId, { type: 'requeue', by: because });
      const moved = await move(runId, ['paused', 'stopped', 'finished'], 'running', because, stopped || before.status === 'finished');
      return 'type' in moved ? moved : view(moved);
    },

    /** One device, several, or the whole run: only what was written is undone, only what may have been switched is switched back. */
    async rollBack(runId: string, { because, serials }: RollBackAcsMigration, by: string): Promise<AcsMigrationMoved | MigrationRefusal> {
      const run = await store.one(runId);
      if (!run) return unknown(runId);
      const devices = await store.idsOf(runId, serials ? { serials } : {});
      const missing = serials?.find((serial) => !devices.some((one) => one.serial === serial));
      if (missing !== undefined) return refuse('serialUnknown', 'A serial number is not part of this migration.', { path: `serials[${serials!.indexOf(missing)}]`, hint: 'Read the report.' });
      // First nothing new may begin.
      if (!serials && run.status !== 'rolledBack') await move(runId, ['running', 'paused', 'stopped', 'finished'], 'rolledBack', because, false);
      const refused: { serial: string; code: string; message: string }[] = [];
      for (const { deviceId, serial } of devices) {
        const no = await job.order(runId, deviceId, { type: 'rollBack', by, because });
        if (no) refused.push({ serial, code: no.code, message: no.message });
      }
      const counted = serials ? refused : refused.filter(({ code }) => code !== 'nothingToRollBack');
      return { type: 'acsMigrationRollback', runId, asked: devices.length - refused.length, refused: counted };
    },

    async report(runId: string, { stage, olt, after, limit = PAGE }: { readonly stage?: string; readonly olt?: string; readonly after?: string; readonly limit?: number }): Promise<AcsMigrationReport | MigrationRefusal> {
      if (!(await store.one(runId))) return unknown(runId);
      const devices = (await store.page(runId, { limit, ...(stage ? { stage } : {}), ...(olt ? { olt } : {}), ...(after ? { after } : {}) })).map(shownDevice);
      return { type: 'acsMigrationReport', runId, devices, next: devices.length === limit ? devices.at(-1)!.deviceId : null };
    },
    /** The whole report as CSV. */
    async csv(runId: string, filter: { readonly stage?: string; readonly olt?: string }): Promise<string | MigrationRefusal> {
      let text = csvOf([]);
      for (let after: string | undefined; ; ) {
        const page = await this.report(runId, { ...filter, limit: PAGE, ...(after === undefined ? {} : { after }) });
        if (page.type === 'refused') return page;
        text += csvOf(page.devices, false);
        if (page.next === null) return text;
        after = page.next;
      }
    },
    /** What was done to one device, and when. */
    async history(runId: string, deviceId: string) {
      return (await store.one(runId)) ? { type: 'acsMigrationHistory' as const, runId, deviceId, events: await store.history(runId, deviceId) } : unknown(runId);
    },
  };
}
export type MigrationService = ReturnType<typeof migrationService>;
