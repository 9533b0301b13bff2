import { VendorError } from '../../../core/src/index.ts';
import type { Nbi } from './call.ts';
import { rejected, VENDOR } from './errors.ts';
import { segment } from './ids.ts';
import { bySerial, deviceQueries, type DeviceFilter } from './query.ts';
import { IDENTITY, readDevice, type Device } from './read.ts';

export interface ListDevices extends DeviceFilter {
  /** Parameter paths wanted besides the identity. */
  readonly projection?: readonly string[];
  /** The whole document, up to 800 KB a device. */
  readonly full?: boolean;
  readonly pageSize?: number;
}

const missing = (operation: string, what: string): VendorError =>
  new VendorError({ vendor: VENDOR, operation, kind: 'notFound', status: 404, message: `GenieACS knows no device ${what}.`, hint: 'Has it informed this ACS yet? Compare the serial with the label.' });

/** Devices as GenieACS knows them. Every read is projected and every result is without secrets. @example await devices(nbi).findBySerial('RCMG19E01234') */
export function devices(nbi: Nbi) {
  const fields = (projection: readonly string[] = []) => ['_id', ...IDENTITY, ...projection.map((path) => path.replace(/\.+$/, ''))];

  async function one(operation: string, query: object, projection?: readonly string[], full = false): Promise<readonly Device[]> {
    const { items } = await nbi.list(operation, 'devices', { query, sort: { _id: 1 }, limit: 20, ...(full ? {} : { projection: fields(projection) }) });
    return items.map(readDevice);
  }

  return {
    /**
     * The one device with this serial number. The same serial may exist under two manufacturers: then this refuses to guess.
     * @throws VendorError notFound | conflict (`detail.deviceIds` lists the candidates)
     */
    async findBySerial(serial: string, options: { readonly oui?: string; readonly productClass?: string; readonly projection?: readonly string[] } = {}): Promise<Device> {
      const operation = 'devices.findBySerial';
      if (serial.trim() === '') throw rejected(operation, 'The serial number is empty.', 'Send the serial as printed on the device.');
      const found = (await one(operation, bySerial(serial, options), options.projection)).filter((device) => device.serial === serial);
      if (found.length === 0) throw missing(operation, `with serial ${serial}`);
      if (found.length > 1) {
        throw new VendorError({
          vendor: VENDOR, operation, kind: 'conflict', message: `Serial ${serial} belongs to ${found.length} devices.`,
          hint: 'Also give the OUI or the product class.', detail: { reason: 'ambiguous', deviceIds: found.map((device) => device.id) },
        });
      }
      return found[0]!;
    },

    /** One device by its id, with the parameters asked for. @throws VendorError notFound */
    async get(id: string, projection?: readonly string[], options: { readonly full?: boolean } = {}): Promise<Device> {
      const [device] = await one('devices.get', { _id: id }, projection, options.full ?? false);
      if (!device) throw missing('devices.get', id);
      return device;
    },

    /**
     * Every matching device, page after page by `_id`, so that devices that appear meanwhile neither repeat nor push others out. Serials and
     * ids may be thousands: they are asked for in several queries, each in its own order.
     */
    async *list(options: ListDevices = {}): AsyncGenerator<Device, void, undefined> {
      const limit = Math.min(Math.max(options.pageSize ?? 500, 1), 1_000);
      for (const query of deviceQueries(options)) {
        for (let after = ''; ; ) {
          const here = after === '' ? query : { $and: [...(Object.keys(query).length > 0 ? [query] : []), { _id: { $gt: after } }] };
          const { items } = await nbi.list('devices.list', 'devices', { query: here, sort: { _id: 1 }, limit, ...(options.full ? {} : { projection: fields(options.projection) }) });
          for (const doc of items) yield readDevice(doc);
          const last = items.at(-1)?.['_id'];
          if (items.length < limit || typeof last !== 'string' || last === after) break;
          after = last;
        }
      }
    },

    /** How many match, without fetching any. */
    async count(filter: DeviceFilter = {}): Promise<number> {
      let sum = 0;
      for (const query of deviceQueries(filter)) sum += await nbi.count('devices.count', 'devices', query);
      return sum;
    },

    /** Adds a tag; having it already is fine. @throws VendorError notFound */
    async tag(id: string, tag: string): Promise<{ readonly deviceId: string; readonly tag: string }> {
      await nbi.settle('devices.tag', { method: 'POST', path: `/devices/${segment(id)}/tags/${segment(tag)}` });
      return { deviceId: id, tag };
    },
    /** Takes a tag away; not having it is fine. @throws VendorError notFound */
    async untag(id: string, tag: string): Promise<{ readonly deviceId: string; readonly tag: string }> {
      await nbi.settle('devices.untag', { method: 'DELETE', path: `/devices/${segment(id)}/tags/${segment(tag)}` });
      return { deviceId: id, tag };
    },
    /**
     * Forgets a device with its tasks and faults, then looks that it is gone. GenieACS says 200 even for a stranger, so `deleted` is false
     * when there was none. A device that still informs comes back by itself. @throws VendorError conflict while in session, after repeats
     */
    async delete(id: string): Promise<{ readonly deviceId: string; readonly deleted: boolean }> {
      const there = async (): Promise<boolean> => (await nbi.count('devices.delete', 'devices', { _id: id })) > 0;
      if (!(await there())) return { deviceId: id, deleted: false };
      await nbi.settle('devices.delete', { method: 'DELETE', path: `/devices/${segment(id)}` });
      if (!(await there())) return { deviceId: id, deleted: true };
      throw new VendorError({ vendor: VENDOR, operation: 'devices.delete', kind: 'conflict', outcome: 'unknown', message: `${id} is still there, or is there again.`, hint: 'It informed meanwhile: unplug it or point its ACS URL elsewhere, then delete it.', detail: { reason: 'stillThere' } });
    },
  };
}
export type Devices = ReturnType<typeof devices>;
