import { keyOf } from './fold.ts';
import type { Token } from './parseAddress.ts';
import { editDistance } from './similarity.ts';
import { directions, generics, links, trailingGenerics } from './words.ts';

export interface StreetName {
  /** `rue`, `chemin` …; empty when none was given. */
  readonly generic: string;
  readonly direction: string;
  /** The name proper, folded, short forms written out, link words dropped: `saint jean baptiste`. */
  readonly key: string;
  /** How unlikely this reading is, in score. */
  readonly doubt: number;
}
const ORDINAL = /^\d+(?:e|er|re|ere|eme|th|nd|rd|st)$/;
const slips = new Map<string, string>();

/** A street type one slip away from a word (two in a long one). */
function nearGeneric(token: string): string {
  const known = slips.get(token);
  if (known !== undefined) return known;
  let found = '';
  let least = 3;
  for (const [spelling, generic] of token.length < 3 || /\d/.test(token) ? [] : generics) {
    if (spelling.length < 3 || Math.abs(spelling.length - token.length) > 2) continue;
    const steps = editDistance(token, spelling, 2);
    if (steps <= (token.length >= 7 ? 2 : 1) && steps < least) [found, least] = [generic, steps];
  }
  if (slips.size > 20_000) slips.clear();
  slips.set(token, found);
  return found;
}
/** A direction written out, one slip away. */
function nearDirection(token: string): string {
  if (token.length < 3) return '';
  for (const [spelling, direction] of directions) if (spelling.length >= 3 && editDistance(token, spelling, 1) <= 1) return direction;
  return '';
}
const content = (tokens: readonly Token[]): boolean => tokens.some(({ text }) => !links.has(text));

/**
 * The ways to read street tokens, likeliest first: type in front (French) or behind (English, ordinals), direction last.
 * @example streetNames(tokens('ch. St-Jean O.'))[0] // { generic: 'chemin', direction: 'ouest', key: 'saint jean', doubt: 0 }
 */
export function streetNames(all: readonly Token[]): readonly StreetName[] {
  const found: StreetName[] = [];
  const give = (generic: string, direction: string, rest: readonly Token[], doubt: number): void => {
    if (rest.length === 0) return;
    const key = keyOf(rest.map(({ text }) => text));
    if (!found.some((one) => one.key === key && one.generic === generic && one.direction === direction)) found.push({ generic, direction, key, doubt });
  };
  /** A type in front or behind, right or misspelt; `rest` holds no direction. */
  const readTypes = (rest: readonly Token[], direction: string, doubt: number): void => {
    const front = rest[0]!;
    const back = rest.at(-1)!;
    const ahead = rest.length > 1 && !rest[1]!.glued ? generics.get(front.text) : undefined;
    const behind = rest.length > 1 && !back.glued ? trailingGenerics.get(back.text) ?? generics.get(back.text) : undefined;
    if (ahead) give(ahead, direction, rest.slice(1), doubt);
    if (behind) {
      const inner = rest.slice(0, -1);
      const worse = doubt + (ahead ? 0.02 : 0);
      // `Main North Street`: a direction that the type hid.
      const hidden = direction === '' && inner.length > 1 && !inner.at(-1)!.glued ? directions.get(inner.at(-1)!.text) : undefined;
      if (hidden && content(inner.slice(0, -1))) give(behind, hidden, inner.slice(0, -1), worse);
      give(behind, direction, inner, worse);
    }
    if (ahead || behind) {
      give('', direction, rest, doubt + 0.03);
      return;
    }
    give('', direction, rest, doubt);
    if (rest.length === 1) return;
    const slip = rest[1]!.glued ? '' : nearGeneric(front.text);
    if (slip) give(slip, direction, rest.slice(1), doubt + 0.02);
    // `5e arng`: behind an ordinal stands a type, however it is spelt.
    if (rest.length === 2 && ORDINAL.test(front.text)) give(nearGeneric(back.text), direction, [front], doubt + 0.04);
  };
  const last = all.at(-1);
  if (!last) return found;
  const named = all.length > 1 && generics.has(all[0]!.text) && !all[1]!.glued ? all.slice(1, -1) : all.slice(0, -1);
  const direction = !last.glued && content(named) ? directions.get(last.text) : undefined;
  if (direction) {
    readTypes(all.slice(0, -1), direction, 0);
    readTypes(all, '', 0.04);
  } else {
    readTypes(all, '', 0);
    const slip = all.length > 1 && !last.glued && content(named) ? nearDirection(last.text) : '';
    if (slip) readTypes(all.slice(0, -1), slip, 0.03);
  }
  return found;
}
