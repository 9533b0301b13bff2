import type { AcsMigrationEffect, AcsProblem, AcsWhereabouts } from './acsMigrationState.ts';
import { failDevice, overdue, wait, type AcsTurn } from './acsMigrationTurn.ts';

const LOST: AcsProblem = { code: 'lost', message: 'Neither ACS hears of the device.', hint: 'A factory reset or DHCP option 43 brings it back; somebody has to visit or call the customer.' };
type Turn = AcsTurn & { readonly effects: AcsMigrationEffect[] };
const after = (a: string | null, b: string | null, seconds: number): boolean => a !== null && b !== null && Date.parse(a) > Date.parse(b) + seconds * 1_000;

/** What a look for a switched device means on its way forward. @example heardWhereabouts(turn, { inNew: 'online', … }) // seen, then verified */
export function heardWhereabouts(turn: Turn, at: AcsWhereabouts): void {
  const { state, plan: { policy, target }, now } = turn;
  if (at.inNew === 'online') return turn.emit('seen', 'The new ACS has heard of it.', { activity: null, streak: 0, stage: 'seen', moved: 'yes', seenAt: now, deadline: turn.later(policy.verifyMinutes * 60), problem: null, direction: 'forward' });
  if (at.fault) return failDevice(turn, { code: 'urlRefused', message: `The device refused the new URL (${at.fault.code}).`, hint: 'Move it by DHCP option 43 or by hand.' }, true);
  // Only the old ACS' own copy and an inform well after the attempt together show that the switch never happened; the CPE is asked as well before another is sent.
  if (state.stage === 'switched' && state.moved === 'maybe' && !at.waiting && at.url !== target.url && after(at.oldInformAt, state.switchedAt, policy.settleSeconds)) {
    if ((state.total.switch ?? 0) >= policy.switchAttempts) return failDevice(turn, { code: 'neverArrived', message: 'The switch was sent and never reached the device.', hint: 'Look into the log of the old ACS.' }, true);
    return turn.emit('notSwitched', 'The switch never reached the device: it called the old ACS again with the old URL.', { activity: null, streak: 0, stage: 'preflight', moved: 'no', confirmedAt: null, deadline: turn.later(policy.prepareMinutes * 60) });
  }
  if (state.stage === 'unseen') return overdue(turn) ? failDevice(turn, LOST, false) : wait(turn, 'locate', policy.lostLookMinutes * 60, 'Still unseen.');
  if (!overdue(turn)) return wait(turn, 'locate', policy.lookSeconds, 'Not seen yet.');
  turn.emit('unseen', 'The new ACS has not heard of it in time.', {
    activity: null, stage: 'unseen', wasUnseen: true, deadline: turn.later(policy.giveUpHours * 3_600), direction: policy.rollBackUnseen ? 'back' : 'forward',
    problem: { code: 'unseen', message: 'The device was switched and the new ACS has not heard of it in time.', hint: 'It is looked for at both; if neither hears of it, a factory reset or DHCP option 43 brings it back.' },
  });
}

/** What a look for a device that is to come home means. @example heardOnTheWayBack(turn, { oldInformAt: now, … }) // home, when the inform is recent enough */
export function heardOnTheWayBack(turn: Turn, at: AcsWhereabouts): void {
  const { state, plan: { policy } } = turn;
  // Begun before it was asked back: a switch may still wait.
  if (state.cancelledAt === null) return turn.emit('postponed', 'It is taken back.', { activity: null });
  const since = [state.switchedAt, state.cancelledAt, state.backAt].filter((one) => one !== null).sort().at(-1) ?? null;
  if (after(at.oldInformAt, since, policy.settleSeconds)) return turn.emit('home', 'It calls the old ACS.', { activity: null, streak: 0, moved: 'no' });
  if (at.inNew === 'online' && state.askedBack === null && state.stage === 'unseen' && policy.lateArrival === 'goOn' && state.backAt === null) return heardWhereabouts(turn, at);
  const patience = (policy.seenIntervals * policy.informIntervalSeconds + policy.graceSeconds) * 1_000;
  const recent = since !== null && Date.parse(turn.now) <= Date.parse(since) + patience;
  const mayAsk = at.inNew === 'online' && (state.backAt === null || !recent);
  if (mayAsk && (state.total.switchBack ?? 0) < policy.switchBackAttempts) return turn.emit('postponed', 'It is asked back through the new ACS.', { activity: { act: 'switchBack', busy: false, until: turn.now } });
  if (overdue(turn)) return failDevice(turn, LOST, false);
  wait(turn, 'locate', recent ? policy.lookSeconds : policy.lostLookMinutes * 60, 'Not home yet.');
}
