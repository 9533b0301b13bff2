import { registerBuilder } from './buildRegister.ts';
import { nameKey } from './fold.ts';
import type { Register } from './register.ts';
import { addressSearch, type SearchOptions, type SearchResult } from './searchRegister.ts';

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
export interface PremisesCandidate extends Premises {
  readonly label: string;
  readonly score: number;
}
export interface PremisesResult {
  readonly match: SearchResult['match'];
  readonly candidates: readonly PremisesCandidate[];
  readonly margin: number;
  readonly street: SearchResult['street'];
  readonly because: readonly string[];
}
/** A public register these premises are missing in, and the towns of it that the operator serves. */
export interface MissingIn { readonly register: Register; readonly served: ReadonlySet<number> }
export interface AddressIndex {
  search(typed: string, limit?: number, near?: SearchOptions['near']): PremisesResult;
  /** Whether one of the premises has this house number in this town. */
  has(town: string, number: number): boolean;
  /** Of the premises alone. */
  readonly register: Register;
  find(premisesId: string): PremisesCandidate | undefined;
  readonly size: number;
}
const labelOf = (p: Premises): string => `${p.street}, ${p.municipality} ${p.postalCode}`.trim();

/**
 * Indexes the operator's own premises, for operators without a public register: the same search over what their list has. One street
 * written in several ways is one street. Beside a public register it knows that one's towns, so that none of them is taken for one like it.
 * @example premisesIndex(premises).search('123 r. St-Jean, Huntingdon').match // 'exact'
 */
export function premisesIndex(premises: readonly Premises[], missingIn?: MissingIn): AddressIndex {
  const byId = new Map(premises.map((one) => [one.premisesId, one]));
  const builder = registerBuilder({ merge: true });
  const split = (street: string): readonly [string, string] => {
    const [, civic = '', rest = ''] = /^\s*(\d{1,6} ?(?:[a-zA-Z](?=[\s,])|½|1\/2)?)[\s,]+(.+)$/.exec(street) ?? [];
    return [civic.replace(' ', ''), rest];
  };
  const { towns = [], aliases = [] } = missingIn?.register.about ?? {};
  /** A village of the register is its town. */
  const townOf = (text: string): string => { const known = missingIn?.register.townsOf(nameKey(text)) ?? []; return known.length === 1 ? towns[known[0]!]! : text; };
  const numbers = new Set<string>();
  for (const one of premises) {
    const [civic, street] = split(one.street);
    const town = townOf(one.municipality);
    numbers.add(`${nameKey(town)} ${parseInt(civic, 10)}`);
    if (civic !== '') builder.add({ civic, unit: one.premisesId, street, town, postalCode: one.postalCode, latitude: one.latitude, longitude: one.longitude });
  }
  for (const town of towns) builder.know(town);
  const register = builder.finish({ source: "the operator's drops", licence: '', date: '' }, aliases.map(([alias, town]) => [alias, towns[town]!]));
  const engine = addressSearch(register, new Set([...(missingIn?.served ?? [])].flatMap((town) => register.townsOf(nameKey(towns[town]!)))));
  return {
    search: (typed, limit = 5, near) => {
      const { match, candidates, margin, street, because } = engine.search(typed, { limit, ...(near ? { near } : {}) });
      // The building's units are the premises at its door: several drops of one address are one premises already.
      const found = candidates.flatMap(({ units, score }) => units.flatMap((id): PremisesCandidate[] => { const one = byId.get(id); return one ? [{ ...one, label: labelOf(one), score }] : []; }));
      return match === 'exact' && found.length > 1 ? { match: 'choose', candidates: found.slice(0, limit), margin: 0, street, because: ['several entries of the register have this address'] } : { match, candidates: found.slice(0, limit), margin, street, because };
    },
    find: (premisesId) => {
      const one = byId.get(premisesId);
      return one ? { ...one, label: labelOf(one), score: 1 } : undefined;
    },
    has: (town, number) => numbers.has(`${nameKey(town)} ${number}`),
    register,
    size: premises.length,
  };
}