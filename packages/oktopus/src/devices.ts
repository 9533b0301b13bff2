import { readJson } from '../../../core/src/index.ts';
import { checkSerial, type Wire } from './call.ts';
import { failure, fromReply, rejected, VENDOR } from './errors.ts';

export type Presence = 'offline' | 'associating' | 'online';
/** A device as Oktopus knows it. Its identity is the serial alone: Oktopus keeps no OUI, and CWMP devices have no model. */
export interface OktopusDevice {
  readonly type: 'device';
  readonly serial: string;
  readonly vendor: string;
  readonly model: string;
  readonly productClass: string;
  readonly version: string;
  readonly alias: string;
  readonly status: Presence;
  readonly transports: { readonly mqtt: Presence; readonly websockets: Presence; readonly stomp: Presence; readonly cwmp: Presence };
}
/** Each matches exactly; Oktopus cannot search by a part of a serial. */
export interface DeviceFilter { readonly vendor?: string; readonly model?: string; readonly productClass?: string; readonly version?: string; readonly alias?: string; readonly status?: Presence }
export interface ListOptions extends DeviceFilter {
  /** Stop when this many are found. */
  readonly limit?: number;
  /** 2 to 50; what Oktopus allows. */
  readonly pageSize?: number;
}
export interface DeviceList { readonly devices: readonly OktopusDevice[]; /** What Oktopus says there are. */ readonly total: number; /** False when the fleet moved while it was read and some may be missing. */ readonly complete: boolean }

const PRESENCE: readonly Presence[] = ['offline', 'associating', 'online'];
const presence = (value: unknown): Presence => PRESENCE[Number(value ?? 0)] ?? 'offline';
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** One device of a reply. @example readDevice({ SN: 'A1', Status: 2, Cwmp: 2 }).transports.cwmp // 'online' */
export function readDevice(raw: Record<string, unknown>): OktopusDevice {
  return {
    type: 'device', serial: text(raw['SN']), vendor: text(raw['Vendor']), model: text(raw['Model']), productClass: text(raw['ProductClass']), version: text(raw['Version']), alias: text(raw['Alias']), status: presence(raw['Status']),
    transports: { mqtt: presence(raw['Mqtt']), websockets: presence(raw['Websockets']), stomp: presence(raw['Stomp']), cwmp: presence(raw['Cwmp']) },
  };
}

export function devices(wire: Wire) {
  /** One walk over the pages. Oktopus skips `page × (size − 1)`, so pages overlap by one and its page count is too low: neither is trusted. */
  async function walk(filter: DeviceFilter, size: number, order: 'asc' | 'desc', found: Map<string, OktopusDevice>, limit: number): Promise<number> {
    let total = 0;
    for (let page = 0, idle = 0; idle < 2; page += 1) {
      const reply = await wire.read('devices.list', '/api/device', {
        page_number: page, page_size: size, statusOrder: order,
        ...(filter.vendor ? { vendor: filter.vendor } : {}), ...(filter.model ? { model: filter.model } : {}), ...(filter.productClass ? { type: filter.productClass } : {}), ...(filter.version ? { version: filter.version } : {}),
        ...(filter.alias ? { alias: filter.alias } : {}), ...(filter.status ? { status: PRESENCE.indexOf(filter.status) } : {}),
      }, [400, 404]);
      if (reply.status === 404 && /no devices found/i.test(reply.text)) return 0;
      if (reply.status === 400 && /out of range/i.test(reply.text)) return total;
      if (reply.status !== 200) throw fromReply(reply, 'devices.list', false);
      const body = readJson(reply, VENDOR, 'devices.list') as { readonly devices?: unknown; readonly total?: unknown };
      if (!Array.isArray(body?.devices)) throw failure('devices.list', { kind: 'unexpectedReply', status: 200, message: 'The list of devices has not the form Oktopus gives it.', hint: 'Is this an Oktopus controller?' });
      total = Number(body.total ?? 0);
      const before = found.size;
      for (const raw of body.devices as Record<string, unknown>[]) {
        const device = readDevice(raw);
        if (device.serial !== '' && !found.has(device.serial)) found.set(device.serial, device);
      }
      // Two pages that bring nothing new are the end, whatever the server believes.
      idle = found.size > before ? 0 : idle + 1;
      if (found.size >= Math.min(total, limit) || body.devices.length === 0) return total;
    }
    return total;
  }

  async function get(serial: string): Promise<OktopusDevice> {
    const reply = await wire.read('devices.get', '/api/device', { id: checkSerial('devices.get', serial) });
    const device = readDevice((readJson(reply, VENDOR, 'devices.get') ?? {}) as Record<string, unknown>);
    if (device.serial !== serial.trim()) throw failure('devices.get', { kind: 'unexpectedReply', status: 200, message: 'Oktopus answered with another device than was asked for.', hint: 'Is this an Oktopus controller?' });
    return device;
  }

  return {
    /** One device by its serial number, as the device reports it. @throws VendorError notFound */
    get,
    /**
     * Every device that matches, each once, in spite of overlapping pages, a page count that is too low and a sort by status alone. When a
     * walk ends short of the total, a second one goes through the other order.
     */
    async list({ limit = Number.POSITIVE_INFINITY, pageSize = 50, ...filter }: ListOptions = {}): Promise<DeviceList> {
      const size = Math.min(Math.max(Math.trunc(pageSize) || 50, 2), 50);
      const found = new Map<string, OktopusDevice>();
      let total = await walk(filter, size, 'asc', found, limit);
      if (found.size < Math.min(total, limit)) total = Math.max(total, await walk(filter, size, 'desc', found, limit));
      return { devices: [...found.values()].slice(0, Number.isFinite(limit) ? limit : undefined), total, complete: found.size >= Math.min(total, limit) };
    },
    /** Forgets a device; it is known again when it next connects. One that is unknown already is fine. */
    async delete(serial: string): Promise<{ readonly type: 'deviceDeleted'; readonly serial: string; readonly deleted: boolean }> {
      const id = serial.trim();
      // Oktopus splits the list at commas: such a serial would forget two other devices.
      if (id === '' || id.includes(',')) throw rejected('devices.delete', 'This serial number cannot be deleted through Oktopus.', 'It must not be empty nor hold a comma.');
      const reply = await wire.ask('devices.delete', { method: 'DELETE', path: '/api/device', query: { id } }, true);
      const body = readJson(reply, VENDOR, 'devices.delete', true) as { readonly number_of_deleted_devices?: number };
      return { type: 'deviceDeleted', serial: id, deleted: Number(body?.number_of_deleted_devices ?? 0) > 0 };
    },
    /** Gives a device a name people know it by, and reads it back. 1 to 50 bytes. */
    async setAlias(serial: string, alias: string): Promise<OktopusDevice> {
      const id = checkSerial('devices.setAlias', serial);
      const bytes = new TextEncoder().encode(alias).length;
      if (bytes < 1 || bytes > 50) throw rejected('devices.setAlias', 'An alias has 1 to 50 bytes.', 'Choose a shorter one; accented letters count twice.');
      await wire.ask('devices.setAlias', { method: 'PUT', path: '/api/device/alias', query: { id }, headers: { 'content-type': 'text/plain' }, body: alias }, true);
      const after = await get(id);
      if (after.alias !== alias) throw failure('devices.setAlias', { kind: 'unexpectedReply', reason: 'notApplied', message: 'Oktopus accepted the alias and did not keep it.', hint: 'See the log of the adapter service.' });
      return after;
    },
  };
}
export type Devices = ReturnType<typeof devices>;
