import { fold, nameKey, postalKey } from './fold.ts';
import type { Token } from './parseAddress.ts';
import { directionNumber, genericNumber, openRegister, postalNumber, type Columns, type Register, type RegisterAbout } from './register.ts';
import { centre, column, countBuildings, digitsOnly, inOrder, markOf, numbering, postalTowns, texts, trigramLists } from './registerColumns.ts';
import { streetNames } from './streetName.ts';

/** One address of a register, as its columns give it. */
export interface RegisterRow {
  /** `123`, `123A`, `123 1/2`. */
  readonly civic: string;
  readonly unit: string;
  readonly street: string;
  readonly town: string;
  readonly postalCode: string;
  /** Degrees (NAD83 or WGS84), NaN for unknown. */
  readonly latitude: number;
  readonly longitude: number;
}
/** Why a row was left out. */
export type RowFault = 'civic' | 'street' | 'town';
export interface RegisterBuilder {
  /** Takes a row in, or says what is wrong with it. */
  add(row: RegisterRow): RowFault | null;
  /** Names a town that need not have an address: what is known is not mistaken for what is like it. */
  know(town: string): void;
  /** The number of rows taken so far. */
  readonly taken: number;
  finish(about: Pick<RegisterAbout, 'source' | 'licence' | 'date'>, aliases?: readonly (readonly [alias: string, town: string])[]): Register;
}
const CIVIC = /^(\d{1,6})\s*-?\s*([a-z]|½|1\/2)?$/i;

/** The words of a street line. */
export const tokensOf = (text: string): readonly Token[] => Array.from(fold(text).replace(/[,#/–]/g, ' ').matchAll(/(-?)\b([a-z0-9]+)/g), ([, dash, one]) => ({ text: one!, part: 0, glued: dash === '-' }));

/**
 * Collects rows one by one in bounded memory (23 bytes each) and puts them in order. `merge` joins streets that differ only in spelling,
 * for an operator's own list where one street is written in many ways; a public register writes each in one.
 * @example registerBuilder().add({ civic: '12', street: 'rue Roy', town: 'Elgin', unit: '', postalCode: '', latitude: NaN, longitude: NaN }) // null
 */
export function registerBuilder({ merge = false }: { readonly merge?: boolean } = {}): RegisterBuilder {
  const towns = numbering(0xfffe, 'towns');
  const townNumber = new Map<string, number>();
  const units = numbering(0xffff, 'units');
  const suffixes = numbering(0xff, 'suffixes');
  units.of('');
  suffixes.of('');
  const streetNumber = new Map<string, number>();
  const draft: { text: string; town: number; generic: number; direction: number; key: string }[] = [];
  const rows = {
    street: column((n) => new Uint32Array(n)), civic: column((n) => new Uint32Array(n)), suffix: column((n) => new Uint8Array(n)), unit: column((n) => new Uint16Array(n)),
    postal: column((n) => new Uint32Array(n)), lat: column((n) => new Int32Array(n)), lng: column((n) => new Int32Array(n)),
  };
  let taken = 0;
  // Rows come street by street: what the last one had is mostly what the next one has.
  let last = { street: '', town: '', of: -1, code: '', postal: 0 };

  function townOf(text: string): number {
    const known = townNumber.get(text);
    if (known !== undefined) return known;
    const key = nameKey(text);
    const same = townNumber.get(`=${key}`) ?? towns.of(text);
    townNumber.set(`=${key}`, same);
    townNumber.set(text, same);
    return same;
  }
  function streetOf(text: string, town: number): number {
    const spelt = `${town}|${text}`;
    const known = streetNumber.get(spelt);
    if (known !== undefined) return known;
    const [name] = streetNames(tokensOf(text));
    if (!name) return -1;
    const same = merge ? `${town}=${name.generic}|${name.key}|${name.direction}` : spelt;
    let number = streetNumber.get(same);
    if (number === undefined) {
      number = draft.length;
      draft.push({ text: text.trim(), town, key: name.key, generic: genericNumber.get(name.generic)!, direction: directionNumber.get(name.direction)! });
      streetNumber.set(same, number);
    }
    streetNumber.set(spelt, number);
    return number;
  }
  return {
    get taken() { return taken; },
    add: ({ civic, unit, street, town, postalCode, latitude, longitude }) => {
      const plain = civic.length <= 6 ? digitsOnly(civic) : -1;
      const number = plain >= 0 ? null : CIVIC.exec(civic.trim());
      if (plain < 0 && !number) return 'civic';
      if (street !== last.street || town !== last.town) {
        if (town.trim() === '') return 'town';
        const of = streetOf(street, townOf(town));
        if (of < 0) return 'street';
        last = { ...last, street, town, of };
      }
      if (postalCode !== last.code) last = { ...last, code: postalCode, postal: postalNumber(postalKey(postalCode)) };
      rows.street.push(last.of);
      rows.civic.push(number ? Number(number[1]) : plain);
      rows.suffix.push(number?.[2] ? suffixes.of(number[2].toLowerCase().replace('½', '1/2')) : 0);
      rows.unit.push(unit === '' ? 0 : units.of(unit.trim()));
      rows.postal.push(last.postal);
      const placed = Number.isFinite(latitude) && Number.isFinite(longitude) && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
      rows.lat.push(placed ? Math.round(latitude * 1e6) : 0);
      rows.lng.push(placed ? Math.round(longitude * 1e6) : 0);
      taken += 1;
      return null;
    },
    know: (town) => void townOf(town),
    finish: (about, aliases = []) => {
      const names = [...new Set(draft.map(({ key }) => key))].sort();
      const nameOf = new Map(names.map((key, i) => [key, i]));
      const order = draft.map((_, i) => i).sort((a, b) => {
        const [x, y] = [draft[a]!, draft[b]!];
        return nameOf.get(x.key)! - nameOf.get(y.key)! || x.town - y.town || x.generic - y.generic || x.direction - y.direction || (x.text < y.text ? -1 : 1);
      });
      const place = new Uint32Array(draft.length);
      order.forEach((old, now) => { place[old] = now; });
      const streets = order.map((i) => draft[i]!);
      const streetName = Uint32Array.from(streets, ({ key }) => nameOf.get(key)!);
      const counted = (length: number, of: ArrayLike<number>): Uint32Array => {
        const at = new Uint32Array(length + 1);
        for (let i = 0; i < of.length; i += 1) at[of[i]! + 1]! += 1;
        for (let i = 0; i < length; i += 1) at[i + 1]! += at[i]!;
        return at;
      };
      const streetTown = Uint16Array.from(streets, ({ town }) => town);
      const ofTown = counted(towns.texts.length, streetTown);
      const townStreets = new Uint32Array(streets.length);
      const next = ofTown.slice();
      streetTown.forEach((town, street) => { townStreets[next[town]!++] = street; });

      const sorted = inOrder(rows.street.take(), place, rows.civic.take(), rows.suffix.take(), rows.unit.take());
      const street = sorted.street;
      const pick = <T extends Uint8Array | Uint16Array | Uint32Array | Int32Array>(from: T): T => {
        const to = new (from.constructor as new (length: number) => T)(street.length);
        for (let i = 0; i < to.length; i += 1) to[i] = from[sorted.rows[i]!]!;
        return to;
      };
      const postal = pick(rows.postal.take());
      const { grams, gramsAt } = trigramLists(names);
      const nameTexts = texts(names);
      const streetTexts = texts(streets.map(({ text }) => text));
      const columns: Columns = {
        names: nameTexts.text, namesAt: nameTexts.at, streets: streetTexts.text, streetsAt: streetTexts.at, ofName: counted(names.length, streetName), streetName, streetTown,
        streetGeneric: Uint8Array.from(streets, ({ generic }) => generic), streetDirection: Uint8Array.from(streets, ({ direction }) => direction),
        streetMark: Float64Array.from(streets, ({ text, town }) => markOf(`${nameKey(towns.texts[town]!)}|${fold(text)}`)), ofTown, townStreets,
        townLat: new Float64Array(towns.texts.length), townLng: new Float64Array(towns.texts.length), gramsAt, grams, ofStreet: counted(streets.length, street),
        civic: pick(rows.civic.take()), suffix: pick(rows.suffix.take()), unit: pick(rows.unit.take()), postal, lat: pick(rows.lat.take()), lng: pick(rows.lng.take()),
        ...postalTowns(postal, street, streetTown),
      };
      centre(columns, street);
      const known = new Map(towns.texts.map((text, i) => [nameKey(text), i]));
      return openRegister({
        ...about, addresses: street.length, buildings: countBuildings(columns, street), streets: streets.length, towns: towns.texts, units: units.texts, suffixes: suffixes.texts,
        aliases: aliases.flatMap(([alias, town]) => { const at = known.get(nameKey(town)); return at === undefined ? [] : [[alias, at] as const]; }),
      }, columns);
    },
  };
}
