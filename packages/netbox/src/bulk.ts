import { VendorError } from '../../../core/src/index.ts';
import type { Raw, Wire } from './call.ts';
import { whole } from './checks.ts';
import { checkCustomFields, collectionOf } from './collections.ts';
import { rejected, VENDOR } from './errors.ts';

/** Changes of several objects in one transaction. @example await bulk(wire).delete('ipam/ip-addresses', [7, 8]) */
export function bulk(wire: Wire) {
  async function present(operation: string, path: string, ids: readonly number[]): Promise<ReadonlySet<number>> {
    const found = new Set<number>();
    for (let from = 0; from < ids.length; from += 100) for await (const raw of wire.list(operation, path, { id: ids.slice(from, from + 100) })) found.add(Number(raw['id']));
    return found;
  }
  const missing = (operation: string, dropped: readonly number[], done: number, outcome: 'applied' | 'notApplied'): VendorError => new VendorError({
    vendor: VENDOR, operation, kind: 'notFound', outcome, detail: { dropped, done },
    message: `NetBox has no ${dropped.length === 1 ? 'object' : 'objects'} ${dropped.slice(0, 20).join(', ')}${dropped.length > 20 ? ' …' : ''}.`,
    hint: outcome === 'notApplied' ? 'Nothing was changed. Leave these ids out, or check the collection.' : `NetBox left these out in silence and changed the other ${done}. Somebody deleted them meanwhile.`,
  });
  function distinct(operation: string, ids: readonly number[]): void {
    for (const id of ids) whole(operation, id);
    if (ids.length === 0 || ids.length > 1_000 || new Set(ids).size !== ids.length) throw rejected(operation, 'One to 1000 different ids are needed.', 'Give each object once.');
  }

  return {
    /**
     * Changes several objects, all or none. NetBox drops ids it does not have in silence (access.md 2.3), so they are looked up first, and
     * what comes back is counted.
     * @throws VendorError notFound with `detail.dropped`; outcome notApplied when seen before, applied when they went missing meanwhile
     * @example await netbox.bulk.update('ipam/ip-addresses', [{ id: 7, status: 'reserved' }, { id: 8, status: 'reserved' }])
     */
    async update(collection: string, rows: readonly ({ readonly id: number } & Raw)[]): Promise<{ readonly type: 'updated'; readonly ids: readonly number[]; readonly requestId: string | null }> {
      const operation = 'bulk.update';
      const path = collectionOf(operation, collection);
      const ids = rows.map(({ id }) => id);
      distinct(operation, ids);
      await checkCustomFields(wire, operation, path, [...new Set(rows.flatMap((row) => Object.keys((row['custom_fields'] ?? {}) as object)))]);
      const there = await present(operation, path, ids);
      const dropped = ids.filter((id) => !there.has(id));
      if (dropped.length > 0) throw missing(operation, dropped, 0, 'notApplied');
      const { body, requestId } = await wire.write(operation, 'PATCH', path, rows);
      const done = new Set((body as unknown as Raw[]).map((raw) => Number(raw['id'])));
      const lost = ids.filter((id) => !done.has(id));
      if (lost.length > 0) throw missing(operation, lost, done.size, 'applied');
      return { type: 'updated', ids, requestId };
    },
    /**
     * Deletes several objects, all or none. Ids NetBox does not have are an error before anything is deleted.
     * @throws VendorError notFound with `detail.dropped` | conflict (something depends on one of them; none was deleted)
     * @example await netbox.bulk.delete('ipam/ip-addresses', [7, 8])
     */
    async delete(collection: string, ids: readonly number[]): Promise<{ readonly type: 'deleted'; readonly ids: readonly number[]; readonly requestId: string | null }> {
      const operation = 'bulk.delete';
      const path = collectionOf(operation, collection);
      distinct(operation, ids);
      const there = await present(operation, path, ids);
      const dropped = ids.filter((id) => !there.has(id));
      if (dropped.length > 0) throw missing(operation, dropped, 0, 'notApplied');
      const { requestId } = await wire.write(operation, 'DELETE', path, ids.map((id) => ({ id })));
      const left = [...(await present(operation, path, ids))];
      if (left.length > 0) throw new VendorError({ vendor: VENDOR, operation, kind: 'unexpectedReply', outcome: 'applied', message: `NetBox answered, but ${left.length} of the objects are still there.`, hint: 'Read them back.', detail: { left } });
      return { type: 'deleted', ids, requestId };
    },
  };
}
