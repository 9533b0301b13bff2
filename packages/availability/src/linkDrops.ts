import { buildings, type Building } from './buildings.ts';
import { geoGrid } from './geoGrid.ts';
import { parseAddress } from './parseAddress.ts';
import { addressSearch } from './searchRegister.ts';
import type { Register } from './register.ts';
import { kilometres } from './kilometres.ts';
import { loosely } from './similarity.ts';
import { streetNames } from './streetName.ts';
import { matchPolicy } from './matchPolicy.ts';

/** One fibre drop as the operator's list has it. */
export interface DropToLink {
  readonly id: number;
  readonly street: string;
  readonly town: string;
  readonly postalCode: string;
  /** NaN for unknown. */
  readonly latitude: number;
  readonly longitude: number;
}
export interface LinkCandidate extends Building {
  readonly score: number;
  /** From the drop's coordinates, where both have them and they are believed. */
  readonly distanceM: number | null;
  readonly method: 'text' | 'text+geo' | 'geo';
}
export interface Link {
  readonly id: number;
  /** `ambiguous` goes to the review queue with the best three; `unmatched` has none. */
  readonly status: 'matched' | 'ambiguous' | 'unmatched';
  readonly candidates: readonly LinkCandidate[];
  readonly margin: number;
  readonly because: string;
  readonly matcherVersion: string;
}
/** From here it is linked, when it is so far ahead of the next. */
export const LINK_ACCEPT = 0.7;
export const LINK_MARGIN = 0.03;
/** Distances in metres, and what they add to or take from the score. */
const NEAR: readonly (readonly [withinM: number, adds: number])[] = [[80, 0.08], [200, 0.06], [600, 0.03], [2_000, 0], [6_000, -0.04]];
const FAR = -0.08;
/** So many drops at one point are not there: it is the point of their OLT. */
const CROWD = 4;

/**
 * Prepares to link drops to a register (S1-024, S1-160): by text, weighed by distance; where the text alone is not enough, by what stands
 * near with the same number. All drops are given first, since coordinates that many share are an OLT's and not believed.
 * @example linker(register, drops)(drops[0]).status // 'matched'
 */
export function linker(register: Register, drops: readonly DropToLink[]): (drop: DropToLink) => Link {
  const { civic, lat, lng, suffix, streetName } = register.columns;
  const engine = addressSearch(register);
  const pointOf = (drop: DropToLink): string => `${drop.latitude.toFixed(5)},${drop.longitude.toFixed(5)}`;
  const crowd = new Map<string, number>();
  let [south, north, west, east] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const drop of drops) {
    const at = placeOf(drop);
    if (!at) continue;
    crowd.set(pointOf(drop), (crowd.get(pointOf(drop)) ?? 0) + 1);
    south = Math.min(south, at[0]); north = Math.max(north, at[0]); west = Math.min(west, at[1]); east = Math.max(east, at[1]);
  }
  const grid = geoGrid(register.columns, { south: south * 1e6 - 20_000, north: north * 1e6 + 20_000, west: west * 1e6 - 20_000, east: east * 1e6 + 20_000 });
  const { streetAt: streetOf } = buildings(register);

  return (drop) => {
    const place = (crowd.get(pointOf(drop)) ?? 0) < CROWD ? placeOf(drop) : null;
    const found = new Map<number, { row: number; score: number; distanceM: number | null; method: LinkCandidate['method'] }>();
    const take = (row: number, score: number, method: LinkCandidate['method']): void => {
      const away = place && (lat[row] !== 0 || lng[row] !== 0) ? kilometres(place[0], place[1], lat[row]! / 1e6, lng[row]! / 1e6) * 1000 : null;
      const whole = score + (away === null ? 0 : NEAR.find(([within]) => away <= within)?.[1] ?? FAR);
      const known = found.get(row);
      if (!known || known.score < whole) found.set(row, { row, score: whole, distanceM: away === null ? null : Math.round(away), method: away !== null && method === 'text' ? 'text+geo' : method });
    };
    const typed = `${drop.street}, ${drop.town} ${drop.postalCode}`;
    for (const one of engine.search(typed, { limit: 8 }).candidates) take(one.row, one.score, 'text');
    const best = Math.max(0, ...[...found.values()].map(({ score }) => score));
    if (place && best < 0.9) {
      // The same number within a kilometre or so, on a street whose name is somewhat like it.
      for (const reading of parseAddress(drop.street).readings) {
        if (reading.civic === null) continue;
        const names = streetNames(reading.tokens);
        grid.around(place[0] * 1e6, place[1] * 1e6, (row) => {
          if (civic[row] !== reading.civic || (row > 0 && civic[row - 1] === civic[row] && suffix[row - 1] === suffix[row] && streetOf(row - 1) === streetOf(row))) return;
          const street = streetOf(row);
          const alike = Math.max(0, ...names.map((name) => loosely(name.key, register.name(streetName[street]!)) - name.doubt));
          if (alike < 0.6) return;
          const own = register.about.suffixes[suffix[row]!]!;
          // Being there stands for the town.
          take(row, matchPolicy.name * alike + matchPolicy.town * 0.8 + 0.1 - (own === reading.suffix ? 0 : 0.08) - reading.doubt, 'geo');
        });
      }
    }
    const ranked = [...found.values()].sort((a, b) => b.score - a.score || a.row - b.row).slice(0, 3);
    const candidates = ranked.map(({ row, score, distanceM, method }): LinkCandidate => ({ ...engine.building(row), score: Math.round(Math.min(1, score) * 1000) / 1000, distanceM, method }));
    const [first, second] = ranked;
    const margin = first ? Math.round((first.score - (second?.score ?? 0)) * 1000) / 1000 : 0;
    const status = !first ? 'unmatched' : first.score >= LINK_ACCEPT && margin >= LINK_MARGIN ? 'matched' : 'ambiguous';
    const because = !first ? 'no address is like it' : status === 'matched' ? `score ${candidates[0]!.score}, ahead by ${margin}` : first.score < LINK_ACCEPT ? `score ${candidates[0]!.score} is below ${LINK_ACCEPT}` : `two addresses are within ${LINK_MARGIN}`;
    return { id: drop.id, status, candidates, margin, because, matcherVersion: matchPolicy.version };
  };
  function placeOf({ latitude, longitude }: DropToLink): readonly [number, number] | null {
    if (!Number.isFinite(latitude) || !Number.isFinite(longitude) || (latitude === 0 && longitude === 0)) return null;
    // A longitude without its sign lies in Kazakhstan.
    return latitude > 40 && longitude > 50 && longitude < 100 ? [latitude, -longitude] : [latitude, longitude];
  }
}
