import { growingKey, keyOf } from './fold.ts';
import type { Token } from './parseAddress.ts';
import type { Register } from './register.ts';
import { bitCount, letters, nameSimilarity } from './similarity.ts';

/** One way to tell the town from the street. */
export interface TownReading {
  readonly street: readonly Token[];
  /** `null`: no town was found in what was typed. */
  readonly towns: readonly number[] | null;
  /** How sure the town is, 0 to 1. */
  readonly trust: number;
  /** How unlikely this division is, in score. */
  readonly doubt: number;
  /** What was typed reaches the end of the street, so its last word may be growing. */
  readonly open: boolean;
}
const LONGEST_TOWN = 7;
const LEAST = 0.72;
/** Trust without any town: half, for the street may be in many. */
const UNSAID = 0.5;

/**
 * The ways to divide what was typed into street and town: behind a comma, at the end, in front, or no town at all. Exact names of towns
 * are taken first; only when there is none are misspelt and unfinished ones looked for.
 */
export function townReadings(register: Register, tokens: readonly Token[], unfinished: boolean, codeTowns: readonly number[], near: Map<string, readonly (readonly [number, number])[]>): readonly TownReading[] {
  const found: TownReading[] = [];
  const n = tokens.length;
  const commas = tokens.some(({ part }) => part !== tokens[0]!.part);
  const boundary = (i: number): boolean => i > 0 && i < n && tokens[i - 1]!.part !== tokens[i]!.part;
  const cuts: { readonly town: readonly Token[]; readonly street: readonly Token[]; readonly at: number; readonly behind: boolean }[] = [];
  for (let i = 1; i < n; i += 1) {
    if (tokens[i]!.glued && !boundary(i)) continue;
    if (n - i <= LONGEST_TOWN) cuts.push({ town: tokens.slice(i), street: tokens.slice(0, i), at: i, behind: true });
    if (i <= LONGEST_TOWN) cuts.push({ town: tokens.slice(0, i), street: tokens.slice(i), at: i, behind: false });
  }
  const doubtOf = (at: number, behind: boolean): number => (commas && !boundary(at) ? 0.03 : 0) + (behind ? 0 : 0.01);
  for (const { town, street, at, behind } of cuts) {
    const towns = register.townsOf(keyOf(town.map(({ text }) => text)));
    if (towns.length > 0) found.push({ street, towns, trust: 1, doubt: doubtOf(at, behind), open: false });
  }
  const sure = found.some(({ doubt }) => doubt < 0.03);
  if (!sure) {
    for (const { town, street, at, behind } of cuts) {
      if ((commas && !boundary(at)) || town.length > (behind ? 5 : 4)) continue;
      const words = town.map(({ text }) => text);
      for (const [one, alike] of nearTowns(register, keyOf(words), behind && unfinished ? growingKey(words) : '', near)) found.push({ street, towns: [one], trust: alike, doubt: doubtOf(at, behind) + 0.01, open: false });
    }
  }
  found.sort((a, b) => a.doubt - b.doubt || b.trust - a.trust || b.street.length - a.street.length);
  const kept = found.length > 40 ? found.slice(0, 40) : found;
  // A town behind a comma that nobody knows: its namesake street elsewhere may be offered, never taken.
  if (!sure && commas) {
    const last = tokens.findIndex((_, i) => boundary(i));
    kept.push({ street: tokens.slice(0, last), towns: null, trust: 0.35, doubt: 0, open: false });
  }
  // Or one that nobody knows at the end: the postal code may tell where, else its namesakes anywhere are offered.
  if (!sure) {
    if (codeTowns.length > 0) kept.push({ street: tokens, towns: codeTowns, trust: 0.8, doubt: 0, open: false });
    for (let k = 1; k <= 3 && n - k >= 1 && !commas; k += 1) {
      if (codeTowns.length > 0) kept.push({ street: tokens.slice(0, -k), towns: codeTowns, trust: 0.6, doubt: 0.03, open: false });
      else if (k < 3) kept.push({ street: tokens.slice(0, -k), towns: null, trust: 0.35, doubt: 0.02, open: false });
    }
    if (commas && codeTowns.length > 0) kept.push({ street: tokens.slice(0, tokens.findIndex((_, i) => boundary(i))), towns: codeTowns, trust: 0.6, doubt: 0.03, open: false });
  }
  kept.push({ street: tokens, towns: null, trust: UNSAID, doubt: 0, open: unfinished });
  return kept;
}
/** Towns whose name is nearly the key, or begins with what is being typed. */
function nearTowns(register: Register, key: string, growing: string, near: Map<string, readonly (readonly [number, number])[]>): readonly (readonly [number, number])[] {
  const memo = `${key}|${growing}`;
  const known = near.get(memo);
  if (known) return known;
  const best = new Map<number, number>();
  const give = (town: number, alike: number): void => void best.set(town, Math.max(alike, best.get(town) ?? 0));
  if (key.length >= 3) {
    const own = letters(key);
    for (const one of register.towns) {
      const slips = (1 - LEAST) * Math.max(key.length, one.key.length);
      if (Math.abs(key.length - one.key.length) > slips || bitCount(own ^ one.letters) > 2 * slips) continue;
      const alike = nameSimilarity(key, one.key, LEAST);
      if (alike > 0) for (const town of one.towns) give(town, alike);
    }
  }
  if (growing !== '') {
    const begun = register.growing.filter(([name]) => name.startsWith(growing));
    // While several towns begin like this, none of them is meant for sure.
    const alone = growing.length >= 4 && begun.every(([, town]) => town === begun[0]![1]);
    for (const [name, town] of begun) give(town, (alone ? 0.75 : 0.5) + (0.2 * growing.length) / name.length);
  }
  const found = [...best].sort((a, b) => b[1] - a[1]).slice(0, growing === '' ? 3 : 30);
  if (near.size > 4_000) near.clear();
  near.set(memo, found);
  return found;
}
