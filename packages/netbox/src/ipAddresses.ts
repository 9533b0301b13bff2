import { isVendorError } from '../../../core/src/index.ts';
import type { Raw, Wire } from './call.ts';
import { absent, civilDay, conflict, disagrees, keyed, whole } from './checks.ts';
import { rejected } from './errors.ts';
import { FREE_ON_FIELD, KEY_FIELD, rememberedCheck } from './keyField.ts';
import { findPrefix, type Pool } from './prefixes.ts';
import { idOf, readIp, type IpAddress, type Prefix } from './read.ts';
import { takeOnce } from './takeOnce.ts';

export interface Allocate extends Pool {
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
  readonly requestId: string | null;
}
export interface Released {
  readonly type: 'released';
  readonly repeated: boolean;
  readonly id: number | null;
  readonly address: string | null;
}
export interface AddressFilter { readonly within?: string; readonly status?: string; readonly tenantId?: number; readonly deviceId?: number; readonly dnsName?: string; readonly freeOnOrBefore?: string }
export type Which = { readonly key: string } | { readonly id: number };
export type OnInterface = { readonly objectType: 'dcim.interface' | 'virtualization.vminterface'; readonly objectId: number };

export const ADDRESSES = 'ipam/ip-addresses';

/** Addresses, taken once per key and given back. @example await ipAddresses(wire).findByKey('ord_123') */
export function ipAddresses(wire: Wire) {
  const safe = rememberedCheck(wire, KEY_FIELD, 'ipam.ipaddress');

  async function get(id: number): Promise<IpAddress> {
    const { body, etag } = await wire.get('ipAddresses.get', `${ADDRESSES}/${whole('ipAddresses.get', id)}`);
    return readIp(body, etag);
  }
  async function findByKey(key: string): Promise<IpAddress | null> {
    keyed('ipAddresses.findByKey', key);
    // A filter NetBox does not know, or a loose one (its default), returns more than asked for: compare here.
    for await (const raw of wire.list('ipAddresses.findByKey', ADDRESSES, { [`cf_${KEY_FIELD}`]: key })) {
      const ip = readIp(raw, null);
      if (ip.key === key) return ip;
    }
    return null;
  }
  const one = (which: Which): Promise<IpAddress | null> => ('key' in which ? findByKey(which.key) : get(which.id).catch(absent));

  async function update(id: number, fields: Raw, etag?: string | null): Promise<IpAddress> {
    // NetBox 4.4 answers 500 to what is no address.
    if (typeof fields['address'] === 'string' && !/^[0-9a-f]*[.:][0-9a-f.:]*(\/\d{1,3})?$/i.test(fields['address'])) throw rejected('ipAddresses.update', 'This is no IP address.', 'Write it with its mask, e.g. 100.64.16.10/22.');
    const before = etag === undefined ? (await get(id)).etag : etag;
    await wire.write('ipAddresses.update', 'PATCH', `${ADDRESSES}/${whole('ipAddresses.update', id)}`, fields, before);
    return get(id);
  }
  function bodyOf({ key, status = 'active', tenantId, dnsName, description }: Omit<Allocate, keyof Pool>) {
    return { status, custom_fields: { [KEY_FIELD]: key }, ...(tenantId ? { tenant: tenantId } : {}), ...(dnsName ? { dns_name: dnsName } : {}), ...(description ? { description } : {}), changelog_message: `Leadlight ${key}` };
  }
  async function within(ip: IpAddress, prefix: Prefix): Promise<IpAddress> {
    const { body } = await wire.get('ipAddresses.within', ADDRESSES, { id: ip.id, parent: prefix.prefix });
    if (((body['results'] ?? []) as Raw[]).some((raw) => raw['id'] === ip.id && idOf(raw['vrf']) === prefix.vrfId)) return get(ip.id);
    throw conflict('ipAddresses.allocate', `This key already has ${ip.address}, outside ${prefix.prefix}.`, 'Release that address first, or ask with the pool it came from.', { id: ip.id, address: ip.address });
  }

  return {
    /** @throws VendorError notFound @example await netbox.ipAddresses.get(7) */
    get,
    /** The address that carries this key, or null. @example await netbox.ipAddresses.findByKey('ord_123') */
    findByKey,
    /** Changes fields. Refused with `conflict` when someone changed the object after `etag` was read (NetBox 4.6; older ones: last write wins). */
    update,

    /** Addresses that match. @example await netbox.ipAddresses.find({ within: '100.64.16.0/22', status: 'deprecated' }) */
    async find(by: AddressFilter = {}, limit = Number.POSITIVE_INFINITY): Promise<readonly IpAddress[]> {
      const found: IpAddress[] = [];
      for await (const raw of wire.list('ipAddresses.find', ADDRESSES, { parent: by.within, status: by.status, tenant_id: by.tenantId, device_id: by.deviceId, dns_name: by.dnsName, [`cf_${FREE_ON_FIELD}__lte`]: by.freeOnOrBefore })) {
        if (found.push(readIp(raw, null)) >= limit) break;
      }
      return found;
    },

    /**
     * The next free address of a pool, once per key: sequential repeats, parallel runs and lost replies all end with one address, because
     * NetBox checks the unique key inside its allocation lock (access.md 2.3). S0-112.
     * @throws VendorError exhausted (pool full) | conflict (the key's address lies in another pool) | rejectedInput | timedOut (outcome unknown, after looking twice)
     * @example await netbox.ipAddresses.allocate({ prefix: '100.64.16.0/22', key: 'ord_123' })
     */
    async allocate(wanted: Allocate): Promise<Allocated> {
      const operation = 'ipAddresses.allocate';
      keyed(operation, wanted.key);
      await safe();
      const prefix = await findPrefix(wire, operation, wanted);
      const taken = await takeOnce(
        async () => {
          const had = await findByKey(wanted.key);
          return had && within(had, prefix);
        },
        () => wire.write(operation, 'POST', `ipam/prefixes/${prefix.id}/available-ips`, bodyOf(wanted)),
        ({ body }) => get(Number(body['id'])),
        { again: true },
      );
      if (taken.it.key !== wanted.key) throw disagrees(operation, 'NetBox gave an address but did not keep the key.', `Check the custom field ${KEY_FIELD}, and release ${taken.it.address}.`, { id: taken.it.id });
      return { type: 'allocated', repeated: taken.repeated, ip: taken.it, requestId: taken.requestId };
    },

    /**
     * Addresses for several keys in one request: NetBox gives all or none. Keys that have theirs keep them.
     * @throws VendorError as `allocate`; exhausted means that none of the missing ones was taken
     * @example await netbox.ipAddresses.allocateMany({ prefix: '203.0.113.0/29', keys: ['ord_1/a', 'ord_1/b'] })
     */
    async allocateMany({ keys, ...pool }: Pool & { readonly keys: readonly string[] }): Promise<readonly IpAddress[]> {
      const operation = 'ipAddresses.allocate';
      if (keys.length === 0 || keys.length > 250 || new Set(keys).size !== keys.length) throw rejected(operation, 'One to 250 different keys are needed.', 'Give each address a key of its own.');
      for (const key of keys) keyed(operation, key);
      await safe();
      const prefix = await findPrefix(wire, operation, pool);
      const all = async (): Promise<Map<string, IpAddress>> => new Map((await Promise.all(keys.map(findByKey))).flatMap((ip) => (ip?.key ? [[ip.key, ip] as const] : [])));
      const { it } = await takeOnce(
        async () => {
          const had = await all();
          return had.size === keys.length ? had : null;
        },
        async () => {
          const had = await all();
          return wire.write(operation, 'POST', `ipam/prefixes/${prefix.id}/available-ips`, keys.filter((key) => !had.has(key)).map((key) => bodyOf({ key })));
        },
        all,
        { again: true },
      );
      const missing = keys.filter((key) => !it.has(key));
      if (missing.length > 0) throw disagrees(operation, `NetBox answered, but ${missing.length} of the keys have no address.`, `Check the custom field ${KEY_FIELD}.`);
      return Promise.all(keys.map((key) => within(it.get(key)!, prefix)));
    },

    /** Gives an address back at once. Giving back what is already gone is fine. @example await netbox.ipAddresses.release({ key: 'ord_123' }) */
    async release(which: Which): Promise<Released> {
      const operation = 'ipAddresses.release';
      const ip = await one(which);
      if (!ip) return { type: 'released', repeated: true, id: null, address: null };
      try {
        await wire.write(operation, 'DELETE', `${ADDRESSES}/${ip.id}`);
      } catch (error) {
        if (!isVendorError(error) || (error.kind !== 'notFound' && error.outcome !== 'unknown')) throw error;
        if (await get(ip.id).catch(absent)) throw error;
      }
      return { type: 'released', repeated: false, id: ip.id, address: ip.address };
    },

    /**
     * Takes an address out of use until a day: status deprecated, off its interface, its key taken off so that the key may get another.
     * `sweepQuarantine` frees it then. What is in quarantine already keeps its day.
     * @throws VendorError notFound | rejectedInput (e.g. it is the primary address of its device)
     * @example await netbox.ipAddresses.quarantine({ key: 'ord_123' }, '2026-12-24')
     */
    async quarantine(which: Which, until: string): Promise<{ readonly type: 'quarantined'; readonly repeated: boolean; readonly ip: IpAddress | null }> {
      const operation = 'ipAddresses.quarantine';
      civilDay(operation, until);
      const ip = await one(which);
      if (!ip || (ip.status === 'deprecated' && ip.key === null && ip.freeOn !== null)) return { type: 'quarantined', repeated: true, ip };
      await rememberedCheck(wire, FREE_ON_FIELD, 'ipam.ipaddress')();
      const after = await update(ip.id, {
        status: 'deprecated', assigned_object_type: null, assigned_object_id: null, custom_fields: { [KEY_FIELD]: null, [FREE_ON_FIELD]: until },
        description: `Released by Leadlight, was ${ip.key ?? 'unkeyed'}`.slice(0, 200), changelog_message: `Leadlight quarantine until ${until}`,
      });
      if (after.status !== 'deprecated' || after.key !== null || after.freeOn !== until) throw disagrees(operation, 'NetBox kept the address in use.', 'Release it by hand.', { id: ip.id });
      return { type: 'quarantined', repeated: false, ip: after };
    },

    /**
     * Puts the address on an interface; with `primary` it becomes the primary address of the interface's device too. Doing it again is fine.
     * @throws VendorError conflict when it sits on another interface
     * @example await netbox.ipAddresses.assign(7, { objectType: 'dcim.interface', objectId: 17 }, { primary: true })
     */
    async assign(id: number, to: OnInterface, { primary = false }: { readonly primary?: boolean } = {}): Promise<IpAddress> {
      const operation = 'ipAddresses.assign';
      whole(operation, to.objectId);
      const ip = await get(id);
      if (ip.assignedTo && (ip.assignedTo.objectType !== to.objectType || ip.assignedTo.objectId !== to.objectId)) throw conflict(operation, `${ip.address} sits on another interface.`, 'Release it there first.', { reason: 'assignedElsewhere', ...ip.assignedTo });
      const on = ip.assignedTo ? ip : await update(id, { assigned_object_type: to.objectType, assigned_object_id: to.objectId }, ip.etag);
      if (on.assignedTo?.objectId !== to.objectId) throw disagrees(operation, 'NetBox did not keep the interface.', 'Read the address back.', { id });
      if (primary && to.objectType === 'dcim.interface') {
        const { body } = await wire.get(operation, `dcim/interfaces/${to.objectId}`);
        const device = Number((body['device'] as Raw | undefined)?.['id']);
        // NetBox wants the address on the interface first.
        await wire.write(operation, 'PATCH', `dcim/devices/${device}`, { [on.address.includes(':') ? 'primary_ip6' : 'primary_ip4']: id });
      }
      return on;
    },
  };
}
