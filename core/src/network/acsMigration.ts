import type { Instant } from '../kernel/civil.ts';
import { accept, refuse, type Decision } from '../kernel/decision.ts';
import { hear } from './acsMigrationHear.ts';
import type { AcsAct, AcsFailure, AcsMigration, AcsMigrationCommand, AcsMigrationOutcome, AcsMigrationPlan } from './acsMigrationState.ts';
import { beginAct, evolve, failDevice, openAcsTurn, seenBy } from './acsMigrationTurn.ts';

export { evolve };
type Turn = ReturnType<typeof openAcsTurn>;

/** A device that nothing was done about yet. @example initial({ deviceId: '000E5E-HT803G%2DW-RCMG1', serial: 'RCMG1' }).stage // 'inventory' */
export function initial({ deviceId, serial }: { readonly deviceId: string; readonly serial: string }): AcsMigration {
  return {
    deviceId, serial, stage: 'inventory', direction: 'forward', wave: null, moved: 'no', touched: false, written: false, confirmedAt: null, switchedAt: null, cancelledAt: null, backAt: null, seenAt: null,
    deadline: null, activity: null, total: {}, streak: 0, before: null, askedBack: null, wasUnseen: false, problem: null,
  };
}
/** When to send the next `tick`; null when only a command moves it. @example wakeAt(initial({ deviceId: 'A-B-C', serial: 'C' })) // null */
export function wakeAt(state: AcsMigration): Instant | null {
  return state.activity?.until ?? null;
}
/**
 * How a device counts in its wave: `open` is not settled yet; `bad` counts for the stop rule, whatever became of it later.
 * @example countsAs(initial({ deviceId: 'A-B-C', serial: 'C' })) // 'waiting'
 */
export function countsAs(state: AcsMigration): 'waiting' | 'open' | 'good' | 'bad' | 'blocked' | 'back' {
  if (state.stage === 'failed' || state.wasUnseen) return 'bad';
  if (state.stage === 'verified' || state.stage === 'archived') return state.direction === 'back' ? 'back' : 'good';
  if (state.stage === 'blocked' || state.stage === 'rolledBack') return state.stage === 'blocked' ? 'blocked' : 'back';
  if (state.askedBack !== null) return 'back';
  return state.stage === 'inventory' && state.wave === null ? 'waiting' : 'open';
}

/**
 * What happens next to one device on its way from the old ACS to the new (acs.md 3.8, contract 42). The settings the new ACS needs are
 * written and read from the CPE before the URL; the URL goes alone and last; the intent to switch stands in the state before the effect
 * is out, so a program that died is followed by a look, never by a second switch; only what may have been switched is switched back.
 * Refuses `notExpected`, `stale`, `nothingToRollBack`.
 * @example decide(initial({ deviceId: 'A-B-C', serial: 'C' }), { type: 'begin', wave: 1 }, '2026-04-01T13:00:00.000Z', acsPlan) // accepted { effects: [{ type: 'inspect', id: 'm1:A-B-C:inspect:1', … }], … }
 */
export function decide(state: AcsMigration, command: AcsMigrationCommand, now: Instant, plan: AcsMigrationPlan): Decision<AcsMigrationOutcome, 'notExpected' | 'stale' | 'nothingToRollBack'> {
  const turn = openAcsTurn(state, now, plan);
  const { activity } = state;
  switch (command.type) {
    case 'begin':
      if (state.stage !== 'inventory' || state.wave !== null) return refuse('notExpected', 'The device is already under way.', { hint: 'Read its state.' });
      turn.emit('admitted', `Wave ${command.wave}.`, { wave: command.wave });
      break;
    case 'rollBack':
      if (state.moved === 'no' && !state.touched && !activity?.busy) return refuse('nothingToRollBack', 'Nothing was written to this device.', { hint: 'Nothing to do.' });
      if (state.askedBack !== null && state.direction === 'back') return refuse('notExpected', 'It is already on its way back.', { hint: 'Read its state.' });
      turn.emit('turnedBack', `${command.by}: ${command.because}`, {
        direction: 'back', askedBack: command.by, activity: activity?.busy ? activity : null, cancelledAt: null, backAt: null, streak: 0,
        ...(state.stage === 'failed' && { stage: 'switched' as const }), deadline: turn.later(plan.policy.giveUpHours * 3_600),
      });
      break;
    case 'requeue': {
      if (state.stage === 'failed' && state.moved !== 'no' && state.direction === 'forward') {
        turn.emit('requeued', `By ${command.by}: it is looked for again.`, { stage: 'switched', deadline: seenBy(turn), problem: null });
        break;
      }
      const idle = ['inventory', 'preflight', 'prepared', 'blocked', 'failed', 'rolledBack'].includes(state.stage) && state.moved === 'no' && state.direction === 'forward' && !activity?.busy;
      if (!idle) return refuse('notExpected', 'The device is under way, or may have the new URL.', { hint: 'Wait for it, or roll it back first.' });
      turn.emit('requeued', `By ${command.by}.`, { ...initial(state), total: state.total, touched: state.touched, before: state.before });
      break;
    }
    case 'answered':
    case 'failed': {
      const act = command.type === 'failed' ? command.act : command.answer.act;
      if (!activity?.busy || activity.act !== act || state.total[act] !== command.attempt) return refuse('stale', `Nobody waits for this ${act}.`, { hint: 'It was counted as lost; what became of it is looked for.' });
      if (command.type === 'failed') missed(turn, act, command.failure);
      else hear(turn, command.answer);
      break;
    }
    case 'lost':
    case 'tick':
      if (activity?.busy && (command.type === 'lost' || Date.parse(activity.until) <= Date.parse(now))) missed(turn, activity.act, LOST);
  }
  advance(turn);
  const { events, effects } = turn;
  return accept({ state: turn.state, events, effects }, ...events.map(({ because }) => because));
}

const LOST: AcsFailure = { kind: 'timedOut', outcome: 'unknown', message: 'Nobody said what became of it.', hint: 'It is looked for.' };
/** Not the device's fault: it is tried again until somebody repairs the system. */
const SYSTEM: ReadonlySet<AcsFailure['kind']> = new Set<AcsFailure['kind']>(['unavailable', 'timedOut', 'rateLimited', 'unauthorised', 'unexpectedReply']);

/** An act failed, or whoever did it died. Only the two writes of the URL may not be repeated for that. */
function missed(turn: Turn, act: AcsAct, failure: AcsFailure): void {
  const { policy } = turn.plan;
  const { message, hint } = failure;
  const problem = { code: failure.kind, message, hint };
  if (act === 'switch' && failure.outcome !== 'notApplied') return turn.emit('switched', 'Nobody knows whether the URL was set.', { activity: null, stage: 'switched', moved: 'maybe', deadline: seenBy(turn) });
  if (act === 'switchBack' && failure.outcome !== 'notApplied') return turn.emit('switchedBack', 'Nobody knows whether the old URL was set.', { activity: null, backAt: turn.now });
  if (act === 'switch') turn.emit('notSwitched', message, { moved: 'no', switchedAt: null });
  const passes = SYSTEM.has(failure.kind) || failure.kind === 'deviceSilent' || (failure.kind === 'conflict' && act !== 'inspect');
  if (!passes && turn.state.direction === 'forward') return failDevice(turn, problem, turn.state.moved === 'no');
  const seconds = Math.min(failure.retryAfterMs === undefined ? policy.retrySeconds * 2 ** Math.min(turn.state.streak, 16) : failure.retryAfterMs / 1_000, policy.retryMaxSeconds);
  turn.emit('postponed', message, { problem, streak: turn.state.streak + 1, activity: { act: act === 'switchBack' ? 'locate' : act, busy: false, until: turn.later(seconds) } });
}

/** Begins what is due, if nothing is busy. */
function advance(turn: Turn): void {
  const { state, plan: { policy, halted }, now } = turn;
  if (state.activity?.busy || (state.activity && Date.parse(state.activity.until) > Date.parse(now))) return;
  const act = nextAct(turn);
  if (act === null) return state.activity === null ? undefined : turn.emit('postponed', 'Nothing is left to do.', { activity: null });
  // A halted run writes nothing new; what is at the new ACS is followed and read.
  if (halted && turn.state.direction === 'forward' && ['inspect', 'prepare', 'confirm', 'switch', 'archive'].includes(act)) {
    return turn.emit('postponed', 'The run is halted.', { activity: { act, busy: false, until: turn.later(policy.lookSeconds) }, ...(turn.state.deadline !== null && { deadline: turn.later(policy.prepareMinutes * 60) }) });
  }
  beginAct(turn, act);
}

function nextAct(turn: Turn): AcsAct | null {
  const { state, plan: { policy }, now } = turn;
  if (state.direction === 'back') {
    if (state.moved === 'no') return 'restore';
    if (state.cancelledAt === null) return 'cancel';
    return state.activity?.act === 'switchBack' ? 'switchBack' : 'locate';
  }
  switch (state.stage) {
    case 'inventory': return state.wave === null ? null : 'inspect';
    case 'preflight': return state.written ? 'confirm' : 'prepare';
    // What the CPE said a while ago, before a pause, is asked again.
    case 'prepared': return state.confirmedAt !== null && Date.parse(now) - Date.parse(state.confirmedAt) <= policy.confirmFreshMinutes * 60_000 ? 'switch' : 'confirm';
    case 'switched': case 'unseen': return 'locate';
    case 'seen': return 'verify';
    case 'verified': return policy.archive ? 'archive' : null;
    default: return null;
  }
}
