import { VendorError } from '../../../core/src/index.ts';
import type { Raw, Wire } from './call.ts';
import { conflict, disagrees, keyed, whole } from './checks.ts';
import { rejected, VENDOR } from './errors.ts';
import { KEY_FIELD, rememberedCheck } from './keyField.ts';
import { readPrefix, type Prefix } from './read.ts';
import { takeOnce } from './takeOnce.ts';

/** A pool, by its id or its text (`100.64.16.0/22`). */
export interface Pool { readonly prefixId?: number; readonly prefix?: string }
export interface AllocatePrefix extends Pool {
  /** What the prefix is for. The same key always gives the same prefix. */
  readonly key: string;
  /** Length of the new prefix: 56 for a customer's IPv6. */
  readonly length: number;
  readonly status?: 'active' | 'reserved' | 'container';
  readonly tenantId?: number;
  readonly description?: string;
}

/**
 * A pool by id or by its text; more than one of the same text (in several VRFs) is refused rather than guessed.
 * @example await findPrefix(wire, 'prefixes.get', { prefix: '100.64.16.0/22' })
 */
export async function findPrefix(wire: Wire, operation: string, { prefixId, prefix }: Pool): Promise<Prefix> {
  if (prefixId !== undefined) return readPrefix((await wire.get(operation, `ipam/prefixes/${whole(operation, prefixId)}`)).body);
  if (!prefix) throw rejected(operation, 'No pool was named.', 'Give prefixId or prefix.');
  const { body } = await wire.get(operation, 'ipam/prefixes', { prefix, limit: 3 });
  const found = ((body['results'] ?? []) as Raw[]).map(readPrefix).filter((one) => one.prefix === prefix);
  if (found.length === 0) throw new VendorError({ vendor: VENDOR, operation, kind: 'notFound', message: `NetBox knows no prefix ${prefix}.`, hint: 'Write it as NetBox does, e.g. 100.64.16.0/22.' });
  if (found.length > 1) throw conflict(operation, `${prefix} exists ${found.length} times, in several VRFs.`, 'Give prefixId.', { reason: 'ambiguous', prefixIds: found.map((one) => one.id) });
  return found[0]!;
}

/** Pools of addresses. @example await prefixes(wire).availablePreview(1, 5) */
export function prefixes(wire: Wire) {
  const safe = rememberedCheck(wire, KEY_FIELD, 'ipam.prefix');
  async function findByKey(key: string): Promise<Prefix | null> {
    keyed('prefixes.findByKey', key);
    for await (const raw of wire.list('prefixes.findByKey', 'ipam/prefixes', { [`cf_${KEY_FIELD}`]: key })) {
      const prefix = readPrefix(raw);
      if (prefix.key === key) return prefix;
    }
    return null;
  }
  const get = (prefixId: number): Promise<Prefix> => findPrefix(wire, 'prefixes.get', { prefixId });

  return {
    get,
    /** The prefix that carries this key, or null. @example await netbox.prefixes.findByKey('ord_123') */
    findByKey,
    /** Prefixes by text, role or status. @example await netbox.prefixes.find({ role: 'subscribers', status: 'active' }) */
    async find(by: { readonly prefix?: string; readonly role?: string; readonly status?: string; readonly within?: string } = {}, limit = Number.POSITIVE_INFINITY): Promise<readonly Prefix[]> {
      const found: Prefix[] = [];
      for await (const raw of wire.list('prefixes.find', 'ipam/prefixes', { prefix: by.prefix, role: by.role, status: by.status, within_include: by.within })) if (found.push(readPrefix(raw)) >= limit) break;
      return found;
    },
    /** What would come next. Only a look: nothing is held, and another run may take it first. @example await netbox.prefixes.availablePreview(1, 5) */
    async availablePreview(prefixId: number, limit = 10): Promise<readonly string[]> {
      const { body } = await wire.get('prefixes.availablePreview', `ipam/prefixes/${whole('prefixes.availablePreview', prefixId)}/available-ips`, { limit });
      return (body as unknown as Raw[]).map((one) => String(one['address']));
    },
    /**
     * The next free prefix of a length inside a pool, once per key, by the same lock and key as addresses (S0-112). A prefix somebody makes
     * directly takes no such lock.
     * @throws VendorError exhausted | conflict (the key has a prefix elsewhere, or of another length) | rejectedInput | timedOut
     * @example await netbox.prefixes.allocate({ prefix: '2001:db8::/40', length: 56, key: 'ord_123' })
     */
    async allocate(wanted: AllocatePrefix): Promise<{ readonly type: 'allocated'; readonly repeated: boolean; readonly prefix: Prefix; readonly requestId: string | null }> {
      const operation = 'prefixes.allocate';
      keyed(operation, wanted.key);
      if (!Number.isSafeInteger(wanted.length) || wanted.length < 1 || wanted.length > 128) throw rejected(operation, 'The length must be a whole number from 1 to 128.', 'e.g. 56 for a customer, 30 for a link.');
      await safe();
      const pool = await findPrefix(wire, operation, wanted);
      const { it, repeated, requestId } = await takeOnce(
        () => findByKey(wanted.key),
        () => wire.write(operation, 'POST', `ipam/prefixes/${pool.id}/available-prefixes`, {
          prefix_length: wanted.length, status: wanted.status ?? 'active', custom_fields: { [KEY_FIELD]: wanted.key },
          ...(wanted.tenantId ? { tenant: wanted.tenantId } : {}), ...(wanted.description ? { description: wanted.description } : {}), changelog_message: `Leadlight ${wanted.key}`,
        }),
        ({ body }) => get(Number(body['id'])),
        { again: true },
      );
      if (it.key !== wanted.key) throw disagrees(operation, 'NetBox gave a prefix but did not keep the key.', `Check the custom field ${KEY_FIELD}, and delete ${it.prefix}.`, { id: it.id });
      const { body } = await wire.get(operation, 'ipam/prefixes', { id: it.id, within: pool.prefix });
      const lies = ((body['results'] ?? []) as Raw[]).some((raw) => raw['id'] === it.id);
      if (!lies || Number(it.prefix.split('/')[1]) !== wanted.length) throw conflict(operation, `This key already has ${it.prefix}, which is no /${wanted.length} inside ${pool.prefix}.`, 'Release that prefix first, or ask as the first time.', { id: it.id, prefix: it.prefix });
      return { type: 'allocated', repeated, prefix: it, requestId };
    },
  };
}
