import { premisesIndex, sameAddress, type AddressIndex, type AddressSearch, type Premises } from '../../../availability/src/index.ts';
import { findDrops, type Queryable } from '../../../journal/src/index.ts';
import { premisesOf } from '../premises.ts';

/** Premises looked up between two turns of the event loop. */
const AT_ONCE = 50;

/**
 * The premises that stand in the operator's list and in no register: those of drops that neither the matcher nor a person could place. One
 * whose own address is in the register after all is left out: who says that the drop is not there is believed.
 */
export async function unregisteredPremises(on: Queryable, engine: AddressSearch, served: ReadonlySet<number>): Promise<AddressIndex | null> {
  const { rows } = await on.query(`SELECT fibre_id FROM drop_link WHERE tenant = 'main' AND status = 'unmatched'`);
  if (rows.length === 0) return null;
  const missing: Premises[] = [];
  const all = premisesOf(await findDrops(on, rows.map((row) => row['fibre_id'] as number)));
  for (let i = 0; i < all.length; i += 1) {
    const one = all[i]!;
    const { match, candidates: [first] } = engine.search(`${one.street}, ${one.municipality} ${one.postalCode}`);
    if (!(match === 'exact' && sameAddress(one, { street: `${first!.civic} ${first!.street}`, municipality: first!.town, postalCode: '' }))) missing.push(one);
    if (i % AT_ONCE === AT_ONCE - 1) await new Promise(setImmediate);
  }
  return missing.length === 0 ? null : premisesIndex(missing, { register: engine.register, served });
}
