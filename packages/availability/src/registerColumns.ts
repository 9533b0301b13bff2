import { gramNumber, GRAMS, type Columns } from './register.ts';

const bytes = new TextEncoder();

/** A text of digits as a number, -1 when it is not one. */
export function digitsOnly(text: string): number {
  let n = 0;
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i) - 48;
    if (c < 0 || c > 9) return -1;
    n = n * 10 + c;
  }
  return text.length > 0 ? n : -1;
}
/** A typed array that grows. */
export function column<T extends Uint8Array | Uint16Array | Uint32Array | Int32Array>(make: (length: number) => T): { push(value: number): void; take(): T } {
  let array = make(1024);
  let length = 0;
  return {
    push: (value) => {
      if (length === array.length) {
        const wider = make(length * 2);
        wider.set(array);
        array = wider;
      }
      array[length] = value;
      length += 1;
    },
    take: () => array.subarray(0, length) as T,
  };
}
/** Numbers for texts in the order they come. */
export function numbering(most: number, what: string): { of(text: string): number; readonly texts: readonly string[] } {
  const known = new Map<string, number>();
  const texts: string[] = [];
  return {
    of: (text) => {
      const number = known.get(text);
      if (number !== undefined) return number;
      if (texts.length > most) throw new RangeError(`a register holds at most ${most + 1} different ${what}`);
      known.set(text, texts.length);
      texts.push(text);
      return texts.length - 1;
    },
    texts,
  };
}
/** 53 bits of a text, the same in every build. */
export function markOf(text: string): number {
  let a = 0x811c9dc5;
  let b = 0x9e3779b1;
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul(b ^ c, 0x85ebca6b);
    b ^= b >>> 13;
  }
  return (a >>> 0) * 0x200000 + (b >>> 11);
}
export function texts(all: readonly string[]): { readonly text: Uint8Array; readonly at: Uint32Array } {
  const at = new Uint32Array(all.length + 1);
  const parts = all.map((one) => bytes.encode(one));
  parts.forEach((one, i) => { at[i + 1] = at[i]! + one.length; });
  const text = new Uint8Array(at[all.length]!);
  parts.forEach((one, i) => text.set(one, at[i]));
  return { text, at };
}

/** Rows by street (a counting sort), then by number, suffix and unit within each; of the same address the first stays. */
export function inOrder(streets: Uint32Array, place: Uint32Array, civic: Uint32Array, suffix: Uint8Array, unit: Uint16Array): { readonly rows: Uint32Array; readonly street: Uint32Array } {
  const n = streets.length;
  const at = new Uint32Array(place.length + 1);
  for (let i = 0; i < n; i += 1) at[place[streets[i]!]! + 1]! += 1;
  for (let i = 0; i < place.length; i += 1) at[i + 1]! += at[i]!;
  const rows = new Uint32Array(n);
  const next = at.slice();
  for (let i = 0; i < n; i += 1) rows[next[place[streets[i]!]!]!++] = i;
  const street = new Uint32Array(n);
  let kept = 0;
  for (let s = 0; s < place.length; s += 1) {
    const [from, to] = [at[s]!, at[s + 1]!];
    let ordered = true;
    for (let i = from + 1; i < to && ordered; i += 1) ordered = civic[rows[i - 1]!]! < civic[rows[i]!]!;
    if (!ordered) rows.subarray(from, to).sort((a, b) => civic[a]! - civic[b]! || suffix[a]! - suffix[b]! || unit[a]! - unit[b]! || a - b);
    for (let i = from; i < to; i += 1) {
      const [row, last] = [rows[i]!, i > from ? rows[kept - 1]! : -1];
      if (last >= 0 && civic[row] === civic[last] && suffix[row] === suffix[last] && unit[row] === unit[last]) continue;
      rows[kept] = row;
      street[kept] = s;
      kept += 1;
    }
  }
  return { rows: rows.subarray(0, kept), street: street.subarray(0, kept) };
}
export function trigramLists(names: readonly string[]): Pick<Columns, 'grams' | 'gramsAt'> {
  const seen = new Int32Array(GRAMS).fill(-1);
  const each = (visit: (gram: number, name: number) => void): void => {
    seen.fill(-1);
    names.forEach((text, id) => {
      for (let i = -2; i < text.length - 1; i += 1) {
        const gram = gramNumber(i < 0 ? 32 : text.charCodeAt(i), i + 1 < 0 ? 32 : text.charCodeAt(i + 1), i + 2 < text.length ? text.charCodeAt(i + 2) : 32);
        if (seen[gram] === id) continue;
        seen[gram] = id;
        visit(gram, id);
      }
    });
  };
  const gramsAt = new Uint32Array(GRAMS + 1);
  each((gram) => { gramsAt[gram + 1]! += 1; });
  for (let i = 0; i < GRAMS; i += 1) gramsAt[i + 1]! += gramsAt[i]!;
  const grams = new Uint32Array(gramsAt[GRAMS]!);
  const next = gramsAt.slice();
  each((gram, id) => { grams[next[gram]!++] = id; });
  return { grams, gramsAt };
}
export function postalTowns(postal: Uint32Array, street: Uint32Array, streetTown: Uint16Array): Pick<Columns, 'codes' | 'codeTown'> {
  const pairs = new Set<number>();
  let last = -1;
  for (let i = 0; i < postal.length; i += 1) {
    const pair = postal[i]! * 65_536 + streetTown[street[i]!]!;
    if (postal[i] !== 0 && pair !== last) pairs.add((last = pair));
  }
  const sorted = Float64Array.from(pairs).sort();
  return { codes: Uint32Array.from(sorted, (pair) => Math.floor(pair / 65_536)), codeTown: Uint16Array.from(sorted, (pair) => pair % 65_536) };
}
export function countBuildings({ civic, suffix }: Columns, street: Uint32Array): number {
  let count = 0;
  for (let i = 0; i < civic.length; i += 1) if (i === 0 || civic[i] !== civic[i - 1] || suffix[i] !== suffix[i - 1] || street[i] !== street[i - 1]) count += 1;
  return count;
}
/** Where a town lies: the mean of its addresses that have coordinates. */
export function centre({ lat, lng, streetTown, townLat, townLng }: Columns, street: Uint32Array): void {
  const count = new Float64Array(townLat.length);
  for (let i = 0; i < lat.length; i += 1) {
    if (lat[i] === 0 && lng[i] === 0) continue;
    const town = streetTown[street[i]!]!;
    townLat[town]! += lat[i]! / 1e6;
    townLng[town]! += lng[i]! / 1e6;
    count[town]! += 1;
  }
  for (let town = 0; town < count.length; town += 1) {
    townLat[town] = count[town] ? townLat[town]! / count[town]! : NaN;
    townLng[town] = count[town] ? townLng[town]! / count[town]! : NaN;
  }
}
