import { nameKey, parseAddress, streetName, type StreetName } from './parseAddress.ts';
import { nameSimilarity, streetSimilarity, trigrams } from './similarity.ts';
import { villages } from './words.ts';

/** A place fibre reaches. `street` starts with its house number. */
export interface Premises {
  readonly premisesId: string;
  readonly street: string;
  readonly municipality: string;
  readonly postalCode: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly fibreIds: readonly number[];
}
export interface Candidate extends Premises {
  readonly label: string;
  readonly score: number;
}
export interface SearchResult {
  /** `exact`: safe to act on; `choose`: show the list; `streetOnly`: the street is there, the house number is not; `none`. */
  readonly match: 'exact' | 'choose' | 'streetOnly' | 'none';
  readonly candidates: readonly Candidate[];
  readonly because: readonly string[];
}
export interface AddressIndex {
  search(typed: string, limit?: number): SearchResult;
  find(premisesId: string): Candidate | undefined;
  readonly size: number;
}
interface Street extends StreetName { readonly town: string; readonly houses: Map<number, { suffix: string; premises: Premises }[]> }

/** Measured on 5.2 million addresses: below .88 a neighbouring town's house is taken for the right one (address reference, section 5). */
const ACCEPT = 0.88;
const MARGIN = 0.03;
const OFFER = 0.6;
const postal = (code: string): string => code.replace(/\s/g, '').toLowerCase();
const townKey = (text: string): string => villages[nameKey(text)] ?? nameKey(text);
const rounded = (score: number): number => Math.round(Math.max(0, Math.min(1, score)) * 1000) / 1000;
const labelOf = (p: Premises): string => `${p.street}, ${p.municipality} ${p.postalCode}`.trim();

/** Town hypotheses: after a comma, at the end, in front, or not given (half trusted). The rest of the tokens is the street. */
function hypotheses(parts: readonly (readonly string[])[], towns: readonly string[]) {
  const found: { street: readonly string[]; town: string | null; trust: number }[] = [];
  const all = parts.flat();
  const offer = (asked: readonly string[], street: readonly string[], explicit: boolean): void => {
    if (street.length === 0 || asked.length === 0) return;
    const key = townKey(asked.join(' '));
    let best: [string, number] | null = null;
    for (const town of towns) {
      const alike = nameSimilarity(key, town, 0.75);
      if (alike > 0 && (!best || alike > best[1])) best = [town, alike];
    }
    if (best) found.push({ street, town: best[0], trust: best[1] });
    // A town was clearly written and is none of ours: a namesake elsewhere may be offered, never taken.
    else if (explicit) found.push({ street, town: null, trust: 0 });
  };
  parts.forEach((part, p) => { if (parts.length > 1) offer(part, parts.filter((_, other) => other !== p).flat(), p > 0); });
  for (let cut = 1; cut < Math.min(all.length, 7); cut += 1) {
    offer(all.slice(-cut), all.slice(0, -cut), false);
    offer(all.slice(0, cut), all.slice(cut), false);
  }
  found.push({ street: all, town: null, trust: 0.5 });
  return found;
}

/**
 * Indexes the operator's own premises and finds what was typed among them (S1-020, S1-024): names are matched with tolerance, house
 * numbers by equality, so a missing number is never answered with its neighbour. Postal code and unit are soft evidence.
 * @example buildIndex(premises).search('123 r. St-Jean, Huntingdon').match // 'exact'
 */
export function buildIndex(premises: readonly Premises[]): AddressIndex {
  const byId = new Map(premises.map((one) => [one.premisesId, one]));
  const streets = new Map<string, Street>();
  const byName = new Map<string, Street[]>();
  const grams = new Map<string, string[]>();
  for (const one of premises) {
    const { civic, suffix, parts } = parseAddress(one.street);
    if (civic === null) continue;
    const name = streetName(parts.flat());
    const town = townKey(one.municipality);
    const key = `${name.generic}|${name.key}|${name.direction}|${town}`;
    let street = streets.get(key);
    if (!street) {
      street = { ...name, town, houses: new Map() };
      streets.set(key, street);
      if (!byName.has(name.key)) {
        byName.set(name.key, []);
        for (const gram of new Set(trigrams(name.key))) grams.set(gram, [...(grams.get(gram) ?? []), name.key]);
      }
      byName.get(name.key)!.push(street);
    }
    street.houses.set(civic, [...(street.houses.get(civic) ?? []), { suffix, premises: one }]);
  }
  const towns = [...new Set([...streets.values()].map((street) => street.town))];
  const nearNames = new Map<string, readonly (readonly [string, number])[]>();

  function alikeNames(key: string): readonly (readonly [string, number])[] {
    const known = nearNames.get(key);
    if (known) return known;
    const shared = new Map<string, number>();
    for (const gram of new Set(trigrams(key))) for (const name of grams.get(gram) ?? []) shared.set(name, (shared.get(name) ?? 0) + 1);
    const best = [...shared].sort((a, b) => b[1] - a[1]).slice(0, 40).map(([name]) => [name, streetSimilarity(key, name, 0.55)] as const).filter(([, alike]) => alike > 0.5);
    if (nearNames.size > 5_000) nearNames.clear();
    nearNames.set(key, best);
    return best;
  }

  function search(typed: string, limit = 5): SearchResult {
    const asked = parseAddress(typed);
    const scored = new Map<string, Candidate>();
    let streetScore = 0;
    for (const { street: tokens, town, trust } of hypotheses(asked.parts, towns)) {
      const name = streetName(tokens);
      if (name.key === '') continue;
      const near = alikeNames(name.key);
      const here = town === null ? [] : (byName.get(name.key) ?? []).filter((street) => street.town === town);
      const typedHere = here.some((street) => street.generic === name.generic);
      for (const [known, alike] of near) {
        for (const street of byName.get(known)!) {
          const place = town === null ? trust : street.town === town ? trust : 0;
          const generic = name.generic === street.generic ? 1 : name.generic === '' || street.generic === '' ? 0.6 : 0;
          // Est and Ouest are two streets with the same numbers: an unsaid or wrong direction is a question, not an answer.
          const direction = name.direction === street.direction ? 0 : name.direction === '' ? 0.13 : 0.2;
          // The street that was typed exists in that town: its look-alike next door is not what was meant.
          const lookalike = (here.length > 0 && known !== name.key) || (typedHere && street.generic !== name.generic) ? 0.14 : 0;
          const base = 0.52 * alike + 0.28 * place + 0.06 * generic + 0.04 - direction - lookalike;
          streetScore = Math.max(streetScore, alike >= 0.8 && place > 0 ? base + 0.1 : 0);
          for (const { suffix, premises: at } of asked.civic === null ? [] : (street.houses.get(asked.civic) ?? [])) {
            const agrees = asked.postalCode === '' ? 0.05 : asked.postalCode === postal(at.postalCode) ? 0.08 : 0;
            const score = rounded(base + agrees + (suffix === asked.suffix ? 0.02 : -0.12));
            if (score >= OFFER && score > (scored.get(at.premisesId)?.score ?? 0)) scored.set(at.premisesId, { ...at, label: labelOf(at), score });
          }
        }
      }
    }
    const candidates = [...scored.values()].sort((a, b) => b.score - a.score || (a.label < b.label ? -1 : 1)).slice(0, Math.max(1, limit));
    const [first, second] = candidates;
    const all = [...scored.values()].filter((one) => one !== first);
    const runnerUp = Math.max(second?.score ?? 0, ...all.map((one) => one.score));
    if (!first) {
      if (streetScore >= 0.8) return { match: 'streetOnly', candidates: [], because: [asked.civic === null ? 'the house number is missing' : `number ${asked.civic} is not in the register for this street`] };
      return { match: 'none', candidates: [], because: ['no street of the register is like this one'] };
    }
    if (first.score >= ACCEPT && first.score - runnerUp >= MARGIN) return { match: 'exact', candidates: [first], because: [`score ${first.score} of ${ACCEPT} needed`, `next best is ${rounded(runnerUp)}`] };
    return { match: 'choose', candidates, because: [first.score < ACCEPT ? `score ${first.score} is below ${ACCEPT}` : `two addresses are within ${MARGIN} of each other`] };
  }

  return {
    search,
    find: (premisesId) => {
      const one = byId.get(premisesId);
      return one ? { ...one, label: labelOf(one), score: 1 } : undefined;
    },
    size: premises.length,
  };
}
