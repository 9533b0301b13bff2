import { afterFailure } from '../kernel/retry.ts';
import { afterStepFailure } from './afterStepFailure.ts';
import type { SagaAct } from './sagaState.ts';
import { standing, type SagaTurn } from './sagaTurn.ts';
import { isRefusal, type FulfilmentStep, type StepFailure } from './step.ts';

/** A step failed, or a look (`observed`) showed what became of it. @example stepFailed(turn, step, failure) */
export function stepFailed(turn: SagaTurn, step: FulfilmentStep, failure: StepFailure, observed?: 'applied' | 'notApplied' | 'unknown'): void {
  const { plan, steps, direction } = turn.state;
  const next = afterStepFailure({ plan, done: standing(turn.state), failed: step.key, failure, attempt: steps[step.key]!.streak.do, ...(observed && { observed }) }, turn.policy.retry);
  const doubtful = observed === 'unknown' || next.type === 'observe';
  turn.emit({ type: doubtful ? 'doubtful' : 'absent', step: step.key, failure });
  if (next.type === 'observe') turn.emit({ type: 'postponed', step: step.key, act: 'observe', about: 'do', until: turn.now, because: next.because });
  else if (direction === 'backward') return; // It will not be asked for again: what stands or may stand is taken back.
  else if (next.type === 'repeat') turn.emit({ type: 'postponed', step: step.key, act: 'do', about: 'do', until: turn.later(next.delayMs ?? 0), because: next.because });
  else if (next.type === 'undo') turn.emit({ type: 'turnedBack', because: next.because });
  else callPerson(turn, step, 'do', next);
}

/** The look itself failed: looking is harmless, so it is tried again whatever the kind, until patience ends. @example lookFailed(turn, step, 'do', failure) */
export function lookFailed(turn: SagaTurn, step: FulfilmentStep, about: 'do' | 'undo', failure: StepFailure): void {
  const was = turn.state.steps[step.key]!;
  const looks = was.streak.observe;
  const { retry, lookAttempts } = turn.policy;
  if (looks < lookAttempts) {
    const wait = Math.min((isRefusal(failure) ? undefined : failure.retryAfterMs) ?? retry.firstDelayMs * 2 ** (looks - 1), retry.maxDelayMs);
    turn.emit({ type: 'postponed', step: step.key, act: 'observe', about, until: turn.later(wait), because: 'The look itself failed.' });
  } else if (about === 'undo') callUndo(turn, step, failure, `nobody could see whether ${step.undo?.key} worked`);
  else stepFailed(turn, step, was.failure ?? failure, 'unknown');
}

/** An undo failed: look, repeat, or hand it to the step's owner; never dropped. @example undoFailed(turn, step, failure) */
export function undoFailed(turn: SagaTurn, step: FulfilmentStep, failure: StepFailure): void {
  const spent = turn.state.steps[step.key]!.streak.undo;
  // "Not found" on the way back is what we want, once it is seen.
  const look = !isRefusal(failure) && (failure.outcome !== 'notApplied' || failure.kind === 'notFound');
  const next = look ? ({ type: 'observe', because: 'it may be gone already' } as const)
    : isRefusal(failure) ? ({ type: 'callPerson', because: `${failure.code} is a no, not a fault` } as const)
    : afterFailure(failure, spent, { ...turn.policy.retry, attempts: step.maxAttempts });
  if (next.type === 'observe') turn.emit({ type: 'postponed', step: step.key, act: 'observe', about: 'undo', until: turn.now, because: next.because });
  else if (next.type === 'repeat') turn.emit({ type: 'postponed', step: step.key, act: 'undo', about: 'undo', until: turn.later(next.delayMs), because: next.because });
  else callUndo(turn, step, failure, `${step.undo?.key} failed: ${next.because}`);
}

/** No word came within the step's patience. @example wentSilent(turn, step, 'do') */
export function wentSilent(turn: SagaTurn, step: FulfilmentStep, act: SagaAct): void {
  const word = noWord(step);
  if (act === 'observe') lookFailed(turn, step, turn.state.steps[step.key]!.activity!.about, word);
  else if (act === 'undo') undoFailed(turn, step, word);
  else stepFailed(turn, step, word);
}

/** The failure that silence stands for. @example noWord(step).outcome // 'unknown' */
export function noWord(step: FulfilmentStep): StepFailure {
  return { kind: 'timedOut', outcome: 'unknown', message: `No word came back from ${step.system} about ${step.key}.`, hint: 'Look at the system; the call may have been carried out.' };
}

function callUndo(turn: SagaTurn, step: FulfilmentStep, { message, hint = '' }: StepFailure, because: string): void {
  callPerson(turn, step, 'undo', { message, hint, because, blocking: true });
}

function callPerson(turn: SagaTurn, step: FulfilmentStep, about: 'do' | 'undo', { message, hint, because, blocking }: { readonly message: string; readonly hint: string; readonly because: string; readonly blocking: boolean }): void {
  const person = { step: step.key, owner: step.owner, about, message, hint, because, blocking };
  turn.emit({ type: 'personCalled', ...person });
  const { plan: { orderId }, steps } = turn.state;
  turn.ask({ type: 'callPerson', id: `${orderId}:fallout:${step.key}:${steps[step.key]!.calls}`, orderId, holding: standing(turn.state), ...person });
}
