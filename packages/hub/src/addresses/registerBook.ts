import { stat } from 'node:fs/promises';
import type { Clock } from '../../../../core/src/index.ts';
import { addressSearch, nameKey, openSnapshot, readSnapshot, searchTogether, type AddressIndex, type AddressSearch, type Building } from '../../../availability/src/index.ts';
import { listDrops, type Db } from '../../../journal/src/index.ts';
import type { AddressBook, Place, PlaceCandidate } from './addressBook.ts';
import { premisesPlace } from './dropsBook.ts';
import { listLinks } from './links.ts';
import { searchPool, type SearchPool } from './searchPool.ts';
import { unregisteredPremises } from './unregistered.ts';
import { whenHeard } from './whenHeard.ts';

export interface RegisterBookOptions {
  readonly path: string;
  /** Threads beside the main one that search; 0 = the main thread does. */
  readonly workers?: { readonly script: URL; readonly count: number };
  readonly report: (line: string) => void;
}
export interface RegisterBook extends AddressBook {
  /** For linking: the engine on the main thread. */
  engine(): AddressSearch;
}
/** A town is served when at least so many of the operator's drops are in it. */
const SERVED = 3;
const place = ({ addressId, label, civic, street, town, postalCode, latitude, longitude }: Building): Place => ({ placeId: addressId, label, street: `${civic} ${street}`, municipality: town, postalCode, latitude, longitude });
const ownPlace = (one: Parameters<typeof premisesPlace>[0]): Place => ({ ...premisesPlace(one), inRegister: false });

/**
 * A public register from its snapshot file as the book of addresses; drops stand where they are linked to. Premises of the operator that
 * the register lacks are a small second list, asked together with it. A file renamed over the old one is taken up by `refresh`, a damaged
 * one is reported and the old one kept.
 * @throws Error when the first file cannot be read.
 */
export async function registerBook(db: Db, clock: Clock, { path, workers, report }: RegisterBookOptions): Promise<RegisterBook> {
  const pool: SearchPool | undefined = workers && workers.count > 0 ? searchPool(workers.script, workers.count) : undefined;
  let engine: AddressSearch;
  let served: ReadonlySet<number> = new Set();
  let own: AddressIndex | null = null;
  let byPlace = new Map<string, number[]>();
  let counts = { linked: 0, unlinked: 0 };
  let linkStamp = '';
  let fileStamp = '';
  let refused = '';

  const stampOf = async (): Promise<string> => { const { ino, mtimeMs, size } = await stat(path); return `${ino}:${mtimeMs}:${size}`; };
  async function readFile(stamp: string): Promise<void> {
    const block = pool ? await pool.load(path) : readSnapshot(path);
    const register = openSnapshot(block, { verify: !pool });
    const towns = new Map<number, number>();
    for (const { city } of await listDrops(db)) for (const town of register.townsOf(nameKey(city))) towns.set(town, (towns.get(town) ?? 0) + 1);
    served = new Set([...towns].filter(([, n]) => n >= SERVED).map(([town]) => town));
    await pool?.open(block, [...served]);
    engine = addressSearch(register, served);
    fileStamp = stamp;
    // Which premises it lacks is another question to another register.
    linkStamp = '';
    links.heard();
  }
  async function readLinks(): Promise<void> {
    const { rows } = await db.query<{ stamp: string; drops: number }>(
      `SELECT (SELECT count(*) || ':' || coalesce(max(changed), 0) FROM drop_link WHERE tenant = 'main') || ':' ||
         (SELECT coalesce(sum(hashtext(d.fibre_id || d.street || d.city || d.postal_code)::bigint), 0) FROM drop_link l JOIN fibre_drop d USING (tenant, fibre_id) WHERE tenant = 'main' AND l.status = 'unmatched') AS stamp,
         (SELECT count(*)::integer FROM fibre_drop WHERE tenant = 'main') AS drops`,
    );
    const stamp = `${fileStamp}:${rows[0]!.stamp}:${rows[0]!.drops}`;
    if (stamp === linkStamp) return;
    const found = new Map<string, number[]>();
    let linked = 0;
    for (const { fibreId, addressId } of await listLinks(db, 'matched')) {
      if (addressId === null) continue;
      linked += 1;
      found.set(addressId, [...(found.get(addressId) ?? []), fibreId]);
    }
    own = await unregisteredPremises(db, engine, served);
    byPlace = found;
    counts = { linked, unlinked: rows[0]!.drops - linked };
    linkStamp = stamp;
  }
  const links = whenHeard(db, clock, readLinks);
  try {
    await readFile(await stampOf());
    await links.read();
  } catch (error) {
    await pool?.close();
    throw error;
  }
  return {
    engine: () => engine,
    search: async (typed, options = {}) => {
      const { register } = engine;
      const { candidates, ...listed } = pool ? await pool.search(typed, options) : engine.search(typed, options);
      const found = { ...listed, candidates: candidates.map((one): PlaceCandidate => ({ ...place(one), score: one.score })) };
      if (!own) return found;
      const missing = own;
      const search = () => {
        const { candidates: premises, ...more } = missing.search(typed, options.limit ?? 5, options.near);
        return { ...more, candidates: premises.map((one): PlaceCandidate => ({ ...ownPlace(one), score: one.score })) };
      };
      return searchTogether(typed, { found, register }, { register: missing.register, has: missing.has, search }, options.limit ?? 5);
    },
    find: async (placeId) => {
      const listed = engine.find(placeId);
      if (listed) return place(listed);
      const missing = own?.find(placeId);
      return missing && ownPlace(missing);
    },
    dropsAt: (placeId) => byPlace.get(placeId) ?? own?.find(placeId)?.fibreIds ?? [],
    beside: (fibreId) => [...byPlace.values()].find((drops) => drops.includes(fibreId)) ?? [],
    about: () => { const { source, licence, date, addresses } = engine.register.about; return { kind: 'register', source, licence, date, addresses, ...counts, unregistered: own?.size ?? 0 }; },
    heard: links.heard,
    refresh: async () => {
      await links.read();
      const stamp = await stampOf().catch(() => fileStamp);
      if (stamp === fileStamp || stamp === refused) return;
      try {
        await readFile(stamp);
      } catch (error) {
        // The old one goes on answering; the same bad file is not read again.
        refused = stamp;
        report(`address snapshot: ${(error as Error).message} The one before is kept.`);
      }
      await links.read();
    },
    close: async () => pool?.close(),
  };
}
