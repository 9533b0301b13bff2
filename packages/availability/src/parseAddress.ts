import { fold } from './fold.ts';
import { generics, links, noise, provinces } from './words.ts';

export interface Token {
  readonly text: string;
  /** Which comma-separated part it stands in. */
  readonly part: number;
  /** Joined to the one before by a hyphen: `Versant-Nord` is a name, no direction. */
  readonly glued: boolean;
}
/** One way to read what was typed: which number is the house. */
export interface Reading {
  readonly civic: number | null;
  readonly suffix: string;
  readonly tokens: readonly Token[];
  /** How unlikely this reading is, in score. */
  readonly doubt: number;
}
export interface ParsedAddress {
  /** The likeliest first. */
  readonly readings: readonly Reading[];
  readonly unit: string;
  /** Without blanks, lower case. */
  readonly postalCode: string;
  /** The last word may still be growing. */
  readonly unfinished: boolean;
}

/** Longer input is cut: no address is longer, and time stays bounded. */
const LONGEST = 160;
const MOST_TOKENS = 24;
const UNIT = /(?:^|[ ,])(?:(?:app|apt|appt|appart|appartement|apartment|unite|unit|suite|bureau|bur|local|porte|etage|logement|log|condo|ph) ?#? ?|# ?|ste (?=\d))(\d+[a-z]?|[a-z])(?=$|[ ,])/;
const POST_BOX = /(?:^|[ ,])(?:(?:r ?r|c ?p|po box|p o box|casier postal|route rurale) ?#? ?\d+|poste restante|succursale \S+|succ \S+)(?=$|[ ,])/g;
const ORDINAL = /^\d+(?:e|er|re|ere|eme|th|nd|rd|st)$/;
const NUMBER = /^(\d{1,6})([a-z]?)$/;
const ROAD = /^(?:rang|rg|route|rte|autoroute|highway|hwy|rt|concession|range)$/;

/** `rang 3` and `route 138` are streets; in `2e Rang 434` the number is the house. */
const ofRoad = (tokens: readonly Token[], i: number): boolean => i > 0 && ROAD.test(tokens[i - 1]!.text) && !(i > 1 && ORDINAL.test(tokens[i - 2]!.text));

/** The tokens without the number at `i`, and without the letter behind it when that is part of the number. */
function reading(tokens: readonly Token[], i: number, half: string, doubt: number): Reading {
  const [, digits = '', letter = ''] = NUMBER.exec(tokens[i]!.text)!;
  const behind = tokens[i + 1];
  // A letter before a street type belongs to the number: `12 B rue X`. Before a name it is an initial: `12 B. Tremblay`.
  const spaced = letter === '' && behind !== undefined && /^[a-h]$/.test(behind.text) && (behind.glued || generics.has(tokens[i + 2]?.text ?? ''));
  return { civic: Number(digits), suffix: half || letter || (spaced ? behind.text : ''), tokens: tokens.filter((_, at) => at !== i && !(spaced && at === i + 1)), doubt };
}

/**
 * Lifts postal code, unit and house number out of what was typed; what is left is street and municipality. House numbers are never
 * guessed: a number behind `rang` or `route`, or an ordinal, is first taken for the street's.
 * @example parseAddress('3-123A rue St-Jean, Huntingdon J0S1H0').readings[0].civic // 123
 */
export function parseAddress(typed: string): ParsedAddress {
  let text = fold(typed.slice(0, LONGEST));
  let postalCode = '';
  let unit = '';
  const closed = /[\s,]$/.test(typed.slice(0, LONGEST));
  text = text.replace(/(?:^|[ ,])([abceghjklmnprstvxy]\d[a-z])[ -]?(\d[a-z]\d)(?=$|[ ,])/, (_all, a: string, b: string) => { postalCode = `${a}${b}`; return ','; });
  const unfinished = postalCode === '' && !closed;
  text = text.replace(POST_BOX, ' ').replace(UNIT, (_all, one: string) => { unit = one; return ' '; });
  let half = '';
  text = text.replace(/(\d) 1\/2(?=$|[ ,])/, (_all, digit: string) => { half = '1/2'; return digit; });
  // Canada Post writes the unit first, `3-123`; a small number behind a large one is a unit all the same. A dash between neighbours is a range.
  let other = '';
  text = text.replace(/(^|[ ,])(\d{1,6}[a-z]?) ?([-–]| a | to ) ?(\d{1,6}[a-z]?)(?=$|[ ,])/, (_all, front: string, a: string, dash: string, b: string) => {
    const [first, second] = [parseInt(a, 10), parseInt(b, 10)];
    if (dash === '-') {
      const behind = second < 30 && first > 30;
      if (!(first < second && second - first <= 40 && (second - first) % 2 === 0 && first > 30)) unit ||= behind ? b : a;
      other = behind ? b : a;
      return `${front}${behind ? a : b}`;
    }
    other = b;
    return `${front}${a}`;
  });
  const tokens: Token[] = [];
  text.replace(/[#/–]/g, ' ').split(',').forEach((part, p) => {
    for (const one of part.matchAll(/(-?)\b([a-z0-9]+)/g)) if (tokens.length < MOST_TOKENS) tokens.push({ text: one[2]!, part: p, glued: one[1] === '-' });
  });
  while (tokens.length > 1 && provinces.has(tokens.at(-1)!.text) && !(tokens.at(-1)!.text === 'quebec' && isTown(tokens))) tokens.pop();
  // A farm's second house, at the end of its part: `12 rue X maison 2, Elgin`.
  for (let i = tokens.length - 1; i > 1; i -= 1) {
    if (i >= tokens.length) continue;
    const ends = tokens[i + 1]?.part !== tokens[i]!.part;
    const one = ends && tokens[i - 1]!.part === tokens[i]!.part && /^\d{1,2}$/.test(tokens[i]!.text) && noise.has(tokens[i - 1]!.text) ? 2 : ends && noise.has(tokens[i]!.text) ? 1 : 0;
    const from = i - one + 1;
    if (one > 0 && tokens.filter(({ part }) => part === tokens[i]!.part).length > one + 1 && !linked(tokens, from)) tokens.splice(from, one);
  }

  const numbers = tokens.map((_, i) => i).filter((i) => NUMBER.test(tokens[i]!.text) && !ORDINAL.test(tokens[i]!.text) && !tokens[i]!.glued);
  const free = numbers.filter((i) => !ofRoad(tokens, i));
  const opens = (i: number): boolean => i === 0 || tokens[i - 1]!.part !== tokens[i]!.part;
  const main = free.find(opens) ?? free.at(-1);
  const readings: Reading[] = [];
  if (main !== undefined) {
    const first = reading(tokens, main, half, 0);
    readings.push(first);
    if (other !== '') readings.push({ ...first, civic: parseInt(other, 10), suffix: /[a-z]$/.exec(other)?.[0] ?? '', doubt: 0.03 });
  }
  else readings.push({ civic: null, suffix: '', tokens, doubt: 0 });
  for (const i of numbers) if (i !== main && readings.length < 4) readings.push(reading(tokens, i, half, 0.05));
  return { readings, unit, postalCode, unfinished };
}
/** The city of Québec: alone behind a comma, or said twice. */
const isTown = (tokens: readonly Token[]): boolean => {
  const last = tokens.at(-1)!;
  const ahead = tokens.at(-2)!;
  return last.part > 0 && ahead.part !== last.part && (last.part === 1 || /^\d/.test(ahead.text) === false && tokens.filter((one) => one.part === ahead.part).length > 3);
};
/** `rue de la Ferme`: behind a link word it is the name. */
const linked = (tokens: readonly Token[], i: number): boolean => i > 0 && links.has(tokens[i - 1]!.text);
