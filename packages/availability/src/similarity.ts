/** Damerau-Levenshtein (optimal string alignment): one slip of the finger is one step. @example editDistance('jena', 'jean') // 1 */
export function editDistance(a: string, b: string): number {
  const width = b.length + 1;
  // Three rows that take turns; this is the inner loop of every search.
  let [before, row, next] = [new Array<number>(width).fill(0), new Array<number>(width).fill(0), new Array<number>(width).fill(0)];
  for (let j = 0; j < width; j += 1) row[j] = j;
  for (let i = 1; i <= a.length; i += 1) {
    next[0] = i;
    for (let j = 1; j < width; j += 1) {
      let best = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      if (next[j - 1]! + 1 < best) best = next[j - 1]! + 1;
      if (row[j]! + 1 < best) best = row[j]! + 1;
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] && before[j - 2]! + 1 < best) best = before[j - 2]! + 1;
      next[j] = best;
    }
    [before, row, next] = [row, next, before];
  }
  return row[b.length]!;
}

const digitsOf = (text: string): string => (/\d/.test(text) ? text.replace(/[^\d ]/g, '').split(' ').filter(Boolean).join(' ') : '');

/**
 * How alike two names are, 0 to 1; 0 when less than `least`. Numbers in names are names, not spellings: `rang 3` is not nearly `rang 4`.
 * @example nameSimilarity('tremblai', 'tremblay') // 0.875
 */
export function nameSimilarity(asked: string, known: string, least = 0): number {
  if (asked === known) return 1;
  if (asked === '' || known === '' || digitsOf(asked) !== digitsOf(known)) return 0;
  const longest = Math.max(asked.length, known.length);
  const started = asked.length >= 4 && known.startsWith(asked) ? 0.6 + (0.3 * asked.length) / known.length : 0;
  // Lengths alone bound the likeness; most pairs need no more than that.
  const alike = 1 - Math.abs(asked.length - known.length) / longest >= least ? 1 - editDistance(asked, known) / longest : 0;
  const best = Math.max(alike, started);
  return best >= least ? best : 0;
}

/** As above, but a misspelt link word in front ("ds Bouleaux") is most of a short name's difference and none of its meaning. */
export function streetSimilarity(asked: string, known: string, least = 0): number {
  const [first = '', ...others] = asked.split(' ');
  const unlinked = first.length <= 3 && others.length > 0 && !/\d/.test(first) ? nameSimilarity(others.join(' '), known, least) - 0.06 : 0;
  return Math.max(nameSimilarity(asked, known, least), unlinked);
}

/** Padded trigrams of a name. @example trigrams('roy').includes('  r') // true */
export function trigrams(text: string): readonly string[] {
  const padded = `  ${text} `;
  return Array.from({ length: padded.length - 2 }, (_, i) => padded.slice(i, i + 3));
}
