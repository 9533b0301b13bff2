import { tokensOf } from './buildRegister.ts';
import { nameKey, spaced } from './fold.ts';
import type { Register } from './register.ts';
import { streetNames } from './streetName.ts';

/** Whether what was typed is, to the letter, another street of these towns that differs in a link word only: `rue des Bois`, and the number is on `rue du Bois`. */
export function namesake(register: Register, typed: string, street: string, name: number, towns: readonly number[]): boolean {
  const { ofName, streetTown } = register.columns;
  const words = spaced(typed);
  if (words.includes(spaced(street))) return false;
  for (let s = ofName[name]!; s < ofName[name + 1]!; s += 1) if (towns.includes(streetTown[s]!) && words.includes(spaced(register.streetText(s)))) return true;
  return false;
}
/**
 * The same of a register that need not have the street itself.
 * @example namesakeIn(register, '12 rue des Bois, Elgin', 'rue du Bois', 'Elgin') // true
 */
export function namesakeIn(register: Register, typed: string, street: string, town: string): boolean {
  const [name] = streetNames(tokensOf(street));
  const known = name ? register.findName(name.key) : -1;
  return known >= 0 && namesake(register, typed, street, known, register.townsOf(nameKey(town)));
}
