import type { Instant } from '../kernel/civil.ts';
import { accept, refuse, type Decision } from '../kernel/decision.ts';
import { advance } from './sagaAdvance.ts';
import { wentSilent } from './sagaFailure.ts';
import { defaultSagaPolicy, type SagaCommand, type SagaEvent, type SagaOutcome, type SagaPolicy, type SagaState, type SagaStep } from './sagaState.ts';
import { openTurn } from './sagaTurn.ts';
import { hearWord, type SagaRefusal } from './sagaWord.ts';
import type { FulfilmentPlan } from './step.ts';

export { evolve } from './sagaEvolve.ts';
export type { SagaRefusal } from './sagaWord.ts';

/** A plan that has not begun; the first `tick` starts it. @example initial(plan).status // 'running' */
export function initial(plan: FulfilmentPlan): SagaState {
  const none = { do: 0, undo: 0, observe: 0 };
  const step: SagaStep = { inPlace: 'no', total: none, streak: none, calls: 0 };
  return { plan, status: 'running', direction: 'forward', steps: Object.fromEntries(plan.steps.map(({ key }) => [key, step])) };
}

/** When to send the next `tick`: the epoch before the start ("at once"), `null` once it has ended. @example wakeAt(initial(plan)) // '1970-01-01T00:00:00.000Z' */
export function wakeAt(state: SagaState): Instant | null {
  if (state.status !== 'running' && state.status !== 'undoing') return null;
  const activities = Object.values(state.steps).flatMap(({ activity }) => (activity ? [activity] : []));
  const busy = activities.filter((activity) => activity.busy);
  // While something is busy nothing else begins: what waits is looked at when its word, or its end of patience, comes.
  const times = (busy.length > 0 ? busy : activities).map(({ until }) => until);
  return times.length === 0 ? '1970-01-01T00:00:00.000Z' : times.reduce((a, b) => (Date.parse(a) <= Date.parse(b) ? a : b));
}

/**
 * What happens next in an order's fulfilment. Steps run one at a time; a lost answer is looked for before anything is repeated; before
 * the money a failure takes everything back in reverse, after it a person is called; an undo that fails is a fallout with an owner
 * (S0-88…S0-92, S1-103). A late or doubled word is refused and changes nothing.
 * @example decide(initial(plan), { type: 'tick' }, '2026-11-20T09:00:00.000Z') // accepted: { effects: [{ type: 'do', step: 'verifyPayment', … }], … }
 */
export function decide(state: SagaState, command: SagaCommand, now: Instant, policy: SagaPolicy = defaultSagaPolicy): Decision<SagaOutcome, SagaRefusal> {
  const turn = openTurn(state, now, policy);
  if (command.type === 'cancel') {
    if (state.direction === 'backward') return refuse('notExpected', 'The order is already being taken back.');
    turn.emit({ type: 'turnedBack', because: command.because });
  } else if (command.type !== 'tick') {
    const step = state.plan.steps.find(({ key }) => key === command.step);
    if (!step) return refuse('unknownStep', `Order ${state.plan.orderId} has no step "${command.step}".`, { path: 'step', hint: 'Use a key of the plan.' });
    const no = hearWord(turn, step, command);
    if (no) return no;
  }
  // After the word, so that one that comes with the last stroke still counts.
  for (const step of state.plan.steps) {
    const { activity } = turn.state.steps[step.key]!;
    if (activity?.busy && Date.parse(activity.until) <= Date.parse(now)) wentSilent(turn, step, activity.act);
  }
  advance(turn);
  const { events, effects } = turn;
  return accept({ state: turn.state, events, effects }, ...events.map(explain));
}

function explain(event: SagaEvent): string {
  switch (event.type) {
    case 'turnedBack': return `Turned back: ${event.because}.`;
    case 'personCalled': return `${event.owner} was called about ${event.step}: ${event.because}.`;
    case 'postponed': return `${event.act} ${event.step} at ${event.until}: ${event.because}`;
    case 'ended': return `Ended: ${event.status} (policy ${event.policyVersion}).`;
    case 'begun': return `${event.act} ${event.step}.`;
    default: return `${event.step}: ${event.type}.`;
  }
}
