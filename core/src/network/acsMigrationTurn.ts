import type { Instant } from '../kernel/civil.ts';
import { deriveId } from '../kernel/id.ts';
import type { AcsAct, AcsMigration, AcsMigrationEffect, AcsMigrationEvent, AcsMigrationPlan, AcsProblem } from './acsMigrationState.ts';

/** One decision in the making: what is emitted is folded at once. */
export interface AcsTurn {
  readonly state: AcsMigration;
  readonly now: Instant;
  readonly plan: AcsMigrationPlan;
  readonly events: readonly AcsMigrationEvent[];
  readonly effects: readonly AcsMigrationEffect[];
  emit(type: AcsMigrationEvent['type'], because: string, set: Partial<AcsMigration>): void;
  /** The instant this many seconds after now. */
  later(seconds: number): Instant;
}

/** Folds one event. Total: an event carries what it changes. @example evolve({ wave: null }, { type: 'admitted', at: '', because: '', set: { wave: 1 } }) // { wave: 1 } */
export function evolve(state: AcsMigration, event: AcsMigrationEvent): AcsMigration {
  return { ...state, ...event.set };
}

/** Opens a turn; the caller's state is not changed. @example openAcsTurn(state, '2026-04-01T13:00:00.000Z', acsPlan).later(60) // '2026-04-01T13:01:00.000Z' */
export function openAcsTurn(from: AcsMigration, now: Instant, plan: AcsMigrationPlan): AcsTurn & { readonly effects: AcsMigrationEffect[] } {
  let state = from;
  const events: AcsMigrationEvent[] = [];
  const effects: AcsMigrationEffect[] = [];
  return {
    get state() {
      return state;
    },
    now, plan, events, effects,
    emit(type, because, set) {
      const event = { type, at: now, because, set };
      events.push(event);
      state = evolve(state, event);
    },
    later: (seconds) => new Date(Date.parse(now) + seconds * 1_000).toISOString(),
  };
}

/** Begins an act: the intent is in the state before anybody acts on the effect. @example beginAct(turn, 'inspect') // one effect more */
export function beginAct(turn: AcsTurn & { readonly effects: AcsMigrationEffect[] }, act: AcsAct): void {
  const { state, plan } = turn;
  const attempt = (state.total[act] ?? 0) + 1;
  turn.emit('begun', `${act} ${attempt}`, {
    activity: { act, busy: true, until: turn.later(plan.policy.actTimeoutSeconds) },
    total: { ...state.total, [act]: attempt },
    // From here on nobody can say that the CPE has the old URL.
    ...(act === 'switch' && { moved: 'maybe' as const, switchedAt: turn.now, cancelledAt: null, backAt: null }),
    ...(act === 'prepare' && { touched: true }),
  });
  turn.effects.push({
    type: act, id: deriveId(plan.runId, state.deviceId, act, attempt), key: deriveId('leadlight-acs', plan.runId, act), deviceId: state.deviceId, serial: state.serial, attempt, before: state.before, seenAt: state.seenAt,
  });
}

/** A person has to look; with `undo`, what was written is taken back first. @example failDevice(turn, problem, false) // one effect more */
export function failDevice(turn: AcsTurn & { readonly effects: AcsMigrationEffect[] }, problem: AcsProblem, undo: boolean): void {
  const { state, plan } = turn;
  turn.emit('failed', problem.message, { stage: 'failed', direction: undo ? 'back' : 'forward', activity: null, deadline: null, problem });
  turn.effects.push({ type: 'callPerson', id: deriveId(plan.runId, state.deviceId, 'callPerson', problem.code, Object.values(state.total).reduce((sum, n) => sum + n, 0)), deviceId: state.deviceId, serial: state.serial, owner: 'noc', ...problem });
}

/** When the new ACS must have heard of it: so many intervals after now. @example seenBy({ plan: acsPlan, later: (seconds) => seconds }) // 540 */
export function seenBy({ plan: { policy }, later }: AcsTurn): Instant {
  return later(policy.seenIntervals * policy.informIntervalSeconds + policy.graceSeconds);
}
/** Comes back to the same act later. @example wait(turn, 'locate', 30, 'Not seen yet.') // the activity waits 30 s */
export function wait(turn: AcsTurn, act: AcsAct, seconds: number, because: string): void {
  turn.emit('postponed', because, { activity: { act, busy: false, until: turn.later(seconds) } });
}
/** Whether the stage has taken too long. @example overdue({ state: { deadline: null }, now: '2026-04-01T13:00:00.000Z' }) // false */
export function overdue({ state, now }: AcsTurn): boolean {
  return state.deadline !== null && Date.parse(now) >= Date.parse(state.deadline);
}
