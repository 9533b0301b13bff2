import { decide, evolve, initial, wakeAt } from './acsMigration.ts';
import { defaultAcsMigrationPolicy, type AcsMigrationPolicy } from './acsMigrationPolicy.ts';
import type { AcsAct, AcsAnswer, AcsFailure, AcsMigration, AcsMigrationCommand, AcsMigrationEffect, AcsMigrationEvent, AcsMigrationPlan } from './acsMigrationState.ts';
import type { AcsDeviceFacts } from './acsPreflight.ts';

const OLD = 'http://acs.example:7547/';
const NEW = 'http://oss.example:9292/acs';
export const acsFacts: AcsDeviceFacts = {
  deviceId: '000E5E-HT803G%2DW-RCMG1', serial: 'RCMG1', oui: '000E5E', productClass: 'HT803G-W', modelName: 'HT803G-W', url: OLD, urlWritable: true, intervalSeconds: 300, connectionRequestUsername: 'own', lastInform: '2026-04-01T12:58:00.000Z',
  openTasks: 0, openFaults: 0, sameSerial: 1, inNew: 'absent',
};
export const acsPlan: AcsMigrationPlan = { runId: 'm1', target: { url: NEW, connectionRequestUsername: 'oktopus' }, policy: defaultAcsMigrationPolicy, halted: false };
export const acsStart = '2026-04-01T13:00:00.000Z';

/** How one act goes wrong. `crashBefore` and `crashAfter`: whoever did it died before or after the system was told. */
export type Mishap = 'away' | 'silent' | 'waiting' | 'noAnswer' | 'lostBefore' | 'crashBefore' | 'crashAfter' | 'refused';
export type Script = Readonly<Partial<Record<AcsAct, readonly (Mishap | 'ok')[]>>>;
export interface Cpe {
  /** Powered and reachable. */
  alive: boolean;
  /** After a switch it calls nobody any more: the new ACS is unreachable from there. */
  mute: boolean;
  /** Calls the new ACS only after this long. */
  lateMs: number;
}
export interface Run {
  readonly state: AcsMigration;
  readonly events: readonly AcsMigrationEvent[];
  readonly effects: readonly AcsMigrationEffect[];
  /** What reached the CPE's URL, with what it had and what was last read from it at that moment. */
  readonly applied: readonly { readonly url: string; readonly interval: number; readonly username: string; readonly confirmed: boolean }[];
  readonly url: string;
  readonly oldKnows: boolean;
  readonly tagged: boolean;
  readonly ended: boolean;
}
export interface Options {
  readonly cpe?: Partial<Cpe>;
  readonly policy?: Partial<AcsMigrationPolicy>;
  /** At the n-th turn this is said as well. */
  readonly also?: { readonly turn: number; readonly command: AcsMigrationCommand };
  readonly haltedFrom?: number;
  readonly haltedTo?: number;
}

const away: AcsFailure = { kind: 'unavailable', outcome: 'notApplied', message: 'The NBI is away.', hint: 'Start it.' };
const noAnswer: AcsFailure = { kind: 'timedOut', outcome: 'unknown', message: 'No answer.', hint: 'Look.' };

/** One device between two simulated ACSes, with time that jumps to the next thing that happens; each act goes by the script, then well. */
export function simulate(script: Script, options: Options = {}): Run {
  const policy = { ...defaultAcsMigrationPolicy, ...options.policy };
  const cpe: Cpe = { alive: true, mute: false, lateMs: 0, ...options.cpe };
  const world = { url: OLD, interval: 300, username: 'own', tagged: false, oldKnows: true, oldUrl: OLD, oldInform: Date.parse(acsFacts.lastInform!), newInform: 0, task: null as null | 'settings' | 'url', callsNewFrom: 0 };
  const applied: { url: string; interval: number; username: string; confirmed: boolean }[] = [];
  const events: AcsMigrationEvent[] = [];
  const effects: AcsMigrationEffect[] = [];
  const nth: Partial<Record<AcsAct, number>> = {};
  const waiting: AcsMigrationCommand[] = [{ type: 'begin', wave: 1 }];
  let confirmed = false;
  let state = initial(acsFacts);
  let now = Date.parse(acsStart);
  let informAt = now + 60_000;
  for (let turn = 0; turn < 2_000; turn += 1) {
    if (options.also?.turn === turn) waiting.push(options.also.command);
    const command = waiting.shift();
    if (!command) {
      const at = wakeAt(state);
      if (at === null) return { state, events, effects, applied, url: world.url, oldKnows: world.oldKnows, tagged: world.tagged, ended: true };
      const wake = Math.max(now, Date.parse(at));
      // The CPE lives on between two turns.
      while (cpe.alive && informAt <= wake) {
        inform(informAt);
        informAt += world.interval * 1_000;
      }
      now = wake;
      waiting.push({ type: 'tick' });
      continue;
    }
    const halted = turn >= (options.haltedFrom ?? Infinity) && turn < (options.haltedTo ?? Infinity);
    const answer = decide(state, command, new Date(now).toISOString(), { ...acsPlan, policy, halted });
    if (answer.type === 'refused') continue;
    expect(answer.value.events.reduce(evolve, state)).toEqual(answer.value.state);
    if (halted) expect(answer.value.effects.filter(({ type }) => type === 'switch' || type === 'prepare')).toEqual([]);
    state = JSON.parse(JSON.stringify(answer.value.state)) as AcsMigration;
    events.push(...answer.value.events);
    for (const effect of answer.value.effects) {
      effects.push(effect);
      if (effect.type === 'callPerson') continue;
      const word = perform(effect.type, effect.attempt);
      if (word) waiting.push(word);
    }
  }
  return { state, events, effects, applied, url: world.url, oldKnows: world.oldKnows, tagged: world.tagged, ended: false };

  function inform(at: number): void {
    if (world.url === NEW) {
      if (!cpe.mute && at >= world.callsNewFrom) world.newInform = at;
      return;
    }
    world.oldInform = at;
    world.oldKnows = true;
    session();
  }
  function session(): void {
    if (world.task === 'settings') settings();
    if (world.task === 'url') setUrl(NEW);
    world.task = null;
  }
  function settings(): void {
    // The same again changes nothing that was confirmed.
    confirmed &&= world.interval === policy.informIntervalSeconds && world.username === 'oktopus';
    world.interval = policy.informIntervalSeconds;
    world.username = 'oktopus';
  }
  function setUrl(url: string): void {
    applied.push({ url, interval: world.interval, username: world.username, confirmed });
    world.url = url;
    if (world.oldKnows && url === NEW) world.oldUrl = url;
    world.callsNewFrom = now + cpe.lateMs;
  }
  function perform(act: AcsAct, attempt: number): AcsMigrationCommand | undefined {
    const count = nth[act] ?? 0;
    nth[act] = count + 1;
    const mishap = script[act]?.[count] ?? 'ok';
    const say = (answer: AcsAnswer): AcsMigrationCommand => ({ type: 'answered', attempt, answer });
    if (mishap === 'crashBefore') return { type: 'lost' };
    if (mishap === 'away') return { type: 'failed', act, attempt, failure: away };
    if (mishap === 'lostBefore') return { type: 'failed', act, attempt, failure: noAnswer };
    const word = work(act, mishap, say, attempt);
    if (mishap === 'crashAfter') return { type: 'lost' };
    return mishap === 'noAnswer' ? { type: 'failed', act, attempt, failure: noAnswer } : word;
  }
  function work(act: AcsAct, mishap: Mishap | 'ok', say: (answer: AcsAnswer) => AcsMigrationCommand, attempt: number): AcsMigrationCommand {
    const atOld = cpe.alive && world.url !== NEW;
    const isOnline = now - world.newInform < 300_000;
    const refused = { code: 'cwmp.9007', message: 'Invalid value', hint: 'Look at the fault.' };
    switch (act) {
      case 'inspect': return say({ act, facts: { ...acsFacts, lastInform: new Date(world.oldInform).toISOString(), intervalSeconds: world.interval, url: world.oldUrl } });
      case 'prepare':
      case 'switch': {
        if (mishap === 'refused') return say({ act, outcome: 'refused', problem: refused });
        world.tagged = true;
        world.task = act === 'switch' ? 'url' : 'settings';
        if (!atOld || mishap === 'waiting' || mishap === 'silent') return say({ act, outcome: 'waiting' });
        session();
        return say({ act, outcome: 'applied' });
      }
      case 'confirm':
        if (!atOld || mishap === 'silent') return say({ act, management: null });
        confirmed = world.interval === policy.informIntervalSeconds && world.username === 'oktopus';
        return say({ act, management: { url: world.url, intervalSeconds: world.interval, connectionRequestUsername: world.username } });
      case 'locate': return say({ act, whereabouts: { waiting: world.task === 'url', fault: null, url: world.oldKnows ? world.oldUrl : null, oldInformAt: new Date(world.oldInform).toISOString(), inNew: world.newInform === 0 ? 'absent' : isOnline ? 'online' : 'offline' } });
      case 'verify': return say({ act, management: mishap === 'silent' ? null : { url: world.url, intervalSeconds: world.interval, connectionRequestUsername: world.username, serial: 'RCMG1', oui: '000e5e' } });
      case 'archive':
        if (world.oldInform > Date.parse(state.seenAt!)) return say({ act, outcome: 'cameBack' });
        world.oldKnows = false;
        return say({ act, outcome: 'deleted' });
      case 'cancel': {
        const wasWaiting = world.task === 'url';
        world.task = null;
        return say({ act, wasWaiting });
      }
      case 'switchBack':
        if (!isOnline || world.url !== NEW || mishap === 'silent') return { type: 'failed', act, attempt, failure: { kind: 'deviceSilent', outcome: 'notApplied', message: 'Offline.', hint: 'Wait.' } };
        if (mishap === 'refused') return say({ act, outcome: 'refused', problem: refused });
        setUrl(OLD);
        return say({ act, outcome: 'applied' });
      case 'restore':
        world.tagged = false;
        if (atOld) [world.interval, world.oldUrl] = [300, world.url];
        return say({ act });
    }
  }
}
