import { editDistance } from './similarity.ts';
import { directions, generics, links, provinces, words } from './words.ts';

export interface StreetName {
  /** `rue`, `chemin` …; empty when none was given. */
  readonly generic: string;
  readonly direction: string;
  /** The name proper, folded, short forms written out, link words dropped: `saint jean baptiste`. */
  readonly key: string;
}
export interface ParsedAddress {
  readonly civic: number | null;
  readonly suffix: string;
  readonly postalCode: string;
  /** Tokens that are left, by comma-separated part; the street and perhaps the municipality are among them. */
  readonly parts: readonly (readonly string[])[];
}

/** Lower case, no accents, no punctuation but commas. @example fold("Chemin de l'Érable") // 'chemin de l erable' */
export function fold(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/œ/g, 'oe').replace(/[^a-z0-9,#]+/g, ' ').replace(/ *, */g, ',').trim();
}

/** A name of a place or street as it is compared: folded, `St` written out. @example nameKey('St-Anicet') // 'saint anicet' */
export function nameKey(text: string): string {
  return fold(text).replace(/,/g, ' ').split(' ').filter(Boolean).map(word).join(' ');
}
const word = (token: string): string => words.get(token) ?? (/^\d+(e|eme|th)$/.test(token) ? String(parseInt(token, 10)) : token);

/** A street type as written, or one slip away from it (two in a long word). */
function typeWord(token: string): string | undefined {
  const exact = generics.get(token);
  if (exact || token.length < 4 || /\d/.test(token)) return exact;
  for (const [spelling, generic] of generics) if (spelling.length >= 4 && Math.abs(spelling.length - token.length) <= 2 && editDistance(token, spelling) <= (token.length >= 7 ? 2 : 1)) return generic;
  return undefined;
}

/** Reads street tokens: type in front (French) or behind (English, ordinals), direction last. */
export function streetName(tokens: readonly string[]): StreetName {
  let rest = [...tokens];
  let direction = '';
  const takeDirection = (): void => {
    const last = directions.get(rest.at(-1) ?? '');
    if (last && rest.length > 1) { direction = last; rest = rest.slice(0, -1); }
  };
  takeDirection();
  let generic = '';
  const front = typeWord(rest[0] ?? '');
  const back = rest.at(-1) === 'st' ? 'rue' : rest.at(-1) === 'dr' ? 'promenade' : generics.get(rest.at(-1) ?? '');
  if (front && rest.length > 1) { generic = front; rest = rest.slice(1); }
  else if (back && rest.length > 1) { generic = back; rest = rest.slice(0, -1); }
  if (direction === '') takeDirection();
  const named = rest.map(word).filter((token) => !links.has(token));
  return { generic, direction, key: (named.length > 0 ? named : rest).join(' ') };
}

/** `rang 3` and `route 138` are streets; in `2e Rang 434` the number is the house. */
const isRoadNumber = (part: readonly string[], t: number): boolean =>
  /^(rang|rg|route|rte|autoroute|highway|hwy)$/.test(part[t - 1] ?? '') && !/^\d+(e|er|re|th|nd|rd|st)$/.test(part[t - 2] ?? '');

const UNIT = /(?:^|[ ,])(?:app|apt|appt|appartement|unite|unit|suite|bureau|bur|local|porte|logement|log|condo|#) ?#?(\d+[a-z]?|[a-z])(?=$|[ ,])/;

/**
 * Lifts postal code, unit and house number out of what was typed. A house number is never guessed: a number behind `rang` or
 * `route`, or an ordinal, belongs to the street.
 * @example parseAddress('3-123A rue St-Jean, Huntingdon J0S1H0').civic // 123
 */
export function parseAddress(typed: string): ParsedAddress {
  let text = fold(typed.slice(0, 200));
  let postalCode = '';
  text = text.replace(/(?:^|[ ,])([a-z]\d[a-z]) ?(\d[a-z]\d)(?=$|[ ,])/, (_all, a: string, b: string) => { postalCode = `${a}${b}`; return ','; });
  text = text.replace(UNIT, ' ');
  // "3-123 rue X" is unit 3 of number 123 (Canada Post); the hyphen is folded to a blank by now, so look at what was typed.
  const dashed = /^\s*(\d{1,4})\s*-\s*(\d+)/.exec(typed);
  if (dashed) text = text.replace(`${dashed[1]} ${dashed[2]}`, dashed[2]!.length < 2 && Number(dashed[2]) < 30 && Number(dashed[1]) > 30 ? dashed[1]! : dashed[2]!);
  const parts = text.split(',').map((part) => part.split(' ').filter(Boolean)).filter((part) => part.length > 0);
  while (parts.length > 0 && provinces.has(parts.at(-1)!.at(-1) ?? '') && (parts.length > 1 || parts[0]!.length > 3)) {
    parts.at(-1)!.pop();
    if (parts.at(-1)!.length === 0) parts.pop();
  }
  let civic: number | null = null;
  let suffix = '';
  const numbers = parts.flatMap((part, p) => part.map((token, t) => ({ p, t, token }))).filter(({ p, t, token }) => /^\d{1,6}[a-d]?$/.test(token) && !isRoadNumber(parts[p]!, t));
  const found = numbers.find(({ t }) => t === 0) ?? numbers.at(-1);
  if (found) {
    civic = parseInt(found.token, 10);
    suffix = found.token.replace(/\d+/, '');
    const part = parts[found.p]!;
    if (suffix === '' && /^[a-d]$/.test(part[found.t + 1] ?? '') && found.t + 2 < part.length && !/^(a|d)$/.test(part[found.t + 1]!)) suffix = part.splice(found.t + 1, 1)[0]!;
    part.splice(found.t, 1);
  }
  return { civic, suffix, postalCode, parts: parts.filter((part) => part.length > 0) };
}
