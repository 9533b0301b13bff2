import { nameKey } from './fold.ts';
import { parseAddress } from './parseAddress.ts';
import { streetNames } from './streetName.ts';
import { villages } from './words.ts';

export interface PlainAddress { readonly street: string; readonly municipality: string; readonly postalCode: string }

/**
 * Whether two spellings mean one door: same number and suffix, same street name and direction (type and unit only if both say it), and the
 * same town. A differing postal code alone does not separate them; people get it wrong.
 * @example sameAddress({ street: '12 r. St-Jean', municipality: 'Elgin', postalCode: '' }, { street: '12, rue Saint-Jean', municipality: 'ELGIN', postalCode: 'J0S 2E0' }) // true
 */
export function sameAddress(a: PlainAddress, b: PlainAddress): boolean {
  const [left, right] = [read(a), read(b)];
  if (!left.name || !right.name || left.civic === null || left.town === '') return false;
  return left.civic === right.civic && left.suffix === right.suffix && left.name.key === right.name.key && left.name.direction === right.name.direction && agree(left.name.generic, right.name.generic) && agree(left.unit, right.unit) && left.town === right.town;
}

const agree = (a: string, b: string): boolean => a === b || a === '' || b === '';
function read({ street, municipality }: PlainAddress) {
  const { readings: [first], unit } = parseAddress(street);
  const town = nameKey(municipality);
  return { civic: first!.civic, suffix: first!.suffix, name: streetNames(first!.tokens)[0], unit, town: villages[town] ?? town };
}
