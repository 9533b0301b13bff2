import { spaced } from './fold.ts';
import { matchPolicy } from './matchPolicy.ts';
import { namesakeIn } from './namesake.ts';
import type { Register } from './register.ts';
import { sameAddress, type PlainAddress } from './sameAddress.ts';
import type { SearchResult, StreetSeen } from './searchRegister.ts';

/** A place one of two lists found; `street` starts with its house number. */
export interface Scored extends PlainAddress { readonly score: number }
export interface Found<Place extends Scored> {
  readonly match: SearchResult['match'];
  readonly candidates: readonly Place[];
  readonly margin: number;
  readonly street: StreetSeen | null;
  readonly because: readonly string[];
}
/** What the public register answered. */
export interface Listed<Place extends Scored> { readonly found: Found<Place>; readonly register: Register }
/** The premises it lacks. They are searched only when they may matter. */
export interface Missing<Place extends Scored> {
  readonly register: Register;
  search(): Found<Place>;
  /** Whether one of them has this house number in this town. */
  has(town: string, number: number): boolean;
}

/** Scores of one street in two lists differ by rounding at most. */
const SAME = 0.002;
const streetOf = ({ street }: PlainAddress): string => street.replace(/^\S+\s+/, '');

/**
 * One answer from the public register and the premises that are missing in it, by the rule that holds within one list: taken only what is
 * sure in its own list, ahead of the best of the other, and on a street that the other does not know better. What both have is the
 * register's.
 * @example searchTogether(typed, { found: engine.search(typed), register }, { register: own.register, has: own.has, search: () => own.search(typed) }).match // 'choose'
 */
export function searchTogether<Place extends Scored>(typed: string, listed: Listed<Place>, premises: Missing<Place>, limit = 5): Found<Place> {
  const p = matchPolicy;
  if (settled(typed, listed.found, premises)) return listed.found;
  const own: Listed<Place> = { found: premises.search(), register: premises.register };
  const missing = own.found.candidates.filter((one) => !listed.found.candidates.some((other) => sameAddress(one, other)));
  const all = [...listed.found.candidates, ...missing].sort((a, b) => b.score - a.score);
  const [first] = all;
  const street = better(listed.found.street, own.found.street);
  if (!first) {
    // What was found in the own list alone was the register's, or nothing.
    const said = listed.found.match === 'none' ? own.found : listed.found;
    return { match: said.match === 'streetOnly' ? 'streetOnly' : 'none', candidates: [], margin: 0, street, because: said.because };
  }
  const [winner, other] = missing.includes(first) ? [own, listed] : [listed, own];
  const rival = (winner === own ? listed.found.candidates : missing)[0];
  const ahead = Math.round((first.score - (rival?.score ?? 0)) * 1000) / 1000;
  const margin = Math.min(winner.found.margin, ahead);
  const choose = (...because: readonly string[]): Found<Place> => ({ match: 'choose', candidates: all.slice(0, limit), margin, street, because });
  if (winner.found.match !== 'exact') return choose(...winner.found.because);
  if (ahead < p.margin) return choose(`two addresses are within ${p.margin} of each other`);
  const known = other.found.street;
  if (known && known.score > (winner.found.street?.score ?? 0) + SAME) return choose(`${known.text} is more like what was typed`);
  if (namesakeIn(other.register, typed, streetOf(first), first.municipality)) return choose('another street differs in a link word only');
  return { match: 'exact', candidates: [first], margin, street, because: winner.found.because };
}
/** Typed to the letter as the register has it, and no missing premises with that number in that town: nothing could come near. */
function settled<Place extends Scored>(typed: string, { match, candidates: [first] }: Found<Place>, { has }: Missing<Place>): boolean {
  return match === 'exact' && first!.score >= matchPolicy.settled && spaced(typed).includes(spaced(streetOf(first!))) && !has(first!.municipality, parseInt(first!.street, 10));
}
const better = (a: StreetSeen | null, b: StreetSeen | null): StreetSeen | null => (a && (!b || a.score >= b.score) ? a : b);
