import { refuse } from '../kernel/decision.ts';
import { decide, evolve, initial, wakeAt } from './saga.ts';
import { defaultSagaPolicy, type SagaAct, type SagaCommand, type SagaEffect, type SagaEvent, type SagaPolicy, type SagaState } from './sagaState.ts';
import type { FulfilmentPlan, StepFailure } from './step.ts';

/** How one call goes wrong. `mute`: nobody ever answers, as when the program that called died. */
export type Mishap = 'refused' | 'unavailable' | 'strange' | 'timedOutBefore' | 'timedOutAfter' | 'muteBefore' | 'muteAfter';
export type Script = Readonly<Record<string, Partial<Readonly<Record<SagaAct, readonly (Mishap | 'ok')[]>>>>>;

const said: Readonly<Record<Exclude<Mishap, 'muteBefore' | 'muteAfter'>, StepFailure>> = {
  refused: refuse('portTaken', 'Somebody else holds it.', { hint: 'Choose another.' }),
  unavailable: { kind: 'unavailable', outcome: 'notApplied', message: 'Not there.', hint: 'Wait.' },
  strange: { kind: 'unexpectedReply', outcome: 'notApplied', message: 'A web page.', hint: 'Check the address.' },
  timedOutBefore: { kind: 'timedOut', outcome: 'unknown', message: 'No answer.', hint: 'Look.' },
  timedOutAfter: { kind: 'timedOut', outcome: 'unknown', message: 'No answer.', hint: 'Look.' },
};

export interface Run {
  readonly state: SagaState;
  readonly events: readonly SagaEvent[];
  readonly effects: readonly SagaEffect[];
  /** What really stands in the systems at the end. */
  readonly stands: ReadonlySet<string>;
  /** Steps done while they stood already: a double resource. */
  readonly doubled: readonly string[];
  readonly undone: readonly string[];
}

/** Runs a plan against systems that fail by the script (per call, then well), with time that jumps to the next wake-up. */
export function simulate(plan: FulfilmentPlan, script: Script, options: { readonly policy?: SagaPolicy; readonly from?: SagaState; readonly first?: SagaCommand; readonly stands?: ReadonlySet<string> } = {}): Run {
  const policy = options.policy ?? { ...defaultSagaPolicy, lookAttempts: 3 };
  const stands = new Set(options.stands);
  const calls = new Map<string, number>();
  const events: SagaEvent[] = [];
  const effects: SagaEffect[] = [];
  const doubled: string[] = [];
  const undone: string[] = [];
  const waiting: SagaCommand[] = [options.first ?? { type: 'tick' }];
  let state = options.from ?? initial(plan);
  let now = Date.parse('2026-04-03T14:00:00.000Z');
  for (let turn = 0; turn < 3000; turn += 1) {
    const command = waiting.shift();
    if (!command) {
      const at = wakeAt(state);
      if (at === null) return { state, events, effects, stands, doubled, undone };
      now = Math.max(now, Date.parse(at));
      waiting.push({ type: 'tick' });
      continue;
    }
    const answer = decide(state, command, new Date(now).toISOString(), policy);
    if (answer.type === 'refused') continue;
    const folded = answer.value.events.reduce(evolve, state);
    expect(folded).toEqual(answer.value.state);
    state = JSON.parse(JSON.stringify(answer.value.state)) as SagaState;
    events.push(...answer.value.events);
    for (const effect of answer.value.effects) {
      effects.push(effect);
      const word = effect.type === 'callPerson' ? undefined : perform(effect);
      if (word) waiting.push(word);
    }
  }
  throw new Error('The run does not end.');

  function perform(effect: Exclude<SagaEffect, { type: 'callPerson' }>): SagaCommand | undefined {
    const { type: act, step } = effect;
    const nth = calls.get(`${act} ${step}`) ?? 0;
    calls.set(`${act} ${step}`, nth + 1);
    const mishap = script[step]?.[act]?.[nth] ?? 'ok';
    const works = mishap === 'ok' || mishap === 'timedOutAfter' || mishap === 'muteAfter';
    if (works && act === 'do') {
      if (stands.has(step)) doubled.push(step);
      stands.add(step);
    }
    if (works && act === 'undo') {
      undone.push(step);
      stands.delete(step);
    }
    if (mishap === 'muteBefore' || mishap === 'muteAfter') return undefined;
    if (mishap !== 'ok') return act === 'undo' ? { type: 'undoFailed', step, failure: said[mishap] } : { type: 'stepFailed', step, failure: said[mishap] };
    if (act === 'observe') return { type: 'stepObserved', step, observed: stands.has(step) ? 'applied' : 'notApplied' };
    return act === 'do' ? { type: 'stepSucceeded', step, output: { seen: step } } : { type: 'undoSucceeded', step };
  }
}
