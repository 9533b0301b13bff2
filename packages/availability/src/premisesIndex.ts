import { registerBuilder } from './buildRegister.ts';
import { addressSearch, type SearchResult } from './searchRegister.ts';

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
  readonly because: readonly string[];
}
export interface AddressIndex {
  search(typed: string, limit?: number): PremisesResult;
  find(premisesId: string): PremisesCandidate | undefined;
  readonly size: number;
}
const labelOf = (p: Premises): string => `${p.street}, ${p.municipality} ${p.postalCode}`.trim();

/**
 * Indexes the operator's own premises, for operators without a public register: the same search over what their list has. One street
 * written in several ways is one street.
 * @example premisesIndex(premises).search('123 r. St-Jean, Huntingdon').match // 'exact'
 */
export function premisesIndex(premises: readonly Premises[]): AddressIndex {
  const byId = new Map(premises.map((one) => [one.premisesId, one]));
  const builder = registerBuilder({ merge: true });
  const split = (street: string): readonly [string, string] => {
    const [, civic = '', rest = ''] = /^\s*(\d{1,6} ?(?:[a-zA-Z](?=[\s,])|½|1\/2)?)[\s,]+(.+)$/.exec(street) ?? [];
    return [civic.replace(' ', ''), rest];
  };
  for (const one of premises) {
    const [civic, street] = split(one.street);
    if (civic !== '') builder.add({ civic, unit: one.premisesId, street, town: one.municipality, postalCode: one.postalCode, latitude: one.latitude, longitude: one.longitude });
  }
  const engine = addressSearch(builder.finish({ source: "the operator's drops", licence: '', date: '' }));
  return {
    search: (typed, limit = 5) => {
      const { match, candidates, because } = engine.search(typed, { limit });
      // The building's units are the premises at its door: several drops of one address are one premises already.
      const found = candidates.flatMap(({ units, score }) => units.flatMap((id): PremisesCandidate[] => { const one = byId.get(id); return one ? [{ ...one, label: labelOf(one), score }] : []; }));
      return match === 'exact' && found.length > 1 ? { match: 'choose', candidates: found.slice(0, limit), because: ['several entries of the register have this address'] } : { match, candidates: found.slice(0, limit), because };
    },
    find: (premisesId) => {
      const one = byId.get(premisesId);
      return one ? { ...one, label: labelOf(one), score: 1 } : undefined;
    },
    size: premises.length,
  };
}
