import { gramNumber, type Register } from './register.ts';
import { bitCount, letters, nameSimilarity } from './similarity.ts';

export interface NearName {
  readonly name: number;
  /** 0 to 1. */
  readonly alike: number;
}
/** How many names that share the most trigrams are looked at letter by letter, and how many that begin alike. */
const SHARED = 40;
const BEGUN = 600;
const LEAST = 0.55;
const KEPT = 4_000;

/**
 * Finds the street names of a register that are like a key: the same one, those that share its trigrams, and, while the last word may
 * still be growing, those that begin with it. One per search: it keeps what it found.
 */
export function nearNames(register: Register): (key: string, unfinished: boolean) => readonly NearName[] {
  const { gramsAt, grams } = register.columns;
  const shared = new Uint8Array(register.nameCount);
  let touched = new Uint32Array(4096);
  const kept = new Map<string, readonly NearName[]>();

  function byTrigrams(key: string): readonly number[] {
    let count = 0;
    const own: number[] = [];
    for (let i = -2; i < key.length - 1; i += 1) {
      const gram = gramNumber(i < 0 ? 32 : key.charCodeAt(i), i + 1 < 0 ? 32 : key.charCodeAt(i + 1), i + 2 < key.length ? key.charCodeAt(i + 2) : 32);
      if (!own.includes(gram)) own.push(gram);
    }
    for (const gram of own) {
      for (let p = gramsAt[gram]!; p < gramsAt[gram + 1]!; p += 1) {
        const name = grams[p]!;
        if (shared[name] === 0) {
          if (count === touched.length) { const wider = new Uint32Array(count * 2); wider.set(touched); touched = wider; }
          touched[count] = name;
          count += 1;
        }
        shared[name]! += 1;
      }
    }
    // The most shared first, by counting: a list for every number of shared trigrams.
    const lists: number[][] = [];
    const few = Math.max(1, Math.ceil(own.length / 4));
    for (let i = 0; i < count; i += 1) {
      const name = touched[i]!;
      const n = shared[name]!;
      shared[name] = 0;
      if (n >= few) (lists[n] ??= []).push(name);
    }
    const best: number[] = [];
    for (let n = lists.length - 1; n >= 0 && best.length < SHARED; n -= 1) {
      const list = lists[n];
      if (!list) continue;
      // Of those that share as many, the ones of like length.
      if (list.length > SHARED - best.length) list.sort((a, b) => Math.abs(lengthOf(a) - key.length) - Math.abs(lengthOf(b) - key.length));
      for (const name of list) if (best.length < SHARED) best.push(name);
    }
    return best;
  }
  const lengthOf = (name: number): number => register.columns.namesAt[name + 1]! - register.columns.namesAt[name]!;

  return (key, unfinished) => {
    const known = kept.get(unfinished ? `${key}…` : key);
    if (known) return known;
    const found = new Map<number, number>();
    const exact = register.findName(key);
    if (exact >= 0) found.set(exact, 1);
    const own = letters(key);
    for (const name of byTrigrams(key)) {
      if (bitCount(own ^ register.nameLetters[name]!) > 2 * (1 - LEAST) * Math.max(key.length, lengthOf(name))) continue;
      const alike = nameSimilarity(key, register.name(name), LEAST);
      if (alike > 0) found.set(name, Math.max(alike, found.get(name) ?? 0));
    }
    if (unfinished && (key.length >= 2 || /^\d+$/.test(key))) {
      const [from, to] = register.namesFrom(key);
      for (let name = from; name < Math.min(to, from + BEGUN); name += 1) {
        const begun = 0.7 + (0.2 * key.length) / Math.max(1, lengthOf(name));
        if (begun > (found.get(name) ?? 0)) found.set(name, begun);
      }
    }
    const near = [...found].map(([name, alike]) => ({ name, alike })).sort((a, b) => b.alike - a.alike);
    if (kept.size >= KEPT) kept.clear();
    kept.set(unfinished ? `${key}…` : key, near);
    return near;
  };
}
