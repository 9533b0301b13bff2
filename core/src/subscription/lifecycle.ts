import { misfit, object } from '../kernel/shapes.ts';
import { text } from './words.ts';
import { isInstant, type Instant } from '../kernel/civil.ts';
import { accept, mustBe, refuse, type Decision, type Refused } from '../kernel/decision.ts';
import { deriveId } from '../kernel/id.ts';
import type { JsonSchema } from '../kernel/schema.ts';

/** What every lifecycle's state holds. */
export interface Kept {
  readonly id: string;
  readonly status: string;
  /** How many events made it. */
  readonly seq: number;
  /** The instant of the last one, empty before the first. */
  readonly at: Instant;
  /** Ids of the last 50 commands carried out: one that comes again changes nothing. */
  readonly seen: readonly string[];
}
/** Something that happened, and which fields became what by it; so an old log replays the same under any later version. */
export interface Happened<S extends Kept> {
  /** The command it came of, or the name of what was due. */
  readonly type: string;
  readonly at: Instant;
  readonly seq: number;
  readonly policyVersion: string;
  /** Of the command. */
  readonly id?: string;
  readonly set: Partial<S>;
}
/** Something to be done by whoever called. The id is the same in every replay. */
export interface Wanted {
  readonly id: string;
  readonly type: string;
  /** When it should have been done: tells the newest from the missed after a late tick. */
  readonly dueAt: Instant;
}
export interface Decided<S extends Kept, F extends Wanted> {
  readonly state: S;
  readonly events: readonly Happened<S>[];
  readonly effects: readonly F[];
}
/** An effect in the making: its type, what makes its id unique besides, and the rest of it. */
export type Wish<F> = F extends { readonly type: infer T } ? readonly [type: T, key: readonly (string | number)[], more?: Omit<F, 'id' | 'type' | 'dueAt'>] : never;
/** An event in the making: the fields it sets and the effects it asks for. */
export type News<S, F> = readonly [set: Partial<S>, ...wishes: readonly Wish<F>[]];
/** What time alone brings about, when, and what it is called. */
export type Step<S, F> = readonly [at: Instant, type: string, ...news: News<S, F>];
type Fields = Readonly<Record<string, JsonSchema>>;
/** The statuses a command is heard in, what it makes (nothing changes nothing), and the fields it must and may have. */
export type Rule<S, F, P, C> = readonly [statuses: string, make: (state: S, command: C, at: Instant, policy: P) => News<S, F> | Refused | undefined, must?: Fields, may?: Fields];
export type Rules<S, F, P, C extends { readonly type: string }> = { readonly [T in Exclude<C['type'], 'tick'>]: Rule<S, F, P, Extract<C, { readonly type: T }>> };

/** Policies that were looked at before. */
const sound = new WeakSet<object>();
/** A lifecycle before its first command. @example initial('trial_1').status // 'new' */
export const initial = <S extends Kept>(id: string): S => ({ id, status: 'new', seq: 0, at: '', seen: [] } as Kept as S);
/** Folds an event; one folded before changes nothing. @example evolve(initial('a'), { type: 'x', at: '', seq: 1, policyVersion: '', set: { status: 'b' } }).status // 'b' */
export const evolve = <S extends Kept>(state: S, { seq, at, set, id }: Happened<S>): S => (seq > state.seq ? { ...state, ...set, seq, at, seen: id ? [...state.seen, id].slice(-50) : state.seen } : state);

/**
 * Makes a lifecycle. `decide` takes one command: first every overdue step in order, each at the time it was due, then
 * the command, then what follows from it at once. It refuses `badPolicy`, `badInput`, `notNow` for what the status does not allow,
 * `outOfOrder` for a command older than the last event, `tooFarBehind` when 10,000 steps are overdue. `wakeAt` says when to tick next.
 * @example lifecycle({}, { version: '1' }, () => [], {}).wakeAt({}) // null
 */
export function lifecycle<S extends Kept, C extends { readonly type: string; readonly id?: string }, F extends Wanted, P extends { readonly version: string }>(
  schema: JsonSchema, fallback: P, next: (state: S, policy: P) => readonly Step<S, F>[], rules: Rules<S, F, P, C>, after: (state: S, before: S) => readonly Wish<F>[] = () => [],
): { readonly initial: (id: string) => S; readonly evolve: (state: S, event: Happened<S>) => S; readonly wakeAt: (state: S, policy?: P) => Instant | null; readonly decide: (state: S, command: C, now: Instant, policy?: P) => Decision<Decided<S, F>> } {
  // No instant that is dealt with comes near the end of the calendar.
  const first = (state: S, policy: P): Step<S, F> => next(state, policy).reduce<Step<S, F>>((a, b) => (b[0] < a[0] ? b : a), ['9', '', {}]);
  return {
    initial,
    evolve,
    wakeAt(state, policy = fallback) {
      const [at] = first(state, policy);
      return at < '9' ? at : null;
    },
    decide(state, command, now, policy = fallback) {
      const { type, id } = Object(command) as C;
      let [statuses, make, must, may] = (type === 'tick' ? [''] : typeof type === 'string' && Object.hasOwn(rules, type) ? rules[type as keyof typeof rules] : []) as Partial<Rule<S, F, P, C>>;
      const wrong = (sound.has(policy) ? undefined : misfit(schema, policy, 'badPolicy')) ?? (!isInstant(now) || now < '1' || now > '8' ? mustBe('now') : statuses === undefined ? mustBe('type') : undefined);
      if (wrong) return wrong;
      sound.add(policy);
      const until = new Date(now).toISOString();
      const events: Happened<S>[] = [];
      const effects: F[] = [];
      for (const again = state.seen.includes(id!); !again;) {
        let [at, name, ...news] = first(state, policy);
        let told: { readonly id?: string } = {};
        if (at > until) {
          if (!make) break;
          const made = until < state.at ? mustBe('now', `after ${state.at}`, 'outOfOrder')
            : !statuses!.includes(state.status) ? refuse('notNow', `Not possible when ${state.status}.`)
            : misfit(object({ type: text, ...must }, { id: text, ...may }), command) ?? make(state, command, until, policy);
          make = undefined;
          if (!made) continue;
          if ('code' in made) return made;
          [at, name, news] = [until, type, made as typeof news];
          if (id) told = { id };
        }
        const before = state;
        const [set, ...wishes] = news;
        const event = { type: name, at: at > state.at ? at : state.at, seq: state.seq + 1, policyVersion: policy.version, set, ...told };
        events.push(event);
        state = evolve(state, event);
        for (const [kind, key, more] of [...wishes, ...after(state, before)] as readonly (readonly [string, readonly string[], object?])[]) effects.push({ id: deriveId(state.id, kind, ...key), type: kind, dueAt: event.at, ...more } as F);
        if (events.length > 1e4) return mustBe('now', 'nearer', 'tooFarBehind');
      }
      return accept({ state, events, effects }, ...events.map((event) => `${event.type} at ${event.at} (${policy.version})`));
    },
  };
}
