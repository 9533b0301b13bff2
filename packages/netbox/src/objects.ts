import { isVendorError } from '../../../core/src/index.ts';
import type { Query, Raw, Wire } from './call.ts';
import { conflict, whole } from './checks.ts';
import { checkCustomFields, checkFilters, collectionOf } from './collections.ts';
import { rejected } from './errors.ts';

/** Fields as the API has them, with the ETag of the reading. */
export type NetboxObject = Raw & { readonly id: number; readonly etag: string | null };
export interface Written { readonly type: 'created' | 'found' | 'updated' | 'deleted'; readonly id: number; readonly requestId: string | null; readonly object: NetboxObject | null }

/** A choice is read as value and label and written as its value; a related object is written as its id. */
function writable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(writable);
  if (typeof value !== 'object' || value === null) return value;
  const { id, url, value: chosen, label } = value as Raw;
  if (chosen !== undefined && label !== undefined) return chosen;
  return typeof id === 'number' && typeof url === 'string' ? id : value;
}

/** Any kind of object, by the name of its collection. @example await objects(wire).get('dcim/sites', 1) */
export function objects(wire: Wire) {
  async function get(collection: string, id: number): Promise<NetboxObject> {
    const { body, etag } = await wire.get('objects.get', `${collectionOf('objects.get', collection)}/${whole('objects.get', id)}`);
    return { ...body, id: Number(body['id']), etag };
  }
  async function* rows(operation: string, collection: string, filters: Query): AsyncGenerator<Raw> {
    const path = collectionOf(operation, collection);
    await checkFilters(wire, operation, path, filters);
    yield* wire.list(operation, path, filters);
  }
  async function checked(operation: string, path: string, fields: Raw): Promise<Record<string, unknown>> {
    const { custom_fields: own, ...rest } = fields;
    if (own !== undefined) {
      if (typeof own !== 'object' || own === null || Array.isArray(own)) throw rejected(operation, 'custom_fields must be an object.', 'Write { "name": value }.');
      await checkCustomFields(wire, operation, path, Object.keys(own));
    }
    return { ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, writable(value)])), ...(own === undefined ? {} : { custom_fields: own }) };
  }
  /** The one that matches, or null. */
  async function match(operation: string, path: string, by: Query): Promise<Raw | null> {
    let found: Raw | null = null;
    for await (const raw of rows(operation, path, by)) {
      if (found) throw conflict(operation, 'More than one object matches.', 'Match on more fields.', { reason: 'ambiguous' });
      found = raw;
    }
    return found;
  }

  return {
    /** @throws VendorError notFound @example await netbox.objects.get('dcim/sites', 1) */
    get,
    /**
     * Objects that match. A filter NetBox does not know is refused here.
     * @throws VendorError rejectedInput
     * @example await netbox.objects.list('ipam/prefixes', { role: 'subscribers', status: ['active', 'reserved'] })
     */
    async list(collection: string, filters: Query = {}, limit = Number.POSITIVE_INFINITY): Promise<readonly Raw[]> {
      const found: Raw[] = [];
      for await (const raw of rows('objects.list', collection, filters)) if (found.push(raw) >= limit) break;
      return found;
    },
    /**
     * Makes an object. With `matchOn` (filters that tell it apart, e.g. its slug) it is looked up first and after a lost reply; without, a
     * lost reply stays `unknown` and is for you to look at.
     * @throws VendorError rejectedInput | conflict | timedOut (outcome unknown)
     * @example await netbox.objects.create('dcim/sites', { name: 'Ormstown', slug: 'ormstown' }, { slug: 'ormstown' })
     */
    async create(collection: string, fields: Raw, matchOn?: Query): Promise<Written> {
      const operation = 'objects.create';
      const path = collectionOf(operation, collection);
      const body = await checked(operation, path, fields);
      const find = async (): Promise<Written | null> => {
        const raw = matchOn && (await match(operation, path, matchOn));
        return raw ? { type: 'found', id: Number(raw['id']), requestId: null, object: await get(path, Number(raw['id'])) } : null;
      };
      const had = await find();
      if (had) return had;
      try {
        const { body: made, requestId } = await wire.write(operation, 'POST', path, body);
        return { type: 'created', id: Number(made['id']), requestId, object: await get(path, Number(made['id'])) };
      } catch (error) {
        if (!isVendorError(error) || (error.status !== 400 && error.kind !== 'conflict' && error.outcome !== 'unknown')) throw error;
        const found = await find();
        if (!found) throw error;
        return error.outcome === 'unknown' ? { ...found, type: 'created' } : found;
      }
    },
    /**
     * Changes fields, under the ETag given or the one read just before, and reads the object back: `differs` names the fields that NetBox
     * keeps otherwise than written (it trims, lowers and abbreviates some). NetBox before 4.6 has no ETag: there the last write wins.
     * @throws VendorError conflict (someone changed it meanwhile) | rejectedInput | notFound
     * @example await netbox.objects.update('dcim/sites', 1, { description: 'Cabinet 7' }, site.etag)
     */
    async update(collection: string, id: number, fields: Raw, etag?: string | null): Promise<Written & { readonly differs: readonly string[] }> {
      const operation = 'objects.update';
      const path = collectionOf(operation, collection);
      const body = await checked(operation, path, fields);
      const before = etag ?? (await get(path, id)).etag;
      const { requestId } = await wire.write(operation, 'PATCH', `${path}/${whole(operation, id)}`, body, before);
      const object = await get(path, id);
      const differs = Object.entries(body).filter(([name, value]) => name in object && ['string', 'number', 'boolean'].includes(typeof value) && writable(object[name]) !== value).map(([name]) => name);
      return { type: 'updated', id, requestId, object, differs };
    },
    /**
     * Deletes an object, under its ETag when one is given. What is gone already is fine.
     * @throws VendorError conflict (changed meanwhile, or something depends on it)
     * @example await netbox.objects.delete('dcim/sites', 1)
     */
    async delete(collection: string, id: number, etag?: string | null): Promise<Written & { readonly repeated: boolean }> {
      const operation = 'objects.delete';
      const path = `${collectionOf(operation, collection)}/${whole(operation, id)}`;
      try {
        const { requestId } = await wire.write(operation, 'DELETE', path, {}, etag);
        return { type: 'deleted', id, requestId, object: null, repeated: false };
      } catch (error) {
        if (!isVendorError(error) || (error.kind !== 'notFound' && error.outcome !== 'unknown')) throw error;
        if (error.kind !== 'notFound' && (await wire.get(operation, path).then(() => true, (reason: unknown) => !isVendorError(reason) || reason.kind !== 'notFound'))) throw error;
        // A page that knows no such collection is not an object that is gone.
        if (error.kind === 'notFound' && !/matches|not found/i.test(error.message)) throw error;
        return { type: 'deleted', id, requestId: null, object: null, repeated: error.kind === 'notFound' };
      }
    },
  };
}
