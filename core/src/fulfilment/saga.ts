import { accept, refuse, type Decision } from '../kernel/decision.ts';
import type { Instant } from '../kernel/civil.ts';
import { afterFailure } from '../kernel/retry.ts';
import { afterStepFailure } from './afterStepFailure.ts';
import { advance } from './sagaAdvance.ts';
import { evolve } from './sagaEvolve.ts';
import { defaultSagaPolicy, type SagaCommand, type SagaEffect, type SagaEvent, type SagaOutcome, type SagaPolicy, type SagaState, type SagaStep } from './sagaState.ts';
import { isRefusal, type FulfilmentPlan, type FulfilmentStep, type StepFailure } from './step.ts';

export { evolve } from './sagaEvolve.ts';

export type SagaRefusal = 'unknownStep' | 'notExpected' | 'stale';

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
 * @example decide(initial(plan), { type: 'tick' }, '2026-11-20T09:00:00.000Z') // accepted: effects [{ type: 'do', step: 'verifyPayment', … }]
 */
export function decide(state: SagaState, command: SagaCommand, now: Instant, policy: SagaPolicy = defaultSagaPolicy): Decision<SagaOutcome, SagaRefusal> {
  const events: SagaEvent[] = [];
  const effects: SagaEffect[] = [];
  let at = state;
  const emit = (event: SagaEvent) => {
    events.push(event);
    at = evolve(at, event);
  };
  const later = (ms: number): Instant => new Date(Date.parse(now) + ms).toISOString();

  if (command.type === 'cancel') {
    if (at.direction === 'backward') return refuse('notExpected', 'The order is already being taken back.');
    emit({ type: 'turnedBack', because: command.because });
  } else if (command.type !== 'tick') {
    const step = at.plan.steps.find(({ key }) => key === command.step);
    if (!step) return refuse('unknownStep', `Order ${at.plan.orderId} has no step "${command.step}".`, { path: 'step', hint: 'Use a key of the plan.' });
    const no = about(step, at.steps[step.key]!, command);
    if (no) return no;
  }
  // After the word, so that one that comes with the last stroke still counts.
  for (const step of at.plan.steps) {
    const { activity } = at.steps[step.key]!;
    if (activity?.busy && Date.parse(activity.until) <= Date.parse(now)) silent(step, activity.act);
  }
  advance(() => at, emit, effects, now, later(policy.stepTimeoutMs), policy.version);
  return accept({ state: at, events, effects }, ...events.map(explain));

  function about(step: FulfilmentStep, was: SagaStep, word: Exclude<SagaCommand, { type: 'tick' | 'cancel' }>): Decision<never, SagaRefusal> | undefined {
    const doing = was.activity;
    const unexpected = () => refuse('notExpected', `Nothing was waiting for ${word.type} of ${step.key}.`, { path: 'step', hint: 'It was settled before; nothing is to do.' });
    switch (word.type) {
      case 'stepSucceeded': {
        const late = !doing && was.total.do > 0 && was.inPlace !== 'yes';
        if (!late && doing?.about !== 'do') return unexpected();
        emit({ type: 'placed', step: step.key, by: late ? 'late' : 'reply', ...(word.output && { output: word.output }) });
        return;
      }
      case 'stepFailed':
        if (!doing?.busy || (doing.act === 'undo')) return unexpected();
        if (word.attempt !== undefined && word.attempt !== was.total[doing.act]) return refuse('stale', `Attempt ${word.attempt} of ${step.key} was given up before.`);
        if (doing.act === 'observe') lookFailed(step, doing.about, word.failure);
        else failed(step, word.failure);
        return;
      case 'stepObserved':
        if (doing?.act !== 'observe') return unexpected();
        if (doing.about === 'undo') {
          if (word.observed === 'notApplied') emit({ type: 'undone', step: step.key, by: 'look' });
          else undoFailed(step, { kind: 'timedOut', outcome: 'notApplied', message: `${step.key} is still in place.`, hint: 'Take it back by hand.' });
        } else if (word.observed === 'applied') emit({ type: 'placed', step: step.key, by: 'look', ...(word.output && { output: word.output }) });
        else if (was.streak.do === 0) emit({ type: 'absent', step: step.key });
        else failed(step, was.failure ?? lost(step), 'notApplied');
        return;
      case 'undoSucceeded':
        if (doing?.about !== 'undo') return unexpected();
        emit({ type: 'undone', step: step.key, by: 'reply' });
        return;
      case 'undoFailed':
        if (!doing?.busy || doing.about !== 'undo') return unexpected();
        if (word.attempt !== undefined && word.attempt !== was.total[doing.act]) return refuse('stale', `Attempt ${word.attempt} to undo ${step.key} was given up before.`);
        if (doing.act === 'observe') lookFailed(step, 'undo', word.failure);
        else undoFailed(step, word.failure);
        return;
      case 'personRepaired':
        if (!was.person) return refuse('notExpected', `Nobody was called about ${step.key}.`);
        emit({ type: 'repairClaimed', step: step.key, by: word.by });
        emit({ type: 'postponed', step: step.key, act: 'observe', about: was.person.about, until: now, because: 'A repair is looked at before it is believed.' });
        return;
    }
  }

  function failed(step: FulfilmentStep, failure: StepFailure, observed?: 'applied' | 'notApplied' | 'unknown'): void {
    const done = at.plan.steps.filter(({ key }) => at.steps[key]!.inPlace !== 'no').map(({ key }) => key);
    const next = afterStepFailure({ plan: at.plan, done, failed: step.key, failure, attempt: at.steps[step.key]!.streak.do, ...(observed && { observed }) }, policy.retry);
    const doubtful = observed === 'unknown' || next.type === 'observe';
    emit({ type: doubtful ? 'doubtful' : 'absent', step: step.key, failure });
    if (next.type === 'observe') emit({ type: 'postponed', step: step.key, act: 'observe', about: 'do', until: now, because: next.because });
    else if (at.direction === 'backward') return; // It will not be asked for again: what stands or may stand is taken back.
    else if (next.type === 'repeat') emit({ type: 'postponed', step: step.key, act: 'do', about: 'do', until: later(next.delayMs ?? 0), because: next.because });
    else if (next.type === 'undo') emit({ type: 'turnedBack', because: next.because });
    else call(step, 'do', next.message, next.hint, next.because, next.blocking);
  }

  function lookFailed(step: FulfilmentStep, about: 'do' | 'undo', failure: StepFailure): void {
    const looks = at.steps[step.key]!.streak.observe;
    if (looks < policy.lookAttempts) {
      const wait = Math.min((isRefusal(failure) ? undefined : failure.retryAfterMs) ?? policy.retry.firstDelayMs * 2 ** (looks - 1), policy.retry.maxDelayMs);
      emit({ type: 'postponed', step: step.key, act: 'observe', about, until: later(wait), because: 'The look itself failed.' });
    } else if (about === 'undo') call(step, 'undo', failure.message, failure.hint ?? '', `nobody could see whether ${step.undo?.key} worked`, true);
    else failed(step, at.steps[step.key]!.failure ?? failure, 'unknown');
  }

  function undoFailed(step: FulfilmentStep, failure: StepFailure): void {
    const spent = at.steps[step.key]!.streak.undo;
    // "Not found" on the way back is what we want, once it is seen.
    const look = !isRefusal(failure) && (failure.outcome !== 'notApplied' || failure.kind === 'notFound');
    const next = look ? ({ type: 'observe', because: 'it may be gone already' } as const)
      : isRefusal(failure) ? ({ type: 'callPerson', because: `${failure.code} is a no, not a fault` } as const)
      : afterFailure(failure, spent, { ...policy.retry, attempts: step.maxAttempts });
    if (next.type === 'observe') emit({ type: 'postponed', step: step.key, act: 'observe', about: 'undo', until: now, because: next.because });
    else if (next.type === 'repeat') emit({ type: 'postponed', step: step.key, act: 'undo', about: 'undo', until: later(next.delayMs), because: next.because });
    else call(step, 'undo', failure.message, failure.hint ?? '', `${step.undo?.key} failed: ${next.because}`, true);
  }

  function silent(step: FulfilmentStep, act: 'do' | 'undo' | 'observe'): void {
    const word = lost(step);
    if (act === 'observe') lookFailed(step, at.steps[step.key]!.activity!.about, word);
    else if (act === 'undo') undoFailed(step, word);
    else failed(step, word);
  }

  function call(step: FulfilmentStep, about: 'do' | 'undo', message: string, hint: string, because: string, blocking: boolean): void {
    const person = { step: step.key, owner: step.owner, about, message, hint, because, blocking };
    emit({ type: 'personCalled', ...person });
    const { orderId } = at.plan;
    effects.push({ type: 'callPerson', id: `${orderId}:fallout:${step.key}:${at.steps[step.key]!.calls}`, orderId, holding: at.plan.steps.filter(({ key }) => at.steps[key]!.inPlace !== 'no').map(({ key }) => key), ...person });
  }
}

function lost(step: FulfilmentStep): StepFailure {
  return { kind: 'timedOut', outcome: 'unknown', message: `No word came back from ${step.system} about ${step.key}.`, hint: 'Look at the system; the call may have been carried out.' };
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
