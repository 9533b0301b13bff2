import { premisesIndex, type AddressIndex, type PremisesCandidate } from '../../../availability/src/index.ts';
import { listDrops, type Db } from '../../../journal/src/index.ts';
import { premisesOf } from '../premises.ts';
import type { AddressBook, Place, PlaceCandidate } from './addressBook.ts';

const place = ({ premisesId, label, street, municipality, postalCode, latitude, longitude }: PremisesCandidate): Place => ({ placeId: premisesId, label, street, municipality, postalCode, latitude: latitude || null, longitude: longitude || null });

/** The operator's own drops as the book of addresses: what is used without a public register. `changed` says whether drops were loaded since. */
export async function dropsBook(db: Db): Promise<AddressBook> {
  let index: AddressIndex;
  let drops = 0;
  let stamp = '';
  async function load(): Promise<void> {
    // A count and the highest change say whether the list is another one; leases do not touch them.
    const { rows } = await db.query<{ stamp: string }>(`SELECT count(*) || ':' || coalesce(sum(hashtext(fibre_id || street || city || postal_code)::bigint), 0) AS stamp FROM fibre_drop WHERE tenant = 'main'`);
    if (rows[0]!.stamp === stamp) return;
    const all = await listDrops(db);
    index = premisesIndex(premisesOf(all));
    drops = all.length;
    stamp = rows[0]!.stamp;
  }
  await load();
  return {
    search: async (typed, { limit = 5 } = {}) => {
      const { match, candidates, because } = index.search(typed, limit);
      return { match, because, candidates: candidates.map((one): PlaceCandidate => ({ ...place(one), score: one.score })) };
    },
    find: async (placeId) => {
      const one = index.find(placeId);
      return one && place(one);
    },
    dropsAt: (placeId) => index.find(placeId)?.fibreIds ?? [],
    beside: () => [],
    about: () => ({ kind: 'drops', source: "the operator's drops", licence: '', date: '', addresses: index.size, linked: drops, unlinked: 0 }),
    refresh: load,
    close: async () => undefined,
  };
}
