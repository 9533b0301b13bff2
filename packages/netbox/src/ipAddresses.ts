import { isVendorError, VendorError } from '../../../core/src/index.ts';
import type { Answer, Raw, Wire } from './call.ts';
import { rejected, VENDOR } from './errors.ts';
import { checkKeyField, KEY_FIELD } from './keyField.ts';
import { findPrefix } from './prefixes.ts';
import { readIp, type IpAddress } from './read.ts';

export interface Allocate {
  /** The pool, by its id or its text (`100.64.16.0/22`). */
  readonly prefixId?: number;
  readonly prefix?: string;
  /** What the address is for, e.g. an order id. The same key always gives the same address. */
  readonly key: string;
  readonly status?: 'active' | 'reserved' | 'dhcp';
  readonly tenantId?: number;
  readonly dnsName?: string;
  readonly description?: string;
}
export interface Allocated {
  readonly type: 'allocated';
  /** True when the key had its address before this call. */
  readonly repeated: boolean;
  readonly ip: IpAddress;
}
export interface Released {
  readonly type: 'released';
  readonly repeated: boolean;
  readonly id: number | null;
  readonly mode: 'delete' | 'deprecate';
}

const PATH = 'ipam/ip-addresses';

/** Addresses, taken once per key and given back. @example await ipAddresses(wire).findByKey('ord_123') */
export function ipAddresses(wire: Wire) {
  let checked: Promise<void> | undefined;
  const safe = (): Promise<void> => (checked ??= checkKeyField(wire).catch((error: unknown) => {
    checked = undefined;
    throw error;
  }));

  async function get(id: number): Promise<IpAddress> {
    const { body, etag } = await wire.get('ipAddresses.get', `${PATH}/${id}`);
    return readIp(body, etag);
  }

  async function findByKey(key: string): Promise<IpAddress | null> {
    checkKey('ipAddresses.findByKey', key);
    // A filter NetBox does not know, or a loose one (its default), returns more than asked for: compare here.
    for await (const raw of wire.list('ipAddresses.findByKey', PATH, { [`cf_${KEY_FIELD}`]: key })) {
      if (keyOf(raw) === key) return readIp(raw, null);
    }
    return null;
  }

  async function update(id: number, fields: object, etag?: string | null): Promise<IpAddress> {
    const before = etag === undefined ? (await get(id)).etag : etag;
    await wire.write('ipAddresses.update', 'PATCH', `${PATH}/${id}`, fields, before);
    return get(id);
  }

  return {
    /** @throws VendorError notFound */
    get,
    /** The address that carries this key, or null. */
    findByKey,

    /**
     * The next free address of a pool, once per key: sequential repeats, parallel runs and lost replies all end with one address, because
     * NetBox checks the unique key inside its allocation lock (access.md 2.3). S0-112.
     * @throws VendorError exhausted (pool full) | conflict (the key's address lies in another pool) | rejectedInput | timedOut (outcome unknown, after looking twice)
     * @example await netbox.ipAddresses.allocate({ prefix: '100.64.16.0/22', key: 'ord_123' })
     */
    async allocate(wanted: Allocate): Promise<Allocated> {
      const operation = 'ipAddresses.allocate';
      checkKey(operation, wanted.key);
      await safe();
      const prefix = await findPrefix(wire, operation, wanted);
      const had = await findByKey(wanted.key);
      if (had) return { type: 'allocated', repeated: true, ip: await within(had, prefix) };
      const body = {
        status: wanted.status ?? 'active', custom_fields: { [KEY_FIELD]: wanted.key },
        ...(wanted.tenantId ? { tenant: wanted.tenantId } : {}), ...(wanted.dnsName ? { dns_name: wanted.dnsName } : {}), ...(wanted.description ? { description: wanted.description } : {}),
        changelog_message: `Leadlight ${wanted.key}`,
      };
      for (let attempt = 1; ; attempt += 1) {
        let made: Answer;
        try {
          made = await wire.write(operation, 'POST', `ipam/prefixes/${prefix.id}/available-ips`, body);
        } catch (error) {
          if (!isVendorError(error)) throw error;
          // Whoever won, the key tells: after a 400 another run took it; after silence it may have been this one.
          if (error.status === 400 || error.outcome === 'unknown') {
            const found = await findByKey(wanted.key);
            if (found) return { type: 'allocated', repeated: error.status === 400, ip: await within(found, prefix) };
            if (error.outcome === 'unknown' && attempt === 1) continue;
          }
          throw error;
        }
        const ip = await get(Number(made.body['id']));
        if (ip.key !== wanted.key) throw new VendorError({ vendor: VENDOR, operation, kind: 'unexpectedReply', outcome: 'applied', message: 'NetBox gave an address but did not keep the key.', hint: `Check the custom field ${KEY_FIELD}, and release ${ip.address}.`, detail: { id: ip.id } });
        return { type: 'allocated', repeated: false, ip };
      }
    },

    /**
     * Gives an address back: `delete` frees it at once, `deprecate` keeps it out of use (quarantine) and takes its key off, so that the key
     * may get another. Giving back what is already gone is fine.
     */
    async release(which: { readonly key: string } | { readonly id: number }, mode: 'delete' | 'deprecate' = 'delete'): Promise<Released> {
      const operation = 'ipAddresses.release';
      const ip = 'key' in which ? await findByKey(which.key) : await get(which.id).catch(absent);
      if (!ip || (mode === 'deprecate' && ip.status === 'deprecated' && ip.key === null)) return { type: 'released', repeated: true, id: ip?.id ?? null, mode };
      if (mode === 'deprecate') {
        const after = await update(ip.id, { status: 'deprecated', custom_fields: { [KEY_FIELD]: null }, description: `Released by Leadlight, was ${ip.key ?? 'unkeyed'}`.slice(0, 200), changelog_message: 'Leadlight release' });
        if (after.status !== 'deprecated') throw new VendorError({ vendor: VENDOR, operation, kind: 'unexpectedReply', outcome: 'applied', message: 'NetBox kept the address in use.', hint: 'Release it by hand.', detail: { id: ip.id } });
        return { type: 'released', repeated: false, id: ip.id, mode };
      }
      try {
        await wire.write(operation, 'DELETE', `${PATH}/${ip.id}`);
      } catch (error) {
        if (!isVendorError(error) || (error.kind !== 'notFound' && error.outcome !== 'unknown')) throw error;
        if (await get(ip.id).catch(absent)) throw error;
      }
      return { type: 'released', repeated: false, id: ip.id, mode };
    },

    /** Changes fields. Refused with `conflict` when someone changed the object after `etag` was read (NetBox 4.6; older ones: last write wins). */
    update,

    /** Puts the address on an interface. Doing it again is fine. @throws VendorError conflict when it sits on another interface */
    async assign(id: number, to: { readonly objectType: 'dcim.interface' | 'virtualization.vminterface'; readonly objectId: number }): Promise<IpAddress> {
      const ip = await get(id);
      if (ip.assignedTo && (ip.assignedTo.objectType !== to.objectType || ip.assignedTo.objectId !== to.objectId)) {
        throw new VendorError({ vendor: VENDOR, operation: 'ipAddresses.assign', kind: 'conflict', message: `${ip.address} sits on another interface.`, hint: 'Release it there first.', detail: { ...ip.assignedTo } });
      }
      return ip.assignedTo ? ip : update(id, { assigned_object_type: to.objectType, assigned_object_id: to.objectId }, ip.etag);
    },
  };

  async function within(ip: IpAddress, prefix: { readonly id: number; readonly prefix: string }): Promise<IpAddress> {
    const { body } = await wire.get('ipAddresses.within', PATH, { id: ip.id, parent: prefix.prefix });
    if (((body['results'] ?? []) as Raw[]).some((raw) => raw['id'] === ip.id)) return get(ip.id);
    throw new VendorError({ vendor: VENDOR, operation: 'ipAddresses.allocate', kind: 'conflict', message: `This key already has ${ip.address}, outside ${prefix.prefix}.`, hint: 'Release that address first, or ask with the pool it came from.', detail: { id: ip.id, address: ip.address } });
  }
}

function checkKey(operation: string, key: unknown): void {
  if (typeof key !== 'string' || key.trim() === '' || key.length > 200) throw rejected(operation, 'The key is empty or too long.', 'Use the order id or service id, at most 200 characters.');
}

function keyOf(raw: Raw): unknown {
  return (raw['custom_fields'] as Raw | undefined)?.[KEY_FIELD];
}

function absent(error: unknown): null {
  if (isVendorError(error) && error.kind === 'notFound') return null;
  throw error;
}
