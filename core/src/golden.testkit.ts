import { readFileSync, writeFileSync } from 'node:fs';

interface Golden {
  readonly name: string;
  /** Where the right answer comes from: a seed, a decision, a law, another system's published example. */
  readonly source: string;
  readonly given: unknown;
  readonly expected?: unknown;
}
/**
 * Worked examples kept in a file: a decision that changes for the same input shows in its diff. `LEADLIGHT_GOLDEN=write npm run jest …`
 * writes what is decided now; read the diff before you keep it.
 */
export function golden(path: string, decide: (given: never) => unknown): void {
  const examples = JSON.parse(readFileSync(path, 'utf8')) as readonly Golden[];
  const answer = (one: Golden): unknown => JSON.parse(JSON.stringify(decide(one.given as never)));
  if (process.env['LEADLIGHT_GOLDEN'] === 'write') writeFileSync(path, `[\n${examples.map((one) => `  ${JSON.stringify({ ...one, expected: answer(one) })}`).join(',\n')}\n]\n`);
  test.each(examples.map((one) => [`${one.name} (${one.source})`, one] as const))('%s', (_title, one) => {
    expect(one.source).not.toBe('');
    expect(answer(one)).toEqual(one.expected);
  });
}
