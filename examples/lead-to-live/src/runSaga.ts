// Core decides, this performs. Each turn: tell the saga what happened, write down what it decided, only then do what it asks for.
import { isVendorError, refuse, saga, type Clock, type FulfilmentPlan, type JsonObject, type Refused, type SagaCommand, type SagaEffect, type SagaEvent, type SagaState, type StepFailure } from '@leadlight/core';
import type { Journal } from './journal.ts';

/** What the steps before answered, by step. */
export type Given = Readonly<Record<string, JsonObject>>;
/** How one step is done, looked for and taken back. Each answers with what was read back from the system, never with what was sent. */
export interface StepWork {
  do(given: Given): Promise<JsonObject | Refused>;
  /** Whether it stands: asked when nobody knows whether `do` got through. `null`: it does not. */
  observe(given: Given): Promise<JsonObject | null>;
  /** Left out where only a person should do it. */
  undo?(given: Given): Promise<JsonObject | Refused>;
}
export interface Around {
  readonly journal: Journal;
  readonly clock: Clock;
  /** Name of this saga's lines in the journal. */
  readonly stream: string;
  readonly tell: (event: SagaEvent) => void;
  readonly callPerson: (call: Extract<SagaEffect, { type: 'callPerson' }>) => Promise<void>;
  /** Between a step's effect and its outcome on disk: where a crash hurts most. */
  readonly afterEffect?: (step: string) => void;
}
type Call = Exclude<SagaEffect, { type: 'callPerson' }>;

/** Runs a plan to its end (`live`, `undone` or `fallout`), from wherever an earlier run of the same journal stopped. */
export async function runSaga(plan: FulfilmentPlan, works: Readonly<Record<string, StepWork>>, around: Around): Promise<SagaState> {
  const { journal, clock, stream } = around;
  let state = journal.all<readonly SagaEvent[]>(stream).flat().reduce(saga.evolve, saga.initial(plan));
  const words = [...lostWords(state), ...repairs(state)];
  for (;;) {
    const decision = saga.decide(state, words.shift() ?? { type: 'tick' }, clock.now());
    if (decision.type === 'refused') throw new Error(decision.message);
    const { events, effects } = decision.value;
    // The intent ("begun") and every outcome ("placed", "doubtful") are on disk before the next call leaves.
    if (events.length > 0) journal.append(stream, events);
    state = decision.value.state;
    events.forEach(around.tell);
    for (const effect of effects) {
      if (effect.type === 'callPerson') await around.callPerson(effect);
      else words.push(await perform(effect, works, around));
    }
    const wake = saga.wakeAt(state);
    if (wake === null) return state;
    if (words.length === 0) await clock.sleep(Math.max(0, Date.parse(wake) - Date.parse(clock.now())));
  }
}

async function perform({ type, step, attempt, given }: Call, works: Readonly<Record<string, StepWork>>, { afterEffect }: Around): Promise<SagaCommand> {
  const work = works[step];
  if (!work) throw new Error(`Nobody does ${step}.`);
  const failed = (failure: StepFailure): SagaCommand => (type === 'undo' ? { type: 'undoFailed', step, failure, attempt } : { type: 'stepFailed', step, failure, attempt });
  try {
    if (type === 'observe') {
      const output = await work.observe(given);
      return output ? { type: 'stepObserved', step, observed: 'applied', output } : { type: 'stepObserved', step, observed: 'notApplied' };
    }
    const answer = type === 'do' ? await work.do(given) : await (work.undo?.(given) ?? refuse('byHand', `${step} is taken back by hand.`, { hint: 'Do it in the system itself, then run again.' }));
    if (type === 'do') afterEffect?.(step);
    if (isRefused(answer)) return failed(answer);
    return type === 'do' ? { type: 'stepSucceeded', step, output: answer } : { type: 'undoSucceeded', step };
  } catch (error) {
    // By shape: this program has core's build, each client its own copy of core, so `instanceof VendorError` would never be true.
    if (!isVendorError(error)) throw error;
    const { kind, outcome, message, hint, retryAfterMs, vendor, operation } = error;
    return failed({ kind, outcome, message, hint, vendor, operation, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
  }
}

/** A call that was begun and never answered, because the program died: nobody knows, so the saga will look before it repeats. */
function lostWords(state: SagaState): SagaCommand[] {
  return Object.entries(state.steps).flatMap(([step, { activity }]): SagaCommand[] => {
    if (!activity?.busy) return [];
    const failure = { kind: 'timedOut', outcome: 'unknown', message: `The program stopped during ${step}.`, hint: 'Look at the system.' } as const;
    return [activity.act === 'undo' ? { type: 'undoFailed', step, failure } : { type: 'stepFailed', step, failure }];
  });
}

/** Whoever runs again after a fallout says that the person has repaired it; the saga looks, it does not believe. */
function repairs(state: SagaState): SagaCommand[] {
  return Object.entries(state.steps).flatMap(([step, { person }]): SagaCommand[] => (person?.blocking ? [{ type: 'personRepaired', step, by: 'a second run' }] : []));
}

const isRefused = (answer: JsonObject | Refused): answer is Refused => answer['type' as keyof typeof answer] === 'refused';
