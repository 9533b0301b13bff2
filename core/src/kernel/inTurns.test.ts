import { inTurns } from './inTurns.ts';

test('work of one name runs one after another, also after a failure; work of another does not wait', async () => {
  const turn = inTurns();
  const said: string[] = [];
  const work = (name: string, step: string, fails = false) => turn(name, async () => {
    said.push(`${step}…`);
    await Promise.resolve();
    said.push(step);
    if (fails) throw new Error(step);
    return step;
  });
  const all = await Promise.allSettled([work('a', '1', true), work('a', '2'), work('b', '3')]);
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(said.indexOf('2…')).toBeGreaterThan(said.indexOf('1'));
  expect(said.indexOf('3…')).toBeLessThan(said.indexOf('2…'));
  expect(await work('a', '4')).toBe('4');
});
