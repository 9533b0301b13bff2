import { accept, refuse } from '../kernel/decision.ts';
import { replay, whatIf, type Recorded } from './whatIf.ts';

interface Limit { readonly max: number }
/** A counter that says when it passes its limit. */
const decide = (state: number, command: number, now: string, { max }: Limit) =>
  command < 0 ? refuse('negative', 'No.') : accept({ state: state + command, effects: state + command > max ? [{ id: `over:${now}` }] : [] });
const recorded = (id: string, ...commands: readonly number[]): Recorded<number, number> => ({ id, initial: 0, journal: commands.map((command, i) => ({ at: `2026-04-0${i + 1}T00:00:00.000Z`, command })) });

test('[inv-67] a journal replayed from empty gives the same state and effects, and names what was refused', () => {
  const once = replay(recorded('a', 1, 2, -1, 3), decide, { max: 2 });
  expect(once).toEqual({ state: 6, effects: [{ id: 'over:2026-04-02T00:00:00.000Z' }, { id: 'over:2026-04-04T00:00:00.000Z' }], refused: ['negative'] });
  expect(replay(recorded('a', 1, 2, -1, 3), decide, { max: 2 })).toEqual(once);
});
test('what-if lists who would see something else under another policy, and only them', () => {
  const answer = whatIf([recorded('a', 1, 1), recorded('b', 5), recorded('c', 3, 3)], decide, { max: 2 }, { max: 4 });
  expect(answer).toMatchObject({ type: 'accepted', value: [{ id: 'c', only: { before: [{ id: 'over:2026-04-01T00:00:00.000Z' }], after: [] } }], because: ['1 of 3 cases would differ'] });
  expect(whatIf([recorded('a', 9)], decide, { max: 1 }, { max: 1 })).toMatchObject({ value: [] });
});
test('a case without a journal is refused at its place', () => {
  expect(whatIf([recorded('a'), {} as never], decide, { max: 1 }, { max: 1 })).toMatchObject({ code: 'badInput', path: 'cases[1].journal' });
});
