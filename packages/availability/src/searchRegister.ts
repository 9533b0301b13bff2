import { buildings, type Building } from './buildings.ts';
import { spaced } from './fold.ts';
import { kilometres } from './kilometres.ts';
import { namesake } from './namesake.ts';
import { nearNames } from './nearNames.ts';
import { parseAddress, type ParsedAddress, type Reading } from './parseAddress.ts';
import { directionNumber, genericNumber, postalNumber, postalText, type Register } from './register.ts';
import { matchPolicy } from './matchPolicy.ts';
import { bitCount, letters, loosely } from './similarity.ts';
import { streetNames, type StreetName } from './streetName.ts';
import { townReadings } from './townReadings.ts';

export interface Candidate extends Building {
  readonly score: number;
  /** The unit that was typed, when the building has it. */
  readonly unit: string;
  /** The first row of the building in the register. */
  readonly row: number;
}
export interface SearchResult {
  /** `exact`: safe to act on; `choose`: show the list; `streetOnly`: the street is there, the number is not; `none`. */
  readonly match: 'exact' | 'choose' | 'streetOnly' | 'none';
  readonly candidates: readonly Candidate[];
  /** How far the first is ahead of the next. */
  readonly margin: number;
  /** The street that is most like what was typed, whether or not it has the number. */
  readonly street: StreetSeen | null;
  readonly because: readonly string[];
}
export interface StreetSeen { readonly text: string; readonly town: string; readonly score: number }
export interface SearchOptions {
  readonly limit?: number;
  /** Where the visitor probably lives; breaks ties only. */
  readonly near?: { readonly latitude: number; readonly longitude: number };
}
export interface AddressSearch {
  search(typed: string, options?: SearchOptions): SearchResult;
  building(row: number): Building;
  find(addressId: string): Building | undefined;
  readonly register: Register;
}
interface Hit { row: number; score: number; street: number }
const GENERIC_STREET = 0;

/**
 * Finds typed addresses in a register (S1-020, S1-024). Names are matched with tolerance, house numbers by equality, so a missing number is
 * never answered with its neighbour; towns decide between namesakes; postal code and unit are soft evidence. `served` says which towns
 * the operator serves: they win ties.
 * @example addressSearch(register).search('123 r. St-Jean, Huntingdon').match // 'exact'
 */
export function addressSearch(register: Register, served: ReadonlySet<number> = new Set()): AddressSearch {
  const { streetTown, streetName, streetGeneric, streetDirection, ofName, ofTown, townStreets, suffix, postal, lat, lng, townLat, townLng } = register.columns;
  const { suffixes } = register.about;
  const { building, find } = buildings(register);
  const near = nearNames(register);
  const townMemo = new Map<string, readonly (readonly [number, number])[]>();
  const p = matchPolicy;

  /** One search: what it saw so far. */
  function searching(asked: ParsedAddress, options: SearchOptions) {
    const hits = new Map<number, Hit>();
    let best = 0;
    let street = { score: 0, id: -1 };
    const code = postalNumber(asked.postalCode);
    const area = asked.postalCode.slice(0, 3);
    const codeTowns = code === 0 ? [] : register.townsOfPostal(code);
    const unitNumber = asked.unit;

    /** Scores the houses of one street that have the number. */
    function take(id: number, name: StreetName, alike: number, place: number, doubt: number, reading: Reading, lookalike: boolean, open: boolean): void {
      const town = streetTown[id]!;
      const generic = genericNumber.get(name.generic)!;
      const direction = directionNumber.get(name.direction)!;
      const typeFits = generic === streetGeneric[id] ? 1 : generic === 0 || streetGeneric[id] === 0 ? p.typeUnsaid : generic === 1 && streetGeneric[id] !== GENERIC_STREET ? 0.15 : 0;
      const turns = direction === streetDirection[id] ? 0 : direction === 0 ? (open ? p.directionOpen : p.directionUnsaid) : p.directionWrong;
      const base = p.name * alike + p.town * place + p.type * typeFits + p.direction - turns - doubt - (lookalike ? p.lookalike : 0) + (served.has(town) ? p.served : 0);
      if (alike >= 0.8 && place >= 0.7 && base > street.score) street = { score: base, id };
      if (reading.civic === null || base + p.postal + p.suffix < p.offer) return;
      const [from, to] = register.civicRange(id, reading.civic);
      for (let row = from; row < to; row += 1) {
        if (row > from && suffix[row] === suffix[row - 1]) continue;
        const own = suffixes[suffix[row]!]!;
        const there = postal[row]!;
        const agrees = code === 0 || there === 0 ? p.postalUnsaid : code === there ? p.postal : area !== '' && postalText(there).slice(0, 3).toLowerCase() === area ? p.postalArea : 0;
        const fits = own === reading.suffix ? p.suffix : reading.suffix === '' ? -p.suffixUnsaid : own === '' ? -p.suffixMissing : -p.suffixWrong;
        let score = base + agrees + fits;
        if (unitNumber !== '' && to - from > 1) score += 0.002;
        if (options.near && (lat[row] !== 0 || lng[row] !== 0)) score += p.near * Math.max(0, 1 - kilometres(options.near.latitude, options.near.longitude, lat[row]! / 1e6, lng[row]! / 1e6) / 50);
        if (score < p.offer) continue;
        const known = hits.get(row);
        if (!known || known.score < score) hits.set(row, { row, score, street: id });
        if (score > best) best = score;
      }
    }
    /** Tells the look-alikes of a street that exists in a town as it was typed: those next door are not what was meant. */
    function lookalikes(name: StreetName, exact: number, town: number): (street: number) => boolean {
      const generic = genericNumber.get(name.generic)!;
      let typed = false;
      let ofType = false;
      for (let s = exact < 0 || town < 0 ? 0 : ofName[exact]!; exact >= 0 && town >= 0 && s < ofName[exact + 1]!; s += 1) {
        if (streetTown[s] !== town) continue;
        typed = true;
        ofType ||= streetGeneric[s] === generic;
      }
      return (s) => (typed && streetName[s] !== exact) || (ofType && streetGeneric[s] !== generic);
    }
    /** All streets of a name in a town, or in every town. */
    function walk(reading: Reading, name: StreetName, in_: readonly number[] | null, trust: number, doubt: number, open: boolean): void {
      const exact = register.findName(name.key);
      for (const town of in_ ?? [-1]) {
        const lookalike = lookalikes(name, exact, town);
        const streetsOf = (one: number, alike: number): void => {
          let s = ofName[one]!;
          const end = ofName[one + 1]!;
          if (town >= 0 && end - s > 12) {
            let high = end;
            while (s < high) { const middle = (s + high) >>> 1; if (streetTown[middle]! < town) s = middle + 1; else high = middle; }
          }
          for (; s < end; s += 1) {
            if (town >= 0) { if (streetTown[s]! > town) break; if (streetTown[s] !== town) continue; }
            const place = town >= 0 ? trust : codeTowns.includes(streetTown[s]!) ? Math.max(trust, trust >= p.townUnsaid ? p.townByPostal : 0.5) : trust;
            take(s, name, alike, place, doubt + name.doubt + reading.doubt, reading, lookalike(s), open);
          }
        };
        if (exact >= 0) streetsOf(exact, 1);
        // What is settled needs no look-alikes: those of the same town could not come near it any more.
        if (best >= p.settled) continue;
        for (const { name: one, alike } of near(name.key, open)) {
          if (town < 0 && alike < 0.72) break;
          if (one !== exact) streetsOf(one, alike);
        }
      }
    }
    function read(reading: Reading, all: boolean): void {
      for (const one of townReadings(register, reading.tokens, asked.unfinished, codeTowns, townMemo)) {
        if (one.towns === null && best >= p.sure) continue;
        const names = streetNames(one.street);
        for (const name of all ? names : names.slice(0, 2)) walk(reading, name, one.towns, one.trust, one.doubt, one.open || (asked.unfinished && one.towns === null));
        if (best >= p.certain) return;
      }
    }
    /** The best was poor: every street of the town that has the number, and the same street in towns nearby. */
    function rescue(reading: Reading): void {
      for (const one of townReadings(register, reading.tokens, asked.unfinished, codeTowns, townMemo)) {
        if (!one.towns || one.trust < 0.8) continue;
        for (const name of streetNames(one.street).slice(0, 2)) {
          const own = letters(name.key);
          const few = bitCount(own) * 0.5;
          for (const town of one.towns) {
            const exact = register.findName(name.key);
            const lookalike = lookalikes(name, exact, town);
            if (reading.civic !== null) {
              for (let i = ofTown[town]!; i < ofTown[town + 1]!; i += 1) {
                const s = townStreets[i]!;
                if (bitCount(own & register.nameLetters[streetName[s]!]!) < few) continue;
                const [from, to] = register.civicRange(s, reading.civic);
                if (from === to) continue;
                const alike = loosely(name.key, register.name(streetName[s]!));
                if (alike > 0) take(s, name, alike, one.trust, one.doubt + name.doubt + reading.doubt, reading, lookalike(s), false);
              }
            }
            for (let s = exact < 0 ? 0 : ofName[exact]!; exact >= 0 && s < ofName[exact + 1]!; s += 1) {
              const other = streetTown[s]!;
              if (other === town) continue;
              const away = kilometres(townLat[town]!, townLng[town]!, townLat[other]!, townLng[other]!);
              if (away < p.neighbourKm) take(s, name, 1, p.neighbour * (1 - away / p.neighbourKm / 2) * one.trust, one.doubt + name.doubt + reading.doubt, reading, false, false);
            }
          }
        }
      }
    }
    return { hits, read, rescue, best: () => best, street: () => street };
  }

  function search(typed: string, options: SearchOptions = {}): SearchResult {
    const asked = parseAddress(typed);
    const limit = Math.max(1, Math.min(20, options.limit ?? 5));
    if (asked.readings[0]!.tokens.length === 0) return { match: 'none', candidates: [], margin: 0, street: null, because: ['no street was given'] };
    const at = searching(asked, options);
    const [main, ...others] = asked.readings;
    at.read(main!, false);
    if (at.best() < p.weak) at.read(main!, true);
    if (at.best() < p.weak) at.rescue(main!);
    if (at.best() < p.poor) for (const other of others) at.read(other, true);
    const hits = [...at.hits.values()].sort((a, b) => b.score - a.score || a.row - b.row).slice(0, limit + 4);
    settleTies(hits, typed);
    const [first, second] = hits;
    const candidates = hits.slice(0, limit).map(({ row, score }): Candidate => {
      const one = building(row);
      return { ...one, score: rounded(score), unit: one.units.find((u) => u.toLowerCase() === asked.unit) ?? '', row };
    });
    const { score: streetScore, id: streetId } = at.street();
    const street = streetId < 0 ? null : { text: register.streetText(streetId), town: register.about.towns[streetTown[streetId]!]!, score: rounded(streetScore) };
    if (!first) {
      if (street && streetScore >= p.offer + 0.1) return { match: 'streetOnly', candidates: [], margin: 0, street, because: [main!.civic === null ? 'the house number is missing' : `number ${main!.civic} is not in the register for ${street.text}`] };
      return { match: 'none', candidates: [], margin: 0, street, because: ['no street of the register is like this one'] };
    }
    const margin = rounded(first.score - (second?.score ?? 0));
    if (first.score >= p.accept && margin >= p.margin && !namesake(register, typed, register.streetText(first.street), streetName[first.street]!, [streetTown[first.street]!])) return { match: 'exact', candidates: candidates.slice(0, 1), margin, street, because: [`score ${rounded(first.score)} of ${p.accept} needed`, `ahead of the next by ${margin}`] };
    const sureStreet = street !== null && streetScore > first.score + 0.02 && main!.civic !== null;
    return {
      match: 'choose', candidates, margin, street,
      because: [first.score < p.accept ? `score ${rounded(first.score)} is below ${p.accept}` : `two addresses are within ${p.margin} of each other`, ...(sureStreet ? [`number ${main!.civic} is not in the register for ${street.text}`] : [])],
    };
  }
  /** Streets that differ in a link word only (`rue Église`, `rue de l'Église`): the one spelt as typed is meant. */
  function settleTies(hits: Hit[], typed: string): void {
    const [first, second] = hits;
    if (!first || !second || first.score - second.score >= p.margin) return;
    const words = spaced(typed);
    for (const hit of hits) if (hit.score > first.score - p.margin && words.includes(spaced(register.streetText(hit.street)))) hit.score += p.spelt;
    hits.sort((a, b) => b.score - a.score || a.row - b.row);
  }
  return { search, building, find, register };
}
const rounded = (score: number): number => Math.round(Math.max(0, Math.min(1, score)) * 1000) / 1000;

