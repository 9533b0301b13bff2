import { tokensOf } from './buildRegister.ts';
import { nameKey, spaced } from './fold.ts';
import { directionNumber, genericNumber, type Register } from './register.ts';
import { streetNames } from './streetName.ts';

/**
 * Whether what was typed is, to the letter, a street of this register that differs from another of the same town in a link word only:
 * `rue des Bois` was typed, and the house is on `rue du Bois`.
 * @example namesakeIn(register, '12 rue des Bois, Elgin', 'rue du Bois', 'Elgin') // true
 */
export function namesakeIn(register: Register, typed: string, street: string, town: string): boolean {
  const [name] = streetNames(tokensOf(street));
  const key = name ? register.findName(name.key) : -1;
  if (!name || key < 0) return false;
  const { ofName, streetTown, streetGeneric, streetDirection } = register.columns;
  const words = spaced(typed);
  if (words.includes(spaced(street))) return false;
  const towns = register.townsOf(nameKey(town));
  for (let s = ofName[key]!; s < ofName[key + 1]!; s += 1) {
    if (!towns.includes(streetTown[s]!) || streetGeneric[s] !== genericNumber.get(name.generic) || streetDirection[s] !== directionNumber.get(name.direction)) continue;
    if (words.includes(spaced(register.streetText(s)))) return true;
  }
  return false;
}
