import { literal } from './literal.ts';

// Node refuses request heads above 16 KB, nginx above 8; the rest of the query and its encoding need room too (acs.md 1.1).
const MOST_ENCODED = 5_000;

/**
 * Conditions that together ask for all values of a field, each short enough for one URL. A value with a `*` or slashes stands alone as a
 * `$regex`, since `$in` would read it as a pattern. Repeated values are asked for once.
 * @example chunkValues('_id', ['A', 'A', 'B']) // [{ _id: { $in: ['A', 'B'] } }]
 */
export function chunkValues(field: string, values: readonly string[], mostEncoded = MOST_ENCODED): readonly Record<string, unknown>[] {
  const chunks: Record<string, unknown>[] = [];
  let plain: string[] = [];
  let length = 0;
  const flush = (): void => {
    if (plain.length > 0) chunks.push({ [field]: { $in: plain } });
    [plain, length] = [[], 0];
  };
  for (const value of new Set(values)) {
    const as = literal(value);
    if (typeof as !== 'string') {
      chunks.push({ [field]: as });
      continue;
    }
    const encoded = encodeURIComponent(JSON.stringify(value)).length + 3;
    if (length + encoded > mostEncoded) flush();
    plain.push(value);
    length += encoded;
  }
  flush();
  return chunks;
}
