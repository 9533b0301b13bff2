import { sameOnt, VendorError } from '../../../core/src/index.ts';
import type { Channel } from './channel.ts';
import { DEADLINES, type Device, type DevicePort } from './device.ts';
import { VENDOR } from './failures.ts';
import { readOnu, type Onu } from './onu.ts';

type Told = Omit<ConstructorParameters<typeof VendorError>[0], 'vendor' | 'operation'>;
/** A failure of VOLTHA in this client's words. @example throw failed('onus.remove', { kind: 'conflict', message: '…', hint: '…' }); */
export const failed = (operation: string, told: Told): VendorError => new VendorError({ vendor: VENDOR, operation, ...told });

/** Finding devices: everything else begins here. @example await lookup(channel).find('ALPHe3d1cfab', 'onus.get') */
export function lookup(channel: Channel) {
  const list = async (): Promise<readonly Device[]> => (await channel.call<{ items: Device[] }>('ListDevices', {}, { deadlineMs: DEADLINES.list })).items;
  const reread = (deviceId: string): Promise<Device> => channel.call<Device>('GetDevice', { id: deviceId }, { deadlineMs: DEADLINES.read });
  const ports = async (deviceId: string): Promise<readonly DevicePort[]> => (await channel.call<{ items: DevicePort[] }>('ListDevicePorts', { id: deviceId }, { deadlineMs: DEADLINES.read })).items;
  const state = async (device: Device): Promise<Onu> => readOnu(device, await ports(device.id));

  /**
   * The ONU with this serial in any spelling, out of a list (contract 3). Of several, the one that is lit.
   * @throws VendorError notFound (`detail.scanned` says among how many) or conflict (ids in `detail.deviceIds`).
   */
  function pick(devices: readonly Device[], serial: string, operation: string): Device {
    const all = devices.filter((device) => !device.root);
    const found = all.filter((device) => sameOnt(device.serial_number, serial));
    const lit = found.filter((device) => device.connect_status === 'REACHABLE' && device.oper_status === 'ACTIVE');
    const one = found.length === 1 ? found[0] : lit.length === 1 ? lit[0] : undefined;
    if (one) return one;
    if (found.length === 0) {
      throw failed(operation, {
        kind: 'notFound',
        message: `No ONU with serial ${serial} among the ${all.length} VOLTHA knows.`,
        hint: 'Is the ONT powered and the fibre connected to the right OLT? Compare the serial on its label.',
        detail: { cause: 'onuNotFound', serial, scanned: all.length },
      });
    }
    throw failed(operation, {
      kind: 'conflict',
      message: `${found.length} ONUs carry serial ${serial}.`,
      hint: 'It was moved between PON ports. Delete the one that is no longer there.',
      detail: { cause: 'onuAmbiguous', serial, deviceIds: found.map((device) => device.id) },
    });
  }

  return { list, reread, ports, state, pick, find: async (serial: string, operation: string): Promise<Device> => pick(await list(), serial, operation) };
}
export type Lookup = ReturnType<typeof lookup>;
