import type { Raw, Wire } from './call.ts';
import { whole } from './checks.ts';
import { rejected } from './errors.ts';
import { choice } from './read.ts';
import { takeOnce } from './takeOnce.ts';

export interface JournalEntry { readonly objectType: string; readonly objectId: number; readonly kind?: 'info' | 'success' | 'warning' | 'danger'; readonly comments: string }
export interface JournalRow { readonly id: number; readonly kind: string; readonly comments: string; readonly created: string }

/** The journal of an object. @example await journal(wire).add({ objectType: 'dcim.device', objectId: 7, comments: 'Live for ord_123' }) */
export function journal(wire: Wire) {
  async function list(objectType: string, objectId: number): Promise<readonly JournalRow[]> {
    const found: JournalRow[] = [];
    for await (const raw of wire.list('journal.list', 'extras/journal-entries', { assigned_object_type: objectType, assigned_object_id: objectId })) {
      if (raw['assigned_object_id'] === objectId && raw['assigned_object_type'] === objectType) found.push({ id: Number(raw['id']), kind: choice(raw['kind']), comments: String(raw['comments']), created: String(raw['created']) });
    }
    return found;
  }
  return {
    list,
    /**
     * Writes down what was done to an object, once: the same words on the same object are not written twice. NetBox has no lock for this;
     * two at the very same moment may both write.
     * @throws VendorError rejectedInput
     * @example await netbox.journal.add({ objectType: 'ipam.ipaddress', objectId: 7, kind: 'success', comments: 'Live for ord_123' })
     */
    async add(entry: JournalEntry): Promise<{ readonly type: 'journalEntry'; readonly id: number; readonly repeated: boolean }> {
      const operation = 'journal.add';
      if (entry.comments.trim() === '') throw rejected(operation, 'A journal entry needs words.', 'Say what was done and for which order.');
      if (!/^[a-z_]+\.[a-z_]+$/.test(entry.objectType)) throw rejected(operation, 'The kind of object is written app.model.', 'e.g. dcim.device or ipam.ipaddress.');
      whole(operation, entry.objectId);
      const body = { assigned_object_type: entry.objectType, assigned_object_id: entry.objectId, kind: entry.kind ?? 'info', comments: entry.comments };
      const find = async (): Promise<JournalRow | null> => (await list(entry.objectType, entry.objectId)).find(({ comments }) => comments === entry.comments) ?? null;
      const { it, repeated } = await takeOnce(find, () => wire.write(operation, 'POST', 'extras/journal-entries', body), async ({ body: made }) => ({ id: Number((made as Raw)['id']) }) as JournalRow);
      return { type: 'journalEntry', id: it.id, repeated };
    },
  };
}
