import type { Instant } from '../kernel/civil.ts';
import { accept, refuse, type Decision } from '../kernel/decision.ts';

/** A lifecycle's `decide`, whatever it is about. */
export type Decide<State, Command, Policy> = (state: State, command: Command, now: Instant, policy: Policy) => Decision<{ readonly state: State; readonly effects: readonly { readonly id: string }[] }>;
/** What happened to one case: where it began and each command with its time, as the journal kept them. */
export interface Recorded<State, Command> {
  readonly id: string;
  readonly initial: State;
  readonly journal: readonly { readonly at: Instant; readonly command: Command }[];
}
export interface Replayed<State> {
  readonly state: State;
  readonly effects: readonly { readonly id: string }[];
  /** Commands that were not allowed: the code of each. */
  readonly refused: readonly string[];
}
/** A case that would have gone another way: effects only under the one, only under the other. */
export interface Difference {
  readonly id: string;
  readonly only: { readonly before: readonly { readonly id: string }[]; readonly after: readonly { readonly id: string }[] };
}

/**
 * Runs a recorded case again from its beginning. The same journal under the same policy gives the same state and the same effect ids
 * (invariant 67).
 * @example replay({ id: 'c', initial: 1, journal: [{ at: '2026-04-01T00:00:00.000Z', command: 2 }] }, (state, command) => accept({ state: state + command, effects: [] }), null).state // 3
 */
export function replay<State, Command, Policy>({ initial, journal }: Recorded<State, Command>, decide: Decide<State, Command, Policy>, policy: Policy): Replayed<State> {
  let state = initial;
  const effects: { readonly id: string }[] = [];
  const refused: string[] = [];
  for (const { at, command } of journal) {
    const answer = decide(state, command, at, policy);
    if (answer.type === 'refused') refused.push(answer.code);
    else {
      state = answer.value.state;
      effects.push(...answer.value.effects);
    }
  }
  return { state, effects, refused };
}

/**
 * What another policy would have done: replays every journal under both and lists who would have seen something else. Nothing is changed.
 * Commands are as they were recorded; what people would have done otherwise nobody knows.
 * @example whatIf([{ id: 'c', initial: 0, journal: [{ at: '2026-04-01T00:00:00.000Z', command: 1 }] }], (state, command, now, policy) => accept({ state, effects: [{ id: policy }] }), 'a', 'b').value // [{ id: 'c', only: { before: [{ id: 'a' }], after: [{ id: 'b' }] } }]
 */
export function whatIf<State, Command, Policy>(cases: readonly Recorded<State, Command>[], decide: Decide<State, Command, Policy>, before: Policy, after: Policy): Decision<readonly Difference[], 'badInput'> {
  const wrong = cases.findIndex((one) => !Array.isArray(one?.journal));
  if (wrong >= 0) return refuse('badInput', 'A case needs an id, its initial state and its journal.', { path: `cases[${wrong}].journal` });
  const differences = cases.flatMap((one): readonly Difference[] => {
    const [old, fresh] = [replay(one, decide, before).effects, replay(one, decide, after).effects];
    // An effect is the same when all of it is: a reminder a day later is another.
    const without = (list: readonly { readonly id: string }[], others: readonly { readonly id: string }[]) => {
      const known = new Set(others.map((effect) => JSON.stringify(effect)));
      return list.filter((effect) => !known.has(JSON.stringify(effect)));
    };
    const only = { before: without(old, fresh), after: without(fresh, old) };
    return only.before.length + only.after.length > 0 ? [{ id: one.id, only }] : [];
  });
  return accept(differences, `${differences.length} of ${cases.length} cases would differ`);
}
