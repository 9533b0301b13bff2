import { VendorError } from '../../../core/src/index.ts';
import type { Channel } from './channel.ts';
import { DEADLINES, type Device } from './device.ts';

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
  readonly onus: number;
}
export type Olts = ReturnType<typeof olts>;

/** OLTs of one VOLTHA: what is up and how many ONUs each carries (S0-93, S0-106). */
export function olts(channel: Channel) {
  async function list(): Promise<readonly Olt[]> {
    const { items } = await channel.call<{ items: Device[] }>('ListDevices', {}, { deadlineMs: DEADLINES.list });
    return items
      .filter((device) => device.root)
      .map((device) => ({
        deviceId: device.id,
        type: device.type,
        serial: device.serial_number,
        hostAndPort: device.host_and_port ?? '',
        vendor: device.vendor,
        model: device.model,
        adminState: String(device.admin_state),
        operStatus: String(device.oper_status),
        connectStatus: String(device.connect_status),
        onus: items.filter((one) => !one.root && one.parent_id === device.id).length,
      }));
  }

  /** Registers an OLT by address. Registered already (rw_core says so with code 2 and a sentence) is `created: false`. */
  async function create(hostAndPort: string, type = 'openolt'): Promise<{ readonly olt: Olt; readonly created: boolean }> {
    let created = true;
    try {
      await channel.call<Device>('CreateDevice', { type, host_and_port: hostAndPort }, { deadlineMs: DEADLINES.change, write: true });
    } catch (error) {
      const duplicate = (error as VendorError).status === 2 && /already/.test((error as VendorError).message);
      if (!duplicate && (error as VendorError).outcome !== 'unknown') throw error;
      created = !duplicate;
      const there = (await list()).find((olt) => olt.hostAndPort === hostAndPort);
      if (!there) throw error;
      return { olt: there, created };
    }
    const olt = (await list()).find((one) => one.hostAndPort === hostAndPort);
    if (olt) return { olt, created };
    throw new VendorError({ vendor: 'voltha', operation: 'olts.create', kind: 'unexpectedReply', outcome: 'unknown', message: 'VOLTHA accepted the OLT but does not list it.', hint: 'List the devices again before repeating.' });
  }

  return { list, create };
}
