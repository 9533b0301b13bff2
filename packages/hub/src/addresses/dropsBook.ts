import type { Clock } from '../../../../core/src/index.ts';
import { premisesIndex, type AddressIndex, type PremisesCandidate } from '../../../availability/src/index.ts';
import { listDrops, type Db } from '../../../journal/src/index.ts';
import { premisesOf } from '../premises.ts';
import type { AddressBook, Place, PlaceCandidate } from './addressBook.ts';
import { whenHeard } from './whenHeard.ts';

/** Premises of the operator as a place of the book. */
export const premisesPlace = ({ premisesId, label, street, municipality, postalCode, latitude, longitude }: PremisesCandidate): Place => ({ placeId: premisesId, label, street, municipality, postalCode, latitude: latitude || null, longitude: longitude || null });

/** The operator's own drops as the book of addresses: what is used without a public register. */
export async function dropsBook(db: Db, clock: Clock): Promise<AddressBook> {
  let index: AddressIndex;
  let drops = 0;
  let stamp = '';
  const list = whenHeard(db, clock, async () => {
    // A count and a sum over the texts say whether the list is another one.
    const { rows } = await db.query<{ stamp: string }>(`SELECT count(*) || ':' || coalesce(sum(hashtext(fibre_id || street || city || postal_code)::bigint), 0) AS stamp FROM fibre_drop WHERE tenant = 'main'`);
    if (rows[0]!.stamp === stamp) return;
    const all = await listDrops(db);
    index = premisesIndex(premisesOf(all));
    drops = all.length;
    stamp = rows[0]!.stamp;
  });
  await list.read();
  return {
    search: async (typed, { limit = 5 } = {}) => {
      const { candidates, ...found } = index.search(typed, limit);
      return { ...found, candidates: candidates.map((one): PlaceCandidate => ({ ...premisesPlace(one), score: one.score })) };
    },
    find: async (placeId) => {
      const one = index.find(placeId);
      return one && premisesPlace(one);
    },
    dropsAt: (placeId) => index.find(placeId)?.fibreIds ?? [],
    beside: () => [],
    about: () => ({ kind: 'drops', source: "the operator's drops", licence: '', date: '', addresses: index.size, linked: drops, unlinked: 0, unregistered: 0 }),
    heard: list.heard,
    refresh: list.read,
    close: async () => undefined,
  };
}
