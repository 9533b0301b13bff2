import { acsMigration, acsMigrationWaves, type AcsMigrationCommand, type AcsMigrationPlan, type Clock } from '../../../../core/src/index.ts';
import type { Queryable } from '../../../journal/src/index.ts';
import type { Events } from '../deps.ts';
import { perform, type AcsActEffect, type Doer } from './perform.ts';
import { pool } from './pool.ts';
import type { NewAcs, NewSettings, OldAcs } from './ports.ts';
import type { MigrationStore, RunRow } from './store.ts';

export interface JobOptions {
  readonly store: MigrationStore;
  readonly clock: Clock;
  readonly events: Events;
  readonly old: OldAcs;
  readonly next: NewAcs;
  readonly settings: Omit<NewSettings, 'intervalSeconds' | 'connectionRequestUsername'>;
  readonly report: (line: string) => void;
}
const AT_ONCE = 200;
/** Calls to the new ACS' one lane; reads of its tables are not among them. */
const NEW_LANE: ReadonlySet<AcsActEffect['type']> = new Set<AcsActEffect['type']>(['verify', 'switchBack']);
const planOf = ({ runId, target, policy, status }: RunRow): AcsMigrationPlan => ({ runId, target, policy, halted: status === 'paused' || status === 'stopped' || status === 'rolledBack' });

/**
 * Drives runs: opens and feeds waves as the rule says, wakes devices that are due, carries effects out and writes down each intent before
 * and each outcome after. A device is in one hand at a time; a program that starts again first counts what its forerunner had in hand as
 * lost, and the lifecycle looks for it.
 * @example const job = migrationJob({ store, clock, events, old, next, settings, report }); await job.turn();
 */
export function migrationJob({ store, clock, events, old, next, settings, report }: JobOptions) {
  const inHand = new Map<string, Promise<void>>();
  const oldLanes = new Map<number, ReturnType<typeof pool>>();
  const oldLane = (size: number) => {
    const lane = oldLanes.get(size) ?? pool(size);
    oldLanes.set(size, lane);
    return lane;
  };
  const newLane = pool(1);
  let started = false;
  let admitting: Promise<void> = Promise.resolve();
  let closed = false;

  const announce = (runId: string, type: string, key: string, data: Record<string, string | number | null>, tx?: Queryable) => events.publish({ type: `acsMigration.${type}`, stream: `acs-migration-${runId}`, key, data: { runId, ...data } }, tx);

  /** One decision under the device's lock; the effects leave after the commit. */
  async function apply(runId: string, deviceId: string, command: AcsMigrationCommand): Promise<{ readonly effects: readonly AcsActEffect[]; readonly run: RunRow; readonly ref: Parameters<typeof perform>[1]; readonly refused?: { readonly code: string; readonly message: string } } | null> {
    return store.db.transaction(async (tx) => {
      const run = await store.one(runId, tx);
      const device = run && (await store.device(tx, runId, deviceId));
      if (!run || !device) return null;
      const now = clock.now();
      const answer = acsMigration.decide(device.state, command, now, planOf(run));
      if (answer.type === 'refused') return { effects: [], run, ref: device, refused: answer };
      const { state, events: happened, effects } = answer.value;
      if (happened.length > 0) await store.save(tx, runId, deviceId, state, happened, now);
      for (const { type } of happened) if (type === 'rolledBack') await announce(runId, 'deviceRolledBack', `${deviceId}:${type}:${state.total.restore}`, { deviceId, serial: state.serial }, tx);
      for (const effect of effects) {
        if (effect.type === 'callPerson') await announce(runId, 'deviceFailed', effect.id, { deviceId, serial: effect.serial, owner: effect.owner, code: effect.code, message: effect.message, hint: effect.hint }, tx);
      }
      return { effects: effects.filter((effect): effect is AcsActEffect => effect.type !== 'callPerson'), run, ref: device };
    });
  }

  type Applied = NonNullable<Awaited<ReturnType<typeof apply>>>;
  /** Carries an effect out, tells the lifecycle, and goes on with what follows. */
  async function carryOut({ run, ref }: Applied, effect: AcsActEffect): Promise<void> {
    for (let todo: AcsActEffect | undefined = effect; todo && !closed; ) {
      const mine: AcsActEffect = todo;
      const doer: Doer = { old, next, settings, policy: run.policy, target: run.target, runId: run.runId };
      const go = () => perform(mine, ref, doer);
      const word = await (NEW_LANE.has(mine.type) ? newLane(go) : oldLane(run.policy.oldConcurrency)(go));
      todo = closed ? undefined : (await apply(run.runId, ref.deviceId, word))?.effects[0];
    }
  }

  /** Has something done for a device after whatever is being done for it. */
  function hold(runId: string, deviceId: string, work: () => Promise<void>): Promise<void> {
    const id = `${runId} ${deviceId}`;
    const settled: Promise<void> = (inHand.get(id) ?? Promise.resolve())
      .then(work)
      .catch((error: Error) => report(`acs migration: ${error.name} ${(error.stack ?? '').split('\n')[1]?.trim() ?? ''}`))
      .finally(() => {
        if (inHand.get(id) === settled) inHand.delete(id);
      });
    inHand.set(id, settled);
    return settled;
  }
  /** Says it now and lets what follows from it run by itself: a roll-back of thousands does not wait for each. */
  async function order(runId: string, deviceId: string, command: AcsMigrationCommand): Promise<{ readonly code: string; readonly message: string } | undefined> {
    const applied = await apply(runId, deviceId, command);
    const [effect] = applied?.effects ?? [];
    if (applied && effect) hold(runId, deviceId, () => carryOut(applied, effect));
    return applied?.refused;
  }
  const launch = (runId: string, deviceId: string, command: AcsMigrationCommand): void =>
    void hold(runId, deviceId, async () => {
      const applied = await apply(runId, deviceId, command);
      const [effect] = applied?.effects ?? [];
      if (applied && effect) await carryOut(applied, effect);
    });

  async function admit(run: RunRow): Promise<void> {
    const now = clock.now();
    const { moves } = acsMigrationWaves(await store.olts(run), now, run.policy).value;
    for (const move of moves) {
      switch (move.type) {
        case 'open':
          await store.db.transaction(async (tx) => {
            if ((await store.one(run.runId, tx, true))?.status !== 'running') return;
            const wave = await store.openWave(tx, run, move.olt, move.step, move.size, now);
            await announce(run.runId, 'waveOpened', `opened:${wave}`, { olt: move.olt, wave, size: move.size }, tx);
          });
          break;
        case 'admit':
          for (const deviceId of await store.reserved(run.runId, move.wave, move.count)) launch(run.runId, deviceId, { type: 'begin', wave: move.wave });
          break;
        case 'close':
          await store.db.transaction(async (tx) => {
            await store.closeWaves(tx, run.runId, now, move.wave);
            await announce(run.runId, 'waveClosed', `closed:${move.wave}`, { olt: move.olt, wave: move.wave }, tx);
          });
          break;
        case 'stop':
        case 'finish':
          await store.db.transaction(async (tx) => {
            if ((await store.one(run.runId, tx, true))?.status !== 'running') return;
            const because = move.type === 'finish' ? 'nothing waits any more' : `wave ${move.wave} of ${move.olt}: ${move.bad} of ${move.size} devices failed or were not seen`;
            await store.setStatus(tx, run.runId, move.type === 'finish' ? 'finished' : 'stopped', because);
            await announce(run.runId, move.type === 'finish' ? 'finished' : 'stopped', `${move.type}:${run.epoch}:${now}`, move.type === 'finish' ? {} : { olt: move.olt, wave: move.wave, bad: move.bad, size: move.size }, tx);
          });
          if (move.type === 'stop') return;
      }
    }
  }

  async function round(): Promise<void> {
    if (!started) {
      for (const { runId, deviceId } of await store.inFlight()) launch(runId, deviceId, { type: 'lost' });
      started = true;
    }
    for (const run of await store.busy()) {
      if (run.status === 'running') await admit(run);
      for (const deviceId of await store.due(run.runId, clock.now(), AT_ONCE)) if (!inHand.has(`${run.runId} ${deviceId}`)) launch(run.runId, deviceId, { type: 'tick' });
    }
  }

  return {
    order,
    announce,
    /** Looks what is due and begins it; does not wait for devices. Calls while it runs come after it. */
    turn: (): Promise<void> => (admitting = admitting.catch(() => undefined).then(() => (closed ? undefined : round()))),
    /** Waits until no device is in hand. */
    async idle(): Promise<void> {
      await admitting.catch(() => undefined);
      while (inHand.size > 0) await Promise.all(inHand.values());
    },
    /** Nothing new is begun; what a vendor is doing is waited for. */
    async close(): Promise<void> {
      closed = true;
      await admitting.catch(() => undefined);
      await Promise.race([this.idle(), clock.sleep(10_000)]);
    },
  };
}
export type MigrationJob = ReturnType<typeof migrationJob>;
