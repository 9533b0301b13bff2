// An address register in typed arrays: everything a search touches lies flat in one block that threads can share.
import { nameKey, wholeKey } from './fold.ts';
import { letters } from './similarity.ts';
import { directionNames, genericNames, villages } from './words.ts';

/** What is told about a register; kept in the head of its file. */
export interface RegisterAbout {
  /** Where the rows came from, and under what licence. */
  readonly source: string;
  readonly licence: string;
  /** The day of the extract. */
  readonly date: string;
  readonly addresses: number;
  readonly buildings: number;
  readonly streets: number;
  readonly towns: readonly string[];
  /** Other names of towns, as written, with the town's number. */
  readonly aliases: readonly (readonly [string, number])[];
  readonly units: readonly string[];
  readonly suffixes: readonly string[];
}
/** The arrays of a register. Addresses are in the order of street, civic number, suffix, unit; streets in that of name and town. */
export interface Columns {
  /** Texts: `names` is folded and plain ASCII, `streets` as written. Text i lies from `…At[i]` to `…At[i + 1]`. */
  readonly names: Uint8Array;
  readonly namesAt: Uint32Array;
  readonly streets: Uint8Array;
  readonly streetsAt: Uint32Array;
  /** Streets of name n: `ofName[n]` to `ofName[n + 1]`. */
  readonly ofName: Uint32Array;
  readonly streetName: Uint32Array;
  readonly streetTown: Uint16Array;
  readonly streetGeneric: Uint8Array;
  readonly streetDirection: Uint8Array;
  /** A stable number of the street, from its town and text: half of an address id. */
  readonly streetMark: Float64Array;
  readonly ofTown: Uint32Array;
  readonly townStreets: Uint32Array;
  readonly townLat: Float64Array;
  readonly townLng: Float64Array;
  /** Names that hold trigram g: `grams[gramsAt[g]]` to `grams[gramsAt[g + 1]]`. */
  readonly gramsAt: Uint32Array;
  readonly grams: Uint32Array;
  /** Addresses of street s: `ofStreet[s]` to `ofStreet[s + 1]`. */
  readonly ofStreet: Uint32Array;
  readonly civic: Uint32Array;
  readonly suffix: Uint8Array;
  readonly unit: Uint16Array;
  readonly postal: Uint32Array;
  /** Degrees in millionths; 0 and 0 for unknown. */
  readonly lat: Int32Array;
  readonly lng: Int32Array;
  /** Postal codes and the towns they reach, in order. */
  readonly codes: Uint32Array;
  readonly codeTown: Uint16Array;
}
export const columnTypes = {
  names: Uint8Array, namesAt: Uint32Array, streets: Uint8Array, streetsAt: Uint32Array, ofName: Uint32Array, streetName: Uint32Array, streetTown: Uint16Array, streetGeneric: Uint8Array,
  streetDirection: Uint8Array, streetMark: Float64Array, ofTown: Uint32Array, townStreets: Uint32Array, townLat: Float64Array, townLng: Float64Array, gramsAt: Uint32Array, grams: Uint32Array,
  ofStreet: Uint32Array, civic: Uint32Array, suffix: Uint8Array, unit: Uint16Array, postal: Uint32Array, lat: Int32Array, lng: Int32Array, codes: Uint32Array, codeTown: Uint16Array,
} as const;

export interface Register {
  readonly about: RegisterAbout;
  readonly columns: Columns;
  readonly nameCount: number;
  name(id: number): string;
  /** The letters of each name, as `letters` gives them. */
  readonly nameLetters: Uint32Array;
  /** As written: `chemin de l'Église`. */
  streetText(street: number): string;
  /** The number of a name, or -1. */
  findName(key: string): number;
  /** Names that begin with a key, as a range of numbers. */
  namesFrom(key: string): readonly [number, number];
  /** Towns of a name or of an other name for them. */
  townsOf(key: string): readonly number[];
  readonly townKeys: ReadonlyMap<string, readonly number[]>;
  /** The same with every word as written, for names that are still being typed. */
  readonly growing: readonly (readonly [string, number])[];
  /** `townKeys` as a list, with the letters of each. */
  readonly towns: readonly { readonly key: string; readonly letters: number; readonly towns: readonly number[] }[];
  /** The range of the addresses with a civic number on a street; empty when there is none. */
  civicRange(street: number, civic: number): readonly [number, number];
  townsOfPostal(code: number): readonly number[];
  streetByMark(mark: number): number | undefined;
}
const CODE = /^[a-z]\d[a-z]\d[a-z]\d$/;
const decoder = new TextDecoder();

/** A postal code as a number; 0 for none. @example postalNumber('j0s1m0') // 4258780 */
export function postalNumber(key: string): number {
  if (!CODE.test(key)) return 0;
  let n = 0;
  for (let i = 0; i < 6; i += 1) n = i % 2 === 0 ? n * 26 + key.charCodeAt(i) - 97 : n * 10 + key.charCodeAt(i) - 48;
  return n + 1;
}
/** A number as a postal code. @example postalText(postalNumber('j0s1m0')) // 'J0S 1M0' */
export function postalText(number: number): string {
  if (number === 0) return '';
  let n = number - 1;
  let text = '';
  for (let i = 5; i >= 0; i -= 1) {
    const base = i % 2 === 0 ? 26 : 10;
    text = (i % 2 === 0 ? String.fromCharCode(65 + (n % base)) : String(n % base)) + text;
    n = Math.floor(n / base);
  }
  return `${text.slice(0, 3)} ${text.slice(3)}`;
}
/** The number of a trigram of a folded name; its letters are a to z, 0 to 9 and blank. */
export function gramNumber(a: number, b: number, c: number): number {
  return (slot(a) * 37 + slot(b)) * 37 + slot(c);
}
export const GRAMS = 37 ** 3;
const slot = (code: number): number => (code >= 97 ? code - 96 : code >= 48 && code <= 57 ? code - 21 : 0);

/** Opens the arrays of a register for use. Texts are decoded when asked for. */
export function openRegister(about: RegisterAbout, columns: Columns): Register {
  const { names, namesAt, streets, streetsAt, ofStreet, civic, codes, codeTown, streetMark } = columns;
  const nameCount = namesAt.length - 1;
  // A copy: a decoder does not read shared memory.
  const folded = decoder.decode(names.slice());
  const name = (id: number): string => folded.slice(namesAt[id], namesAt[id + 1]);
  const nameLetters = Uint32Array.from({ length: nameCount }, (_, id) => letters(name(id)));
  const lowerBound = (key: string): number => {
    let [low, high] = [0, nameCount];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (name(middle) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const townKeys = new Map<string, number[]>();
  const call = (key: string, town: number): void => {
    const known = townKeys.get(key);
    if (!known) townKeys.set(key, [town]);
    else if (!known.includes(town)) known.push(town);
  };
  about.towns.forEach((text, town) => call(nameKey(text), town));
  const proper = new Map([...townKeys]);
  // A name that is another town's own is that town: whoever means its neighbour is asked.
  for (const [text, town] of about.aliases) if (!proper.has(nameKey(text))) call(nameKey(text), town);
  for (const [village, town] of Object.entries(villages)) if (!townKeys.has(village)) for (const one of proper.get(town) ?? []) call(village, one);
  const growing = [...about.towns.map((text, town) => [wholeKey(text), town] as const), ...about.aliases.map(([text, town]) => [wholeKey(text), town] as const)];
  let marks: Map<number, number> | undefined;
  return {
    about, columns, nameCount, name, nameLetters, townKeys, growing,
    towns: [...townKeys].map(([key, towns]) => ({ key, letters: letters(key), towns })),
    streetText: (street) => decoder.decode(streets.slice(streetsAt[street], streetsAt[street + 1])),
    findName: (key) => {
      const at = lowerBound(key);
      return at < nameCount && name(at) === key ? at : -1;
    },
    namesFrom: (key) => [lowerBound(key), lowerBound(`${key}~`)],
    townsOf: (key) => townKeys.get(key) ?? [],
    civicRange: (street, wanted) => {
      let [low, high] = [ofStreet[street]!, ofStreet[street + 1]!];
      const last = high;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (civic[middle]! < wanted) low = middle + 1;
        else high = middle;
      }
      let end = low;
      while (end < last && civic[end] === wanted) end += 1;
      return [low, end];
    },
    townsOfPostal: (code) => {
      let [low, high] = [0, codes.length];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (codes[middle]! < code) low = middle + 1;
        else high = middle;
      }
      const found: number[] = [];
      for (; low < codes.length && codes[low] === code; low += 1) found.push(codeTown[low]!);
      return found;
    },
    streetByMark: (mark) => {
      marks ??= new Map(Array.from(streetMark, (one, street) => [one, street]));
      return marks.get(mark);
    },
  };
}
export const genericNumber: ReadonlyMap<string, number> = new Map(genericNames.map((one, i) => [one, i]));
export const directionNumber: ReadonlyMap<string, number> = new Map(directionNames.map((one, i) => [one, i]));
