import { postalText, type Register } from './register.ts';

/** A building: all units behind one door number. */
export interface Building {
  /** Stable over builds of the register: street mark, number, suffix. */
  readonly addressId: string;
  readonly label: string;
  readonly civic: string;
  readonly street: string;
  readonly town: string;
  readonly postalCode: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly units: readonly string[];
}
export interface Buildings {
  /** The street a row is on. */
  streetAt(row: number): number;
  building(row: number): Building;
  find(addressId: string): Building | undefined;
}

/** Rows of a register read as buildings, by row or by their stable id. @example buildings(register).find('115oszwlopy-567')?.label */
export function buildings(register: Register): Buildings {
  const { streetTown, ofStreet, civic, suffix, unit, postal, lat, lng, streetMark } = register.columns;
  const { suffixes, units, towns } = register.about;
  const lastOf = (row: number): number => {
    let end = row + 1;
    while (end < civic.length && civic[end] === civic[row] && suffix[end] === suffix[row] && end < ofStreet[streetAt(row) + 1]!) end += 1;
    return end;
  };
  const streetAt = (row: number): number => {
    let [low, high] = [0, ofStreet.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (ofStreet[middle]! <= row) low = middle;
      else high = middle;
    }
    return low;
  };
  const numberText = (row: number): string => {
    const letters = suffixes[suffix[row]!]!;
    return `${civic[row]}${letters === '1/2' ? '½' : letters.toUpperCase()}`;
  };
  function building(row: number): Building {
    const street = streetAt(row);
    const end = lastOf(row);
    const all: string[] = [];
    for (let i = row; i < end; i += 1) { const one = units[unit[i]!]!; if (one !== '') all.push(one); }
    const number = numberText(row);
    const text = register.streetText(street);
    const town = towns[streetTown[street]!]!;
    const code = postalText(postal[row]!);
    const placed = lat[row] !== 0 || lng[row] !== 0;
    return {
      addressId: `${streetMark[street]!.toString(36)}-${civic[row]}${suffixes[suffix[row]!]!.replace('/', '')}`, label: `${number} ${text}, ${town}${code ? ` ${code}` : ''}`, civic: number, street: text, town, postalCode: code,
      latitude: placed ? lat[row]! / 1e6 : null, longitude: placed ? lng[row]! / 1e6 : null, units: all,
    };
  }
  function find(addressId: string): Building | undefined {
    const [, mark = '', number = '', letters = ''] = /^([a-z0-9]{1,12})-(\d{1,6})([a-z]|12)?$/.exec(addressId) ?? [];
    const street = mark === '' ? undefined : register.streetByMark(parseInt(mark, 36));
    if (street === undefined) return undefined;
    const [from, to] = register.civicRange(street, Number(number));
    for (let row = from; row < to; row += 1) if (suffixes[suffix[row]!]!.replace('/', '') === letters) return building(row);
    return undefined;
  }
  return { streetAt, building, find };
}
