const WIDTH = 128;
const A = new Uint8Array(WIDTH);
const B = new Uint8Array(WIDTH);
let before = new Uint8Array(WIDTH + 1);
let row = new Uint8Array(WIDTH + 1);
let next = new Uint8Array(WIDTH + 1);

/**
 * Damerau-Levenshtein (optimal string alignment): one slip of the finger is one step. Stops early, with a number above `most`, when it
 * gets there; names longer than 128 are cut. @example editDistance('jena', 'jean') // 1
 */
export function editDistance(a: string, b: string, most = WIDTH): number {
  const n = Math.min(a.length, WIDTH);
  const m = Math.min(b.length, WIDTH);
  if (Math.abs(n - m) > most) return most + 1;
  for (let i = 0; i < n; i += 1) A[i] = a.charCodeAt(i);
  for (let j = 0; j < m; j += 1) B[j] = b.charCodeAt(j);
  for (let j = 0; j <= m; j += 1) row[j] = j;
  for (let i = 1; i <= n; i += 1) {
    next[0] = i;
    let least = i;
    const c = A[i - 1]!;
    for (let j = 1; j <= m; j += 1) {
      let best = row[j - 1]! + (c === B[j - 1]! ? 0 : 1);
      if (next[j - 1]! + 1 < best) best = next[j - 1]! + 1;
      if (row[j]! + 1 < best) best = row[j]! + 1;
      if (i > 1 && j > 1 && c === B[j - 2]! && A[i - 2]! === B[j - 1]! && before[j - 2]! + 1 < best) best = before[j - 2]! + 1;
      next[j] = best;
      if (best < least) least = best;
    }
    if (least > most) return most + 1;
    [before, row, next] = [row, next, before];
  }
  return row[m]!;
}
const digitsOf = (text: string): string => text.replace(/[^\d ]/g, '').split(' ').filter(Boolean).join(' ');
const digits = /\d/;

/**
 * How alike two names are, 0 to 1; 0 when less than `least`. Numbers in names are names, not spellings: `rang 3` is not nearly `rang 4`.
 * @example nameSimilarity('tremblai', 'tremblay') // 0.875
 */
export function nameSimilarity(asked: string, known: string, least = 0): number {
  if (asked === known) return 1;
  if (asked === '' || known === '') return 0;
  const longest = Math.max(asked.length, known.length);
  const most = Math.floor((1 - least) * longest + 1e-9);
  if (Math.abs(asked.length - known.length) > most) return 0;
  const steps = editDistance(asked, known, most);
  if (steps > most || ((digits.test(asked) || digits.test(known)) && digitsOf(asked) !== digitsOf(known))) return 0;
  return 1 - steps / longest;
}

/** The letters and digits of a name as bits: two names a few slips apart differ in few of them. @example letters('aa') // 1 */
export function letters(text: string): number {
  let bits = 0;
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i);
    if (c > 32) bits |= 1 << (c >= 97 ? c - 97 : 26 + ((c - 48) % 6));
  }
  return bits >>> 0;
}
export function bitCount(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** As alike as the letters are, or as the words are that both have. */
export function loosely(asked: string, known: string): number {
  const whole = nameSimilarity(asked, known, 0.5);
  const a = asked.split(' ');
  const b = known.split(' ');
  if (a.length < 2 && b.length < 2) return whole;
  let shared = 0;
  for (const one of a) if (b.some((other) => other === one || (one.length > 3 && nameSimilarity(one, other, 0.5) > 0.74))) shared += one.length;
  const words = shared / Math.max(a.join('').length, b.join('').length);
  return Math.max(whole, words * 0.92);
}
