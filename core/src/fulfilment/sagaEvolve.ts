import type { SagaEvent, SagaState, SagaStep } from './sagaState.ts';

/**
 * Folds one event into the state. Total: every event of an accepted decision is folded without a throw, in any replay.
 * @example evolve(state, { type: 'turnedBack', because: 'cancelled' }).direction // 'backward'
 */
export function evolve(state: SagaState, event: SagaEvent): SagaState {
  switch (event.type) {
    case 'ended':
      return { ...state, status: event.status };
    case 'turnedBack':
      return {
        ...state,
        status: 'undoing',
        direction: 'backward',
        // Nothing waits to be done any more; what was left to a person is taken back like the rest.
        steps: Object.fromEntries(Object.entries(state.steps).map(([key, step]) => {
          const { person: _person, ...rest } = step;
          return [key, step.activity && !step.activity.busy && step.activity.act !== 'observe' ? still(rest) : rest];
        })),
      };
    default: {
      const was = state.steps[event.step];
      if (!was) return state;
      const moving = event.type === 'personCalled' ? state.status : state.direction === 'forward' ? 'running' : 'undoing';
      return { ...state, status: moving, steps: { ...state.steps, [event.step]: fold(was, event) } };
    }
  }
}

function fold(was: SagaStep, event: Exclude<SagaEvent, { type: 'ended' | 'turnedBack' }>): SagaStep {
  switch (event.type) {
    case 'begun': {
      const { act, about, until } = event;
      return {
        ...was,
        activity: { act, about, busy: true, until },
        total: { ...was.total, [act]: was.total[act] + 1 },
        streak: { ...was.streak, [act]: was.streak[act] + 1, ...(act !== 'observe' && { observe: 0 }) },
      };
    }
    case 'postponed':
      return { ...was, activity: { act: event.act, about: event.about, busy: false, until: event.until } };
    case 'placed': {
      const { person: _person, failure: _failure, ...rest } = still(was);
      return { ...rest, inPlace: 'yes', ...(event.output && { output: event.output }), streak: { do: 0, undo: 0, observe: 0 } };
    }
    case 'absent':
      return { ...still(was), inPlace: 'no', ...(event.failure && { failure: event.failure }) };
    case 'doubtful':
      return { ...still(was), inPlace: 'maybe', ...(event.failure && { failure: event.failure }) };
    case 'undone': {
      const { person: _person, ...rest } = still(was);
      return { ...rest, inPlace: 'no', streak: { do: 0, undo: 0, observe: 0 } };
    }
    case 'personCalled': {
      const { type: _type, ...person } = event;
      return { ...still(was), person, calls: was.calls + 1 };
    }
    case 'repairClaimed': {
      const { person: _person, ...rest } = was;
      return { ...rest, streak: { do: 0, undo: 0, observe: 0 } };
    }
  }
}

function still(step: SagaStep): SagaStep {
  const { activity: _activity, ...rest } = step;
  return rest;
}
