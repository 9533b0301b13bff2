import type { Raw, Wire } from './call.ts';
import { conflict, disagrees, keyed, whole } from './checks.ts';
import { rejected } from './errors.ts';
import { KEY_FIELD, rememberedCheck } from './keyField.ts';
import { choice, customField, idOf, nested, text } from './read.ts';
import { takeOnce } from './takeOnce.ts';

export interface DcimDevice { readonly type: 'device'; readonly id: number; readonly name: string; readonly serial: string; readonly role: string | null; readonly site: string | null; readonly status: string; readonly key: string | null; readonly tenantId: number | null }
export interface DcimInterface { readonly type: 'interface'; readonly id: number; readonly name: string; readonly deviceId: number; readonly kind: string; readonly occupied: boolean }
export interface EnsureDevice {
  /** What the device is there for, e.g. an order's ONT. The same key always gives the same device. */
  readonly key: string;
  readonly name: string;
  /** Slugs of what NetBox has already. */
  readonly role: string;
  readonly deviceType: string;
  readonly site: string;
  readonly serial?: string;
  readonly status?: 'offline' | 'active' | 'planned' | 'staged' | 'failed' | 'inventory' | 'decommissioning';
  readonly tenantId?: number;
}
export interface DeviceFilter { readonly name?: string; readonly serial?: string; readonly role?: string; readonly site?: string; readonly status?: string; readonly tenantId?: number; readonly search?: string }

export const readDevice = (raw: Raw): DcimDevice => ({
  type: 'device', id: Number(raw['id']), name: text(raw['name']), serial: text(raw['serial']), role: nested(raw['role'], 'slug'), site: nested(raw['site'], 'slug'), status: choice(raw['status']), key: customField(raw, KEY_FIELD), tenantId: idOf(raw['tenant']),
});
const readInterface = (raw: Raw): DcimInterface => ({ type: 'interface', id: Number(raw['id']), name: text(raw['name']), deviceId: idOf(raw['device']) ?? 0, kind: choice(raw['type']), occupied: raw['_occupied'] === true });

async function only<T>(operation: string, found: AsyncIterable<T>, same: (it: T) => boolean): Promise<T | null> {
  let one: T | null = null;
  for await (const it of found) {
    if (!same(it)) continue;
    if (one) throw conflict(operation, 'NetBox has more than one object that matches.', 'Ask more precisely, or correct the record.', { reason: 'ambiguous' });
    one = it;
  }
  return one;
}

/** Devices: OLTs, splitters, ONTs. @example await devices(wire).find({ serial: 'RCMG19E01234' }) */
export function devices(wire: Wire) {
  const safe = rememberedCheck(wire, KEY_FIELD, 'dcim.device');
  async function* all(operation: string, query: Parameters<Wire['list']>[2]): AsyncGenerator<DcimDevice> {
    for await (const raw of wire.list(operation, 'dcim/devices', query)) yield readDevice(raw);
  }
  const get = async (id: number): Promise<DcimDevice> => readDevice((await wire.get('devices.get', `dcim/devices/${whole('devices.get', id)}`)).body);
  const findByKey = (key: string): Promise<DcimDevice | null> => only('devices.findByKey', all('devices.findByKey', { [`cf_${KEY_FIELD}`]: keyed('devices.findByKey', key) }), (it) => it.key === key);

  return {
    /** @throws VendorError notFound @example await netbox.devices.get(7) */
    get,
    findByKey,
    /** The device of a name or a serial (whatever its case), or null. @throws VendorError conflict when there are several */
    async find(by: { readonly name?: string; readonly serial?: string }): Promise<DcimDevice | null> {
      if (!by.name && !by.serial) throw rejected('devices.find', 'Neither a name nor a serial was given.', 'Give one of them.');
      const same = (a: string, b: string | undefined): boolean => !b || a.toLowerCase() === b.toLowerCase();
      return only('devices.find', all('devices.find', { ...(by.name ? { name: by.name } : {}), ...(by.serial ? { serial: by.serial } : {}) }), (it) => same(it.name, by.name) && same(it.serial, by.serial));
    },
    /** Devices that match. @example await netbox.devices.list({ role: 'olt', status: 'active' }) */
    async list(by: DeviceFilter = {}, limit = Number.POSITIVE_INFINITY): Promise<readonly DcimDevice[]> {
      const found: DcimDevice[] = [];
      for await (const it of all('devices.list', { name: by.name, serial: by.serial, role: by.role, site: by.site, status: by.status, tenant_id: by.tenantId, q: by.search })) if (found.push(it) >= limit) break;
      return found;
    },
    /**
     * The device of a key, made when it is missing. Making takes no lock in NetBox: two at the very same moment are held apart by the name,
     * which is unique in a site; the one that loses finds the other's. What differs from the wish is named and not changed.
     * @throws VendorError conflict (the name is another device's; or the key is on two) | rejectedInput
     * @example await netbox.devices.ensure({ key: 'ord_123:ont', name: 'ont-000123', role: 'ont', deviceType: 'xs-2426x', site: 'ormstown', serial: 'RCMG19E01234' })
     */
    async ensure(wanted: EnsureDevice): Promise<{ readonly type: 'ensured'; readonly created: boolean; readonly device: DcimDevice; readonly differs: readonly string[]; readonly requestId: string | null }> {
      const operation = 'devices.ensure';
      keyed(operation, wanted.key);
      if (wanted.name.trim() === '' || wanted.name.length > 64) throw rejected(operation, 'A device name has 1 to 64 characters.', 'Derive it from the service or the serial.');
      await safe();
      const body = {
        name: wanted.name, role: { slug: wanted.role }, device_type: { slug: wanted.deviceType }, site: { slug: wanted.site }, serial: wanted.serial ?? '', status: wanted.status ?? 'planned', custom_fields: { [KEY_FIELD]: wanted.key },
        ...(wanted.tenantId ? { tenant: wanted.tenantId } : {}), changelog_message: `Leadlight ${wanted.key}`,
      };
      const { it, repeated, requestId } = await takeOnce(() => findByKey(wanted.key), () => wire.write(operation, 'POST', 'dcim/devices', body), ({ body: made }) => get(Number(made['id'])));
      if (!repeated) await findByKey(wanted.key); // two of one key are a conflict to be seen now, not later
      if (it.key !== wanted.key) throw disagrees(operation, 'NetBox made the device but did not keep the key.', `Check the custom field ${KEY_FIELD}.`, { id: it.id });
      const wish: Readonly<Record<string, unknown>> = { name: wanted.name, role: wanted.role, site: wanted.site, serial: wanted.serial, status: wanted.status, tenantId: wanted.tenantId };
      const differs = Object.entries(wish).filter(([field, value]) => value !== undefined && it[field as keyof DcimDevice] !== value).map(([field]) => field);
      return { type: 'ensured', created: !repeated, device: it, differs, requestId };
    },
  };
}

/** Interfaces of a device. @example await interfaces(wire).find({ deviceId: 1, name: 'pon-2' }) */
export function interfaces(wire: Wire) {
  async function* all(deviceId: number, query: Parameters<Wire['list']>[2] = {}): AsyncGenerator<DcimInterface> {
    for await (const raw of wire.list('interfaces.find', 'dcim/interfaces', { device_id: whole('interfaces.find', deviceId), ...query })) {
      const it = readInterface(raw);
      if (it.deviceId === deviceId) yield it;
    }
  }
  return {
    find: (by: { readonly deviceId: number; readonly name: string }): Promise<DcimInterface | null> => only('interfaces.find', all(by.deviceId, { name: by.name }), (it) => it.name === by.name),
    /** All of a device. @example await netbox.interfaces.list(1) */
    async list(deviceId: number): Promise<readonly DcimInterface[]> {
      const found: DcimInterface[] = [];
      for await (const it of all(deviceId)) found.push(it);
      return found;
    },
  };
}
