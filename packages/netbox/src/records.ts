import { isVendorError } from '../../../core/src/index.ts';
import type { Raw, Wire } from './call.ts';
import { rejected } from './errors.ts';

export interface JournalEntry { readonly objectType: string; readonly objectId: number; readonly kind?: 'info' | 'success' | 'warning' | 'danger'; readonly comments: string }

/** Writes down what was done to an object, once: the same words on the same object are not written twice. */
export function journal(wire: Wire) {
  async function find({ objectType, objectId, comments }: JournalEntry): Promise<Raw | undefined> {
    for await (const raw of wire.list('journal.find', 'extras/journal-entries', { assigned_object_type: objectType, assigned_object_id: objectId })) {
      if (raw['comments'] === comments && raw['assigned_object_id'] === objectId && raw['assigned_object_type'] === objectType) return raw;
    }
    return undefined;
  }
  return {
    async add(entry: JournalEntry): Promise<{ readonly type: 'journalEntry'; readonly id: number; readonly repeated: boolean }> {
      if (entry.comments.trim() === '') throw rejected('journal.add', 'A journal entry needs words.', 'Say what was done and for which order.');
      const had = await find(entry);
      if (had) return { type: 'journalEntry', id: Number(had['id']), repeated: true };
      const body = { assigned_object_type: entry.objectType, assigned_object_id: entry.objectId, kind: entry.kind ?? 'info', comments: entry.comments };
      try {
        const made = await wire.write('journal.add', 'POST', 'extras/journal-entries', body);
        return { type: 'journalEntry', id: Number(made.body['id']), repeated: false };
      } catch (error) {
        if (!isVendorError(error) || error.outcome !== 'unknown') throw error;
        const found = await find(entry);
        if (!found) throw error;
        return { type: 'journalEntry', id: Number(found['id']), repeated: false };
      }
    },
  };
}

export interface Tenant { readonly type: 'tenant'; readonly id: number; readonly name: string; readonly slug: string; readonly created: boolean }

/** Customers as tenants, found by slug before one is made. */
export function tenants(wire: Wire) {
  async function find(slug: string): Promise<Raw | undefined> {
    const { body } = await wire.get('tenants.find', 'tenancy/tenants', { slug });
    return ((body['results'] ?? []) as Raw[]).find((raw) => raw['slug'] === slug);
  }
  const read = (raw: Raw, created: boolean): Tenant => ({ type: 'tenant', id: Number(raw['id']), name: String(raw['name']), slug: String(raw['slug']), created });
  return {
    /** @throws VendorError rejectedInput, e.g. when another tenant has the name */
    async ensure({ slug, name }: { readonly slug: string; readonly name: string }): Promise<Tenant> {
      if (!/^[-a-zA-Z0-9_]{1,100}$/.test(slug)) throw rejected('tenants.ensure', 'A slug has letters, digits, - and _ only.', 'Derive it from the customer number.');
      const had = await find(slug);
      if (had) return read(had, false);
      try {
        await wire.write('tenants.ensure', 'POST', 'tenancy/tenants', { name, slug });
      } catch (error) {
        if (!isVendorError(error) || (error.status !== 400 && error.outcome !== 'unknown')) throw error;
        const found = await find(slug);
        if (!found) throw error;
        return read(found, false);
      }
      return read((await find(slug))!, true);
    },
  };
}
