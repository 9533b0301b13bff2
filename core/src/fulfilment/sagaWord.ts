import { refuse, type Refused } from '../kernel/decision.ts';
import { lookFailed, noWord, stepFailed, undoFailed } from './sagaFailure.ts';
import type { SagaCommand } from './sagaState.ts';
import type { SagaTurn } from './sagaTurn.ts';
import type { FulfilmentStep } from './step.ts';

export type SagaRefusal = 'unknownStep' | 'notExpected' | 'stale';
/** A command that is about one step. */
export type SagaWord = Exclude<SagaCommand, { type: 'tick' | 'cancel' }>;

/**
 * Takes in what was said about a step. Words nobody waits for, doubled or late, are refused and change nothing; only a late success counts.
 * @example hearWord(turn, step, { type: 'stepSucceeded', step: 'holdPort' }) // undefined, or a refusal
 */
export function hearWord(turn: SagaTurn, step: FulfilmentStep, word: SagaWord): Refused<SagaRefusal> | undefined {
  const was = turn.state.steps[step.key]!;
  const doing = was.activity;
  const unexpected = () => refuse('notExpected', `Nothing was waiting for ${word.type} of ${step.key}.`, { path: 'step', hint: 'It was settled before; nothing is to do.' });
  switch (word.type) {
    case 'stepSucceeded': {
      const late = !doing && was.total.do > 0 && was.inPlace !== 'yes';
      if (!late && doing?.about !== 'do') return unexpected();
      turn.emit({ type: 'placed', step: step.key, by: late ? 'late' : 'reply', ...(word.output && { output: word.output }) });
      return;
    }
    case 'stepFailed':
      if (!doing?.busy || doing.act === 'undo') return unexpected();
      if (word.attempt !== undefined && word.attempt !== was.total[doing.act]) return refuse('stale', `Attempt ${word.attempt} of ${step.key} was given up before.`);
      if (doing.act === 'observe') lookFailed(turn, step, doing.about, word.failure);
      else stepFailed(turn, step, word.failure);
      return;
    case 'stepObserved':
      if (doing?.act !== 'observe') return unexpected();
      if (doing.about === 'undo') {
        if (word.observed === 'notApplied') turn.emit({ type: 'undone', step: step.key, by: 'look' });
        else undoFailed(turn, step, { kind: 'timedOut', outcome: 'notApplied', message: `${step.key} is still in place.`, hint: 'Take it back by hand.' });
      } else if (word.observed === 'applied') turn.emit({ type: 'placed', step: step.key, by: 'look', ...(word.output && { output: word.output }) });
      else if (was.streak.do === 0) turn.emit({ type: 'absent', step: step.key });
      else stepFailed(turn, step, was.failure ?? noWord(step), 'notApplied');
      return;
    case 'undoSucceeded':
      if (doing?.about !== 'undo') return unexpected();
      turn.emit({ type: 'undone', step: step.key, by: 'reply' });
      return;
    case 'undoFailed':
      if (!doing?.busy || doing.about !== 'undo') return unexpected();
      if (word.attempt !== undefined && word.attempt !== was.total[doing.act]) return refuse('stale', `Attempt ${word.attempt} to undo ${step.key} was given up before.`);
      if (doing.act === 'observe') lookFailed(turn, step, 'undo', word.failure);
      else undoFailed(turn, step, word.failure);
      return;
    case 'personRepaired':
      if (!was.person) return refuse('notExpected', `Nobody was called about ${step.key}.`);
      turn.emit({ type: 'repairClaimed', step: step.key, by: word.by });
      turn.emit({ type: 'postponed', step: step.key, act: 'observe', about: was.person.about, until: turn.now, because: 'A repair is looked at before it is believed.' });
      return;
  }
}
