import { accept, refuse, type Decision } from '../kernel/decision.ts';
import type { DropFacts } from './drop.ts';
import { foldText, streetKey } from './streetKey.ts';

export interface TypedAddress {
  readonly street: string;
  readonly city: string;
  readonly postalCode: string;
  /** frame/slot/port, when the page sent one along. */
  readonly oltPort?: string;
}

/** Village names people write for the municipality they belong to. */
const VILLAGES: Readonly<Record<string, string>> = {
  athelstan: 'hinchinbrooke', cazaville: 'saint anicet', valleyfield: 'salaberry valleyfield', sherrington: 'saint patrice sherrington', hull: 'gatineau', 'sainte foy': 'quebec',
};
const town = (name: string): string => {
  const key = foldText(name).split(/[\s-]+/).map((word) => (word === 'st' ? 'saint' : word === 'ste' ? 'sainte' : word))
    .filter((word, _, all) => all.length === 1 || !['de', 'du', 'des', 'la', 'le', 'les', 'd', 'l', 'qc', 'pq'].includes(word)).join(' ');
  return VILLAGES[key] ?? key;
};
const postal = (code: string): string => code.toUpperCase().replace(/[^A-Z0-9]/g, '');

/**
 * Whether a typed address belongs to a drop (S1-081). Accents, case, abbreviations, English forms and a missing or different street type
 * are forgiven; the house number never is, nor another town. A postal code of another area refuses; a wrong last half does not, since one
 * drop in twenty carries a wrong code.
 * @example matchesDrop({ street: '123 r. Principale', city: 'St-Anicet', postalCode: 'j0s1m0' }, drop).type // 'accepted'
 */
export function matchesDrop(typed: TypedAddress, drop: Pick<DropFacts, 'street' | 'city' | 'postalCode'> & Partial<Pick<DropFacts, 'frame' | 'slot' | 'port'>>): Decision<{ readonly exact: boolean }, 'addressMismatch'> {
  const no = (what: string, path: string) =>
    refuse('addressMismatch', `The ${what} does not belong to this fibre drop.`, { path, hint: 'Check availability again and send the address it gave.' });
  const a = streetKey(typed.street);
  const b = streetKey(drop.street);
  if (a.civic === '' || a.civic !== b.civic) return no('house number', 'address.rue');
  if (a.unit !== '' && b.unit !== '' && a.unit !== b.unit) return no('apartment', 'address.rue');
  if (a.name === '' || a.name !== b.name) return no('street', 'address.rue');
  if (a.generic !== '' && b.generic !== '' && a.generic !== b.generic) return no('street', 'address.rue');
  if (a.direction !== '' && b.direction !== '' && a.direction !== b.direction) return no('street', 'address.rue');
  if (town(typed.city) === '' || town(typed.city) !== town(drop.city)) return no('town', 'address.ville');
  const given = postal(typed.postalCode);
  const known = postal(drop.postalCode);
  if (given !== '' && known !== '' && given.slice(0, 3) !== known.slice(0, 3)) return no('postal code', 'address.zip');
  if (typed.oltPort !== undefined && drop.frame !== undefined && typed.oltPort !== `${drop.frame}/${drop.slot}/${drop.port}`) return no('port', 'address.olt_port');
  const exact = given === known;
  return accept({ exact }, 'house number, street and town are those of the drop', ...(exact ? [] : ['the postal code differs in its last half or is missing']));
}
