import type { VendorError } from '../../../core/src/index.ts';
import { adminChange } from './adminChange.ts';
import type { Channel } from './channel.ts';
import { DEADLINES, type Device } from './device.ts';
import { failed, type Lookup } from './lookup.ts';
import { removeDevice } from './removeDevice.ts';

export interface Olt {
  readonly deviceId: string;
  readonly type: string;
  readonly serial: string;
  readonly hostAndPort: string;
  readonly vendor: string;
  readonly model: string;
  readonly adminState: string;
  readonly operStatus: string;
  readonly connectStatus: string;
  /** Enabled, active and reachable: subscribers can be put on it. */
  readonly up: boolean;
  readonly onus: number;
  readonly onusUp: number;
}
export interface OltChange {
  readonly olt: Olt;
  readonly changed: boolean;
}
export type Olts = ReturnType<typeof olts>;

const isUp = (device: Device): boolean => device.admin_state === 'ENABLED' && device.oper_status === 'ACTIVE' && device.connect_status === 'REACHABLE';

/** OLTs of one VOLTHA: what is up and how many ONUs each carries (S0-93, S0-106). @example await olts(channel, lookup(channel)).get('10.20.0.11') */
export function olts(channel: Channel, at: Lookup) {
  const change = adminChange(channel, at);
  const remove = removeDevice(channel, at);
  const told = (device: Device, all: readonly Device[]): Olt => {
    const mine = all.filter((one) => !one.root && one.parent_id === device.id);
    return {
      deviceId: device.id, type: device.type, serial: device.serial_number, hostAndPort: device.host_and_port ?? '', vendor: device.vendor, model: device.model,
      adminState: String(device.admin_state), operStatus: String(device.oper_status), connectStatus: String(device.connect_status),
      up: isUp(device), onus: mine.length, onusUp: mine.filter(isUp).length,
    };
  };
  const list = async (): Promise<readonly Olt[]> => {
    const all = await at.list();
    return all.filter((device) => device.root).map((device) => told(device, all));
  };
  const named = (device: Device, ref: string): boolean => [device.id, device.serial_number, device.host_and_port].includes(ref) || device.host_and_port?.replace(/:\d+$/, '') === ref;

  /** By device id, serial, `host:port` or host. */
  function pick(all: readonly Device[], ref: string, operation: string): Device {
    const roots = all.filter((device) => device.root);
    const [one, ...more] = roots.filter((device) => named(device, ref));
    if (one && more.length === 0) return one;
    if (one) throw failed(operation, { kind: 'conflict', message: `${more.length + 1} OLTs go by ${ref}.`, hint: 'Name it by its device ID.', detail: { cause: 'oltAmbiguous', deviceIds: [one, ...more].map((device) => device.id) } });
    throw failed(operation, { kind: 'notFound', message: `No OLT goes by ${ref} among the ${roots.length} VOLTHA knows.`, hint: 'Name it by device ID, serial or host:port; list the OLTs.', detail: { cause: 'oltNotFound', scanned: roots.length } });
  }
  const fresh = async (deviceId: string, operation: string): Promise<Olt> => {
    const all = await at.list();
    return told(pick(all, deviceId, operation), all);
  };

  return {
    list,
    /** @throws VendorError notFound or conflict. @example (await voltha.olts.get('10.20.0.11')).up */
    async get(ref: string): Promise<Olt> {
      const all = await at.list();
      return told(pick(all, ref, 'olts.get'), all);
    },

    /** Registers an OLT by address. Registered already (rw_core says so with code 2 and a sentence) is `created: false`. */
    async create(hostAndPort: string, type = 'openolt'): Promise<{ readonly olt: Olt; readonly created: boolean }> {
      let created = true;
      let lost: unknown;
      try {
        await channel.call<Device>('CreateDevice', { type, host_and_port: hostAndPort }, { deadlineMs: DEADLINES.change, write: true });
      } catch (error) {
        const duplicate = (error as VendorError).status === 2 && /already/.test((error as VendorError).message);
        if (!duplicate && (error as VendorError).outcome !== 'unknown') throw error;
        created = !duplicate;
        lost = error;
      }
      const olt = (await list()).find((one) => one.hostAndPort === hostAndPort);
      if (olt) return { olt, created };
      throw lost ?? failed('olts.create', { kind: 'unexpectedReply', outcome: 'unknown', message: 'VOLTHA accepted the OLT but does not list it.', hint: 'List the devices again before repeating.' });
    },

    /**
     * Enables and waits until the adapter has reached it. An OLT that does not answer stays enabled and is told with `up: false`.
     * @example (await voltha.olts.enable('10.20.0.11', { withinMs: 60_000 })).olt.up
     */
    async enable(ref: string, { withinMs = 30_000, everyMs = 2_000 } = {}): Promise<OltChange> {
      const { device, changed } = await change(pick(await at.list(), ref, 'olts.enable'), { call: 'EnableDevice', state: 'ENABLED', operation: 'olts.enable' });
      const until = Date.parse(channel.clock.now()) + withinMs;
      for (let now = device; !isUp(now) && Date.parse(channel.clock.now()) < until; now = await at.reread(device.id)) await channel.clock.sleep(everyMs);
      return { olt: await fresh(device.id, 'olts.enable'), changed };
    },
    /** Takes every ONU on it down. */
    async disable(ref: string): Promise<OltChange> {
      const { device, changed } = await change(pick(await at.list(), ref, 'olts.disable'), { call: 'DisableDevice', state: 'DISABLED', operation: 'olts.disable' });
      return { olt: await fresh(device.id, 'olts.disable'), changed };
    },
    /** Deletes the OLT and every ONU on it; not there already is `changed: false`. */
    async remove(ref: string): Promise<{ readonly changed: boolean; readonly onus: number }> {
      const all = await at.list();
      if (!all.some((device) => device.root && named(device, ref))) return { changed: false, onus: 0 };
      const device = pick(all, ref, 'olts.remove');
      const { changed } = await remove(device, 'olts.remove');
      return { changed, onus: told(device, all).onus };
    },
  };
}
