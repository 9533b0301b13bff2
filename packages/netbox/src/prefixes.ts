import { VendorError } from '../../../core/src/index.ts';
import type { Raw, Wire } from './call.ts';
import { rejected, VENDOR } from './errors.ts';
import { readPrefix, type Prefix } from './read.ts';

/** A pool by id or by its text; more than one of the same text (in several VRFs) is refused rather than guessed. */
export async function findPrefix(wire: Wire, operation: string, { prefixId, prefix }: { readonly prefixId?: number; readonly prefix?: string }): Promise<Prefix> {
  if (prefixId !== undefined) return readPrefix((await wire.get(operation, `ipam/prefixes/${whole(operation, prefixId)}`)).body);
  if (!prefix) throw rejected(operation, 'No pool was named.', 'Give prefixId or prefix.');
  const { body } = await wire.get(operation, 'ipam/prefixes', { prefix, limit: 3 });
  const found = ((body['results'] ?? []) as Raw[]).map(readPrefix).filter((one) => one.prefix === prefix);
  if (found.length === 0) throw new VendorError({ vendor: VENDOR, operation, kind: 'notFound', message: `NetBox knows no prefix ${prefix}.`, hint: 'Write it as NetBox does, e.g. 100.64.16.0/22.' });
  if (found.length > 1) throw new VendorError({ vendor: VENDOR, operation, kind: 'conflict', message: `${prefix} exists ${found.length} times, in several VRFs.`, hint: 'Give prefixId.', detail: { reason: 'ambiguous', prefixIds: found.map((one) => one.id) } });
  return found[0]!;
}

/** An id as NetBox makes them. @throws VendorError rejectedInput @example whole('prefixes.get', 42) // 42 */
export const whole = (operation: string, id: unknown): number => {
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 1) throw rejected(operation, 'An id must be a whole number above 0.', 'Use the number NetBox shows in the address of the object.');
  return id;
};

/** Pools of addresses. @example await prefixes(wire).availablePreview(1, 5) */
export function prefixes(wire: Wire) {
  return {
    /** Prefixes by text, role or status. */
    async find(by: { readonly prefix?: string; readonly role?: string; readonly status?: string; readonly within?: string } = {}): Promise<readonly Prefix[]> {
      const found: Prefix[] = [];
      for await (const raw of wire.list('prefixes.find', 'ipam/prefixes', { prefix: by.prefix, role: by.role, status: by.status, within_include: by.within })) found.push(readPrefix(raw));
      return found;
    },
    get: (prefixId: number): Promise<Prefix> => findPrefix(wire, 'prefixes.get', { prefixId }),
    /** What would come next. Only a look: nothing is held, and another run may take it first. */
    async availablePreview(prefixId: number, limit = 10): Promise<readonly string[]> {
      const { body } = await wire.get('prefixes.availablePreview', `ipam/prefixes/${whole('prefixes.availablePreview', prefixId)}/available-ips`, { limit });
      return (body as unknown as Raw[]).map((one) => String(one['address']));
    },
  };
}
