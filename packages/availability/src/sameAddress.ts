import { nameKey } from './fold.ts';
import { parseAddress, type Reading } from './parseAddress.ts';
import { streetNames, type StreetName } from './streetName.ts';
import { villages } from './words.ts';

export interface PlainAddress { readonly street: string; readonly municipality: string; readonly postalCode: string }

/**
 * Whether two spellings mean one house: same number and suffix, same street name and direction (type only if both say it), and the
 * same town. A differing postal code alone does not separate them; people get it wrong.
 * @example sameAddress({ street: '12 r. St-Jean', municipality: 'Elgin', postalCode: '' }, { street: '12, rue Saint-Jean', municipality: 'ELGIN', postalCode: 'J0S 2E0' }) // true
 */
export function sameAddress(a: PlainAddress, b: PlainAddress): boolean {
  const town = (one: PlainAddress): string => villages[nameKey(one.municipality)] ?? nameKey(one.municipality);
  const read = (one: PlainAddress): readonly [Reading, StreetName | undefined] => { const [first] = parseAddress(one.street).readings; return [first!, streetNames(first!.tokens)[0]]; };
  const [[left, here], [right, there]] = [read(a), read(b)];
  if (!here || !there) return false;
  const type = here.generic === there.generic || here.generic === '' || there.generic === '';
  return left.civic !== null && left.civic === right.civic && left.suffix === right.suffix && here.key === there.key && here.direction === there.direction && type && town(a) === town(b);
}
