import fc from 'fast-check';
import type { Decision } from '../kernel/decision.ts';
import type { Decided, Happened, Kept, Wanted } from './lifecycle.ts';

export interface Machine<S extends Kept, C, F extends Wanted> {
  initial(id: string): S;
  decide(state: S, command: C, now: string): Decision<Decided<S, F>>;
  evolve(state: S, event: Happened<S>): S;
  wakeAt(state: S): string | null;
}
export interface Story<C> {
  readonly start: number;
  /** Milliseconds since the step before, and what is said. */
  readonly steps: readonly (readonly [gap: number, command: C])[];
}
export interface Told<S extends Kept, C, F extends Wanted> {
  readonly before: S;
  readonly command: C;
  readonly now: string;
  readonly answer: Decision<Decided<S, F>>;
  /** The state afterwards: the same when it was refused. */
  readonly state: S;
}
const HOUR = 3_600_000;
export const iso = (ms: number): string => new Date(ms).toISOString();
/** Month ends, leap days and days of changing clocks, and any other moment. */
export const moment = fc.oneof(
  fc.constantFrom('2024-02-29T05:00:00Z', '2026-01-31T23:59:59.999Z', '2026-03-08T06:59:00Z', '2026-03-28T21:59:59Z', '2026-04-05T15:00:00Z', '2026-11-01T05:30:00Z', '2026-12-31T18:15:00Z', '2028-02-29T12:00:00Z').map(Date.parse),
  fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2028-12-31') }),
);
export const zone = fc.constantFrom('America/Toronto', 'America/Havana', 'Asia/Beirut', 'Asia/Kathmandu', 'America/St_Johns', 'Australia/Sydney', 'Australia/Lord_Howe', 'UTC');
/** Nothing, moments, hours, days to the millisecond and around, weeks, months. */
export const gap = fc.oneof(fc.constantFrom(0, 0, 1, HOUR, 24 * HOUR - 1, 24 * HOUR, 24 * HOUR + 1, 14 * 24 * HOUR, 31 * 24 * HOUR), fc.integer({ min: 0, max: 40 * 24 * HOUR }));
export const storyOf = <C>(first: readonly fc.Arbitrary<C>[], any: fc.Arbitrary<C>): fc.Arbitrary<Story<C>> => fc.record({
  start: moment,
  steps: fc.tuple(fc.tuple(...first.map((one) => fc.tuple(fc.constantFrom(0, HOUR), one))), fc.array(fc.tuple(gap, any), { maxLength: 12 })).map(([a, b]) => [...a, ...b] as readonly (readonly [number, C])[]),
});

/** Runs a story; each command has an id of its own. */
export function tell<S extends Kept, C, F extends Wanted>(machine: Machine<S, C, F>, { start, steps }: Story<C>): readonly Told<S, C, F>[] {
  let state = machine.initial('x_1');
  let at = start;
  return steps.map(([wait, said], i) => {
    const before = state;
    const command = { ...said, id: `c${i}` };
    const now = iso((at += wait));
    const answer = machine.decide(before, command, now);
    if (answer.type === 'accepted') state = answer.value.state;
    return { before, command, now, answer, state };
  });
}
export const accepted = <T>(answer: Decision<T>): T => {
  if (answer.type === 'refused') throw new Error(`${answer.code} ${answer.path ?? ''} ${answer.message}`);
  return answer.value;
};
export const outcomes = <S extends Kept, C, F extends Wanted>(told: readonly Told<S, C, F>[]): readonly Decided<S, F>[] => told.flatMap(({ answer }) => (answer.type === 'accepted' ? [answer.value] : []));

/** What holds for every lifecycle, whatever it is about. `commands` is one of each; `over` are the statuses nothing leaves. */
export function laws<S extends Kept, C extends { readonly type: string }, F extends Wanted>(machine: Machine<S, C, F>, story: fc.Arbitrary<Story<C>>, commands: readonly C[], over: readonly string[]): void {
  const tick = { type: 'tick' } as C;
  const each = (name: string, holds: (told: readonly Told<S, C, F>[], more: number) => void, numRuns = 70): void =>
    test(name, () => fc.assert(fc.property(story, fc.nat(), (one, more) => holds(tell(machine, one), more)), { numRuns }));

  each('[inv-45] a command that comes again, at once or later, changes nothing', (told) => {
    for (const [i, { command, now, state, answer }] of told.entries()) {
      if (answer.type === 'refused' || command.type === 'tick') continue;
      for (const late of [state, ...told.slice(i + 1).map((one) => one.state)]) {
        if (answer.value.events.length > 0 && answer.value.events.at(-1)!.id === (command as { id?: string }).id) expect(machine.decide(late, command, iso(Date.parse(now) + HOUR))).toMatchObject({ type: 'accepted', value: { state: late, events: [], effects: [] } });
      }
      const { events } = answer.value;
      for (const event of events) expect(machine.evolve(state, event)).toBe(state);
    }
  });
  each('[inv-46] [inv-37] two ticks do what the later one does alone, in state and in the order of effects', (told, more) => {
    for (const { now, state } of told) {
      const [t1, t2] = [Date.parse(now) + (more % 977) * HOUR, Date.parse(now) + (more % 977) * HOUR + (more % 1499) * HOUR];
      const first = accepted(machine.decide(state, tick, iso(t1)));
      const second = accepted(machine.decide(first.state, tick, iso(t2)));
      const alone = accepted(machine.decide(state, tick, iso(t2)));
      expect(second.state).toEqual(alone.state);
      expect([...first.effects, ...second.effects]).toEqual(alone.effects);
      expect([...first.events, ...second.events]).toEqual(alone.events);
    }
  });
  each('[inv-56] what is over stays over: every command is refused, and nothing ever throws', (told) => {
    for (const { state, now } of told) {
      for (const command of commands) {
        const answer = machine.decide(state, command, now);
        if (over.includes(state.status)) expect(answer).toMatchObject(command.type === 'tick' ? { type: 'accepted', value: { state, events: [], effects: [] } } : { type: 'refused', code: 'notNow' });
      }
      if (over.includes(state.status)) expect(machine.wakeAt(state)).toBeNull();
    }
  });
  test('[inv-56] nonsense is refused with a code and a path, never thrown', () => {
    const junk = fc.oneof(fc.anything(), fc.constantFrom(NaN, 1.5, -1, 2 ** 53, '', ' ', '2026-02-30', 'Mars/Olympus', null, {}, []));
    const broken = fc.tuple(fc.constantFrom(...commands), fc.string(), junk, fc.nat()).map(([command, name, value, n]) => {
      const names = [...Object.keys(command), name];
      return { ...command, [names[n % names.length]!]: value };
    });
    fc.assert(fc.property(story, fc.oneof(junk, broken), fc.oneof(junk, fc.constant('2027-01-01T00:00:00Z')), (one, command, now) => {
      for (const { state } of tell(machine, one)) {
        const answer = machine.decide(state, command as C, now as string);
        if (answer.type === 'refused') expect(answer.code).toMatch(/^[a-z][A-Za-z]+$/);
      }
    }), { numRuns: 70 });
  });
  each('[inv-57] it wakes later than it was last asked; before that a tick does nothing, at that moment it does something', (told) => {
    for (const { state, now, answer } of told) {
      const wakes = machine.wakeAt(state);
      if (answer.type === 'refused' || wakes === null) continue;
      expect(Date.parse(wakes)).toBeGreaterThan(Date.parse(now));
      expect(accepted(machine.decide(state, tick, iso(Date.parse(wakes) - 1)))).toMatchObject({ state, events: [], effects: [] });
      expect(accepted(machine.decide(state, tick, wakes)).events.length).toBeGreaterThan(0);
    }
  });
  test('[inv-67] [inv-38] the events make the state again, the same story makes the same effects, and no two have the same id', () => {
    fc.assert(fc.property(story, (one) => {
      const made = outcomes(tell(machine, one));
      const last = made.at(-1)?.state ?? machine.initial('x_1');
      expect(made.flatMap(({ events }) => events).reduce((state, event) => machine.evolve(state, event), machine.initial('x_1'))).toEqual(last);
      const effects = made.flatMap((outcome) => outcome.effects);
      expect(outcomes(tell(machine, one)).flatMap((outcome) => outcome.effects)).toEqual(effects);
      expect(new Set(effects.map(({ id }) => id)).size).toBe(effects.length);
      for (const event of made.flatMap(({ events }) => events)) expect(event.policyVersion).not.toBe('');
    }), { numRuns: 70 });
  });
  each('[inv-68] states, events, effects and refusals survive JSON', (told) => {
    for (const { answer } of told) expect(JSON.parse(JSON.stringify(answer))).toStrictEqual(answer);
  });
}
