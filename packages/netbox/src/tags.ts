import type { Raw, Wire } from './call.ts';
import { disagrees, whole } from './checks.ts';
import { collectionOf } from './collections.ts';
import { rejected } from './errors.ts';
import { takeOnce } from './takeOnce.ts';

export interface Tag { readonly type: 'tag'; readonly id: number; readonly name: string; readonly slug: string }
const slugOf = (name: string): string => name.trim().toLowerCase().replace(/[^a-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '');

/** Tags, and tags on objects. @example await tags(wire).change('ipam/prefixes', 7, { add: ['Leadlight'] }) */
export function tags(wire: Wire) {
  return {
    /** The tag of a name, made when it is missing. @example await netbox.tags.ensure('Leadlight') */
    async ensure(name: string): Promise<Tag> {
      const operation = 'tags.ensure';
      const slug = slugOf(name);
      if (slug === '' || name.length > 100) throw rejected(operation, 'A tag needs a name of 1 to 100 characters.', 'e.g. Leadlight.');
      const find = async (): Promise<Tag | null> => {
        const raw = (((await wire.get(operation, 'extras/tags', { slug })).body['results'] ?? []) as Raw[]).find((one) => one['slug'] === slug);
        return raw ? { type: 'tag', id: Number(raw['id']), name: String(raw['name']), slug } : null;
      };
      return (await takeOnce(find, () => wire.write(operation, 'POST', 'extras/tags', { name: name.trim(), slug }), async () => (await find())!)).it;
    },
    /**
     * Puts tags on an object and takes others off, and leaves the rest. NetBox 4.6 does it in one step; before, the whole list is written,
     * and a tag put on by someone else in between is lost.
     * @throws VendorError rejectedInput when a tag does not exist
     * @example await netbox.tags.change('dcim/devices', 7, { add: ['Leadlight'], remove: ['spare'] })
     */
    async change(collection: string, id: number, { add = [], remove = [] }: { readonly add?: readonly string[]; readonly remove?: readonly string[] }): Promise<readonly string[]> {
      const operation = 'tags.change';
      const path = `${collectionOf(operation, collection)}/${whole(operation, id)}`;
      const read = async (): Promise<{ names: string[]; etag: string | null }> => {
        const { body, etag } = await wire.get(operation, path);
        return { names: ((body['tags'] ?? []) as Raw[]).map((tag) => String(tag['name'])), etag };
      };
      const { names, etag } = await read();
      const [more, less] = [add.filter((name) => !names.includes(name)), remove.filter((name) => names.includes(name))];
      if (more.length + less.length === 0) return names;
      // NetBox 4.6 answers 500 to a delta with a tag it does not have.
      for (const name of more) {
        const { body } = await wire.get(operation, 'extras/tags', { name });
        if (!((body['results'] ?? []) as Raw[]).some((tag) => tag['name'] === name)) throw rejected(operation, `NetBox has no tag "${name.slice(0, 100)}".`, 'Make it first (tags.ensure).');
      }
      const named = (list: readonly string[]) => list.map((name) => ({ name }));
      const body = wire.atLeast(4, 6)
        ? { ...(more.length > 0 ? { add_tags: named(more) } : {}), ...(less.length > 0 ? { remove_tags: named(less) } : {}) }
        : { tags: named([...names.filter((name) => !less.includes(name)), ...more]) };
      await wire.write(operation, 'PATCH', path, body, wire.atLeast(4, 6) ? null : etag);
      const after = await read();
      if (add.some((name) => !after.names.includes(name)) || remove.some((name) => after.names.includes(name))) throw disagrees(operation, 'NetBox answered, but the tags are others.', 'Read the object back.', { id });
      return after.names;
    },
  };
}
