import type { Inputs } from '../shared/inputs.ts';

/** Reads page after page of a hub's list until there is no more, or as many as were asked for. */
export async function pages<T>(read: Inputs, page: (after: number, limit: number) => Promise<{ readonly rows: readonly T[]; readonly next: number | null }>): Promise<readonly T[]> {
  const wanted = read.flag('returnAll') ? Infinity : read.number('limit');
  const all: T[] = [];
  for (let after: number | null = 0; after !== null && all.length < wanted;) {
    const { rows, next } = await page(after, Math.min(1000, wanted - all.length));
    all.push(...rows);
    after = next;
  }
  return all;
}
