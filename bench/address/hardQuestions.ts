import { kilometres, type AddressSearch } from '../../packages/availability/src/index.ts';

export interface HardFigures {
  readonly missingNumberPercent: number;
  readonly wrongTownPercent: number;
  readonly cleanKeptPercent: number;
}
function seeded(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
/**
 * What must not be taken: a house number that is not on the street, one to three beside one that is; and a right street and number in the
 * nearest town that has no such street. Beside them as many addresses as they stand in the register, which must be taken.
 */
export function hardQuestions({ register, search, building }: AddressSearch, seed: number, n = 600): HardFigures {
  const { columns, about } = register;
  const random = seeded(seed);
  const below = (top: number): number => Math.floor(random() * top);
  const streetOf = (row: number): number => {
    let [low, high] = [0, columns.ofStreet.length - 1];
    while (high - low > 1) { const middle = (low + high) >>> 1; if (columns.ofStreet[middle]! <= row) low = middle; else high = middle; }
    return low;
  };
  const row = (): number => below(columns.civic.length);
  let [missing, wrongTown, kept] = [0, 0, 0];
  for (let k = 0; k < n; k += 1) {
    const at = building(row());
    const { match, candidates } = search(`${at.civic} ${at.street}, ${at.town}${random() < 0.5 ? ` ${at.postalCode}` : ''}`);
    if (match === 'exact' && candidates[0]!.addressId === at.addressId) kept += 1;
  }
  for (let k = 0; k < n;) {
    const from = row();
    const civic = columns.civic[from]! + (random() < 0.5 ? 1 : -1) * (1 + below(3));
    const [a, b] = register.civicRange(streetOf(from), civic);
    if (civic < 1 || a !== b) continue;
    k += 1;
    const at = building(from);
    if (search(`${civic} ${at.street}, ${at.town}${random() < 0.5 ? ` ${at.postalCode}` : ''}`).match === 'exact') missing += 1;
  }
  for (let k = 0, tries = 0; k < n && tries < 100 * n; tries += 1) {
    const from = row();
    const street = streetOf(from);
    const name = columns.streetName[street]!;
    const town = columns.streetTown[street]!;
    const towns = new Set(columns.streetTown.subarray(columns.ofName[name], columns.ofName[name + 1]));
    let [nearest, least] = [-1, 25];
    about.towns.forEach((_, other) => {
      if (towns.has(other)) return;
      const away = kilometres(columns.townLat[town]!, columns.townLng[town]!, columns.townLat[other]!, columns.townLng[other]!);
      if (away < least) [nearest, least] = [other, away];
    });
    if (nearest < 0) continue;
    k += 1;
    const at = building(from);
    if (search(`${at.civic} ${at.street}, ${about.towns[nearest]}${random() < 0.5 ? ` ${at.postalCode}` : ''}`).match === 'exact') wrongTown += 1;
  }
  const percent = (count: number): number => Math.round((count / n) * 10_000) / 100;
  return { missingNumberPercent: percent(missing), wrongTownPercent: percent(wrongTown), cleanKeptPercent: percent(kept) };
}
