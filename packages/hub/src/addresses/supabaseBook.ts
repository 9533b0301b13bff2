import { fromSendFailure, isSendFailure, readJson, VendorError, type Clock, type Send } from '../../../../core/src/index.ts';
import { premisesIndex, type Premises } from '../../../availability/src/index.ts';
import type { Db } from '../../../journal/src/index.ts';
import type { AddressBook, Place, PlaceCandidate } from './addressBook.ts';
import { dropsBook } from './dropsBook.ts';

const VENDOR = 'Supabase';
const OPERATION = 'search_addresses';
/** How many rows are asked for, so that ours can choose among them. */
const ASKED = 20;
const KEPT = 5_000;
/** What the function's columns may be called; the first that a row has is read. */
const NAMES = {
  id: ['uuidadresse', 'address_id', 'id', 'uuid'],
  street: ['adresse', 'rue', 'street', 'address', 'adresse_formatee', 'full_address'],
  town: ['nom_municipalite', 'municipalite', 'ville', 'city'],
  postal: ['code_postal', 'postal_code', 'zip'],
  lat: ['latitude', 'lat'],
  lng: ['longitude', 'lng', 'lon'],
} as const;
const field = (row: Readonly<Record<string, unknown>>, of: keyof typeof NAMES): string => { const name = NAMES[of].find((one) => row[one] !== undefined && row[one] !== null); return name ? String(row[name]) : ''; };

/**
 * The operator's own PostgREST as the book of addresses: its `search_addresses()` proposes, our rules decide, so that a neighbour's number
 * is not taken here either (S1-020). Drops are found by the address in the operator's list.
 */
export async function supabaseBook(send: Send, db: Db, clock: Clock): Promise<AddressBook> {
  const drops = await dropsBook(db, clock);
  const shown = new Map<string, Place>();
  async function propose(q: string): Promise<readonly Premises[]> {
    let reply;
    try {
      // A function that only reads: asking again is harmless.
      reply = await send({ method: 'POST', path: '/rest/v1/rpc/search_addresses', body: { q, max_results: ASKED }, timeoutMs: 8_000 });
    } catch (error) {
      if (isSendFailure(error)) throw fromSendFailure(error, VENDOR, OPERATION, false);
      throw error;
    }
    const body = readJson(reply, VENDOR, OPERATION, false);
    if (reply.status >= 300 || !Array.isArray(body)) {
      const code = String((body as { code?: unknown } | null)?.code ?? '');
      const [kind, hint] = reply.status === 401 || reply.status === 403 ? (['unauthorised', 'Check LEADLIGHT_SUPABASE_KEY and the grants of search_addresses().'] as const)
        : code === 'PGRST202' ? (['notFound', 'The function search_addresses(q text, max_results int) does not exist under these names.'] as const)
          : code === '57014' ? (['timedOut', 'The search took too long in the database; a snapshot of the register answers in a millisecond (npm run address).'] as const)
            : (['unavailable', 'See the log of PostgREST.'] as const);
      throw new VendorError({ vendor: VENDOR, operation: OPERATION, kind, status: reply.status, message: `PostgREST answered ${reply.status}${code ? ` (${code})` : ''}.`, hint });
    }
    return (body as Record<string, unknown>[]).flatMap((row): Premises[] => {
      const street = field(row, 'street');
      if (!/^\s*\d/.test(street)) return [];
      return [{ premisesId: field(row, 'id') || street, street: street.split(',')[0]!, municipality: field(row, 'town') || (street.split(',')[1] ?? '').trim(), postalCode: field(row, 'postal'), latitude: Number(field(row, 'lat')) || 0, longitude: Number(field(row, 'lng')) || 0, fibreIds: [] }];
    });
  }
  const placeOf = ({ premisesId, street, municipality, postalCode, latitude, longitude }: Premises): Place => ({ placeId: premisesId, label: `${street}, ${municipality} ${postalCode}`.trim(), street, municipality, postalCode, latitude: latitude || null, longitude: longitude || null });
  let at: ReadonlyMap<string, readonly number[]> = new Map();
  return {
    search: async (typed, { limit = 5 } = {}) => {
      const { match, candidates, street, because } = premisesIndex(await propose(typed)).search(typed, limit);
      const found = candidates.map((one): PlaceCandidate => ({ ...placeOf(one), score: one.score }));
      if (shown.size > KEPT) shown.clear();
      const stands = new Map(at);
      for (const one of found) {
        shown.set(one.placeId, one);
        const own = await drops.search(one.label, { limit: 1 });
        if (own.match === 'exact') stands.set(one.placeId, drops.dropsAt(own.candidates[0]!.placeId));
      }
      at = stands.size > KEPT ? new Map() : stands;
      return { match, because, street, candidates: found };
    },
    find: async (placeId) => shown.get(placeId),
    dropsAt: (placeId) => at.get(placeId) ?? [],
    beside: (fibreId) => drops.beside(fibreId),
    about: () => ({ ...drops.about(), kind: 'supabase', source: 'search_addresses() of the operator', addresses: 0 }),
    heard: () => drops.heard(),
    refresh: () => drops.refresh(),
    close: async () => undefined,
  };
}
