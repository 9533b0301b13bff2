import { acsPreflight } from './acsPreflight.ts';
import type { AcsAnswer, AcsManagement, AcsMigration, AcsMigrationEffect } from './acsMigrationState.ts';
import { failDevice, overdue, seenBy, wait, type AcsTurn } from './acsMigrationTurn.ts';
import { heardOnTheWayBack, heardWhereabouts } from './acsMigrationWhereabouts.ts';

type Turn = AcsTurn & { readonly effects: AcsMigrationEffect[] };

const FORWARD: ReadonlySet<AcsAnswer['act']> = new Set<AcsAnswer['act']>(['inspect', 'prepare', 'confirm', 'verify', 'archive']);

/** Takes in what an act found out. @example hear(turn, { act: 'restore' }) // the device is rolled back */
export function hear(turn: Turn, answer: AcsAnswer): void {
  const { state, plan, now } = turn;
  const { policy } = plan;
  const keeps = state.stage === 'failed' || state.stage === 'blocked' || state.stage === 'unseen';
  const done: Partial<AcsMigration> = { activity: null, streak: 0, ...(!keeps && { problem: null }) };
  // Asked back meanwhile: what was on its way forward no longer matters, except that a record may be gone.
  if (state.direction === 'back' && FORWARD.has(answer.act)) return turn.emit('postponed', 'It is taken back.', { ...done, ...(answer.act === 'archive' && answer.outcome === 'deleted' && { stage: 'archived' as const }) });
  switch (answer.act) {
    case 'inspect': {
      const verdict = answer.facts === null
        ? { type: 'refused' as const, code: 'gone', message: 'The old ACS no longer knows this device.', hint: 'Nothing to do, unless it should be there.' }
        : acsPreflight(answer.facts, plan, now);
      if (verdict.type === 'accepted') return turn.emit('passed', verdict.because[0] ?? '', { ...done, stage: 'preflight', before: state.touched && state.before ? state.before : verdict.value, deadline: turn.later(policy.prepareMinutes * 60), problem: null });
      const { code, message, hint = '' } = verdict;
      // What an earlier attempt of this run wrote must not stay on a device that is left out.
      return turn.emit('blocked', message, { ...done, stage: 'blocked', deadline: null, problem: { code, message, hint }, direction: state.touched ? 'back' : 'forward' });
    }
    case 'prepare':
      if (answer.outcome === 'refused') return failDevice(turn, answer.problem, true);
      turn.emit('written', `The settings task is ${answer.outcome}.`, { ...done, written: true });
      if (answer.outcome !== 'applied') wait(turn, 'confirm', policy.lookSeconds, 'The CPE has not confirmed yet.');
      return;
    case 'confirm': return heardSettings(turn, answer.management);
    case 'switch':
      if (answer.outcome === 'refused') {
        turn.emit('notSwitched', answer.problem.message, { ...done, moved: 'maybe' });
        return failDevice(turn, answer.problem, true);
      }
      return turn.emit('switched', `The URL task is ${answer.outcome}.`, { ...done, stage: 'switched', moved: answer.outcome === 'applied' ? 'yes' : 'maybe', deadline: seenBy(turn) });
    case 'locate': return state.direction === 'back' ? heardOnTheWayBack(turn, answer.whereabouts) : heardWhereabouts(turn, answer.whereabouts);
    case 'verify': {
      const { management } = answer;
      if (management === null) {
        if (overdue(turn)) return failDevice(turn, { code: 'notVerified', message: 'The new ACS sees the device but cannot read it.', hint: 'Check the connection-request credentials of the new ACS, or roll the device back.' }, false);
        return wait(turn, 'verify', policy.lookSeconds, 'The new ACS could not read it yet.');
      }
      // The new ACS knows a device by serial alone.
      if (management.serial !== state.serial || !state.deviceId.toUpperCase().startsWith(management.oui.toUpperCase())) return failDevice(turn, { code: 'otherDevice', message: 'The device that answers at the new ACS is another one.', hint: 'Two devices use this serial number. Find them before doing anything to either.' }, false);
      const wrong = [...differs(management, turn), ...(management.url === plan.target.url ? [] : ['URL'])];
      if (wrong.length > 0) return failDevice(turn, { code: 'notAsWanted', message: `Read at the new ACS, these are not as wanted: ${wrong.join(', ')}.`, hint: 'Set them through the new ACS, or roll the device back.' }, false);
      return turn.emit('verified', 'Read back through the new ACS.', { ...done, stage: 'verified', moved: 'yes', deadline: null, problem: null, activity: policy.archive ? { act: 'archive', busy: false, until: turn.later(policy.soakHours * 3_600) } : null });
    }
    case 'archive':
      if (answer.outcome === 'cameBack') return failDevice(turn, { code: 'cameBack', message: 'The device was verified at the new ACS and has called the old one since.', hint: 'Look who writes its ManagementServer.URL: DHCP option 43, a preset, a factory reset.' }, false);
      return turn.emit('archived', 'The old record is deleted.', { ...done, stage: 'archived' });
    case 'cancel':
      if (answer.wasWaiting) return turn.emit('home', 'The switch was taken back before it ran.', { ...done, moved: 'no', cancelledAt: now });
      return turn.emit('cancelled', 'No switch waits in the old ACS.', { ...done, cancelledAt: now, deadline: turn.later(policy.giveUpHours * 3_600) });
    case 'switchBack':
      if (answer.outcome === 'refused') return failDevice(turn, answer.problem, false);
      return turn.emit('switchedBack', `The old URL is ${answer.outcome}.`, { ...done, backAt: now });
    case 'restore':
      // Failed and blocked devices keep their stage, so that the report says why.
      if ((state.stage === 'failed' || state.stage === 'blocked') && state.askedBack === null) return turn.emit('cleaned', 'Tag and settings are taken back.', { ...done, direction: 'forward', touched: false, written: false, deadline: null });
      return turn.emit('rolledBack', 'It is as it was.', { ...done, stage: 'rolledBack', direction: 'forward', touched: false, written: false, deadline: null });
  }
}

/** Names what a CPE has otherwise than the new ACS needs. */
function differs(found: AcsManagement, { plan }: AcsTurn): readonly string[] {
  return [
    ...(found.intervalSeconds === plan.policy.informIntervalSeconds ? [] : ['PeriodicInformInterval']),
    ...(found.connectionRequestUsername === plan.target.connectionRequestUsername ? [] : ['ConnectionRequestUsername']),
  ];
}

function heardSettings(turn: Turn, found: AcsManagement | null): void {
  const { state, plan, now } = turn;
  const { policy } = plan;
  if (found === null) {
    if (overdue(turn)) return failDevice(turn, { code: 'deviceSilent', message: 'The device did not answer connection requests before it was switched.', hint: 'Check its power and line; it may join a later wave.' }, true);
    return wait(turn, 'confirm', policy.lookSeconds, 'The CPE did not answer.');
  }
  if (found.url === plan.target.url) return turn.emit('switched', 'The CPE already has the new URL.', { activity: null, streak: 0, stage: 'switched', moved: 'yes', switchedAt: now, deadline: seenBy(turn) });
  if (found.url !== state.before?.url) return failDevice(turn, { code: 'urlChanged', message: 'Somebody else has changed the URL of this device meanwhile.', hint: 'Look who writes ManagementServer.URL before going on.' }, true);
  const wrong = differs(found, turn);
  if (wrong.length === 0) return turn.emit('prepared', 'The CPE itself says that its settings are as the new ACS needs them.', { activity: null, streak: 0, stage: 'prepared', confirmedAt: now, problem: null });
  if (overdue(turn)) return failDevice(turn, { code: 'settingsRefused', message: `The device does not keep ${wrong.join(' and ')}.`, hint: 'Look whether a preset rewrites them, or whether the model allows them.' }, true);
  turn.emit('postponed', `Not as wanted yet: ${wrong.join(', ')}.`, { written: false, stage: 'preflight' });
  wait(turn, 'prepare', policy.lookSeconds, 'The settings are sent again.');
}
