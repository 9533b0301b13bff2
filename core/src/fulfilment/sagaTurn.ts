import type { Instant } from '../kernel/civil.ts';
import { evolve } from './sagaEvolve.ts';
import type { SagaEffect, SagaEvent, SagaPolicy, SagaState } from './sagaState.ts';

/** One decision in the making: what is emitted is folded at once, so that the next question is asked of the state as it now is. */
export interface SagaTurn {
  readonly state: SagaState;
  readonly now: Instant;
  readonly policy: SagaPolicy;
  readonly events: readonly SagaEvent[];
  readonly effects: readonly SagaEffect[];
  emit(event: SagaEvent): void;
  ask(effect: SagaEffect): void;
  /** The instant this long after now. */
  later(ms: number): Instant;
}

/** Opens a turn on a state; the caller's state is not changed. @example openTurn(initial(plan), '2026-11-20T09:00:00.000Z', defaultSagaPolicy).events // [] */
export function openTurn(from: SagaState, now: Instant, policy: SagaPolicy): SagaTurn {
  let state = from;
  const events: SagaEvent[] = [];
  const effects: SagaEffect[] = [];
  return {
    get state() {
      return state;
    },
    now,
    policy,
    events,
    effects,
    emit(event) {
      events.push(event);
      state = evolve(state, event);
    },
    ask: (effect) => void effects.push(effect),
    later: (ms) => new Date(Date.parse(now) + ms).toISOString(),
  };
}

/** Keys of the steps whose effects stand or may stand. @example standing(initial(plan)) // [] */
export function standing({ plan, steps }: SagaState): readonly string[] {
  return plan.steps.filter(({ key }) => steps[key]!.inPlace !== 'no').map(({ key }) => key);
}
