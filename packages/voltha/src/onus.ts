import { sameOnt } from '../../../core/src/index.ts';
import { adminChange } from './adminChange.ts';
import type { Channel } from './channel.ts';
import { DEADLINES, ponOf, ponPortNo } from './device.ts';
import type { Lookup } from './lookup.ts';
import { listedOnu, type Onu, type OnuListed } from './onu.ts';
import { onuReady } from './onuReady.ts';
import { removeDevice } from './removeDevice.ts';

/** What a change did, with the ONU read back afterwards. */
export interface OnuChange {
  readonly onu: Onu;
  /** False when it was already so. */
  readonly changed: boolean;
}
export interface OnuFilter {
  readonly oltDeviceId?: string;
  readonly ponPort?: number;
}
/** `rediscovered`: the ONU has light, so the OLT reported it again and the core made a new record. */
export interface OnuRemoved {
  readonly changed: boolean;
  readonly rediscovered: boolean;
}
export type Onus = ReturnType<typeof onus>;

/**
 * ONUs of one VOLTHA. They are never created from here: the OLT discovers them when light arrives (S0-104, S0-106, S0-107).
 * @example await onus(channel, lookup(channel)).enable('ALPHe3d1cfab')
 */
export function onus(channel: Channel, at: Lookup) {
  const { list, find, reread, state } = at;
  const change = adminChange(channel, at);
  const remove = removeDevice(channel, at);
  const turn = async (serial: string, call: string, wanted: 'ENABLED' | 'DISABLED', operation: string): Promise<OnuChange> => {
    const { device, changed } = await change(await find(serial, operation), { call, state: wanted, operation });
    return { onu: await state(device), changed };
  };
  /** PLOAM by serial, OLT and PON. The core wants the ONU among its devices and its serial in its own casing. */
  const bySerial = async (serial: string, call: string, wanted: 'ENABLED' | 'DISABLED', operation: string): Promise<OnuChange> => {
    const found = await find(serial, operation);
    const request = { olt_device_id: { id: found.parent_id }, port: { port_no: ponPortNo(ponOf(found)) }, serial_number: found.serial_number };
    const { device, changed } = await change(found, { call, request, state: wanted, operation });
    return { onu: await state(device), changed };
  };

  return {
    /** @throws VendorError notFound (none; `detail.scanned` says among how many) or conflict (several, ids in `detail`). */
    findBySerial: async (serial: string): Promise<Onu> => state(await find(serial, 'onus.findBySerial')),
    ensureReady: onuReady(channel, at),

    /** Every ONU, or those of one OLT or PON, by PON and then by serial: one call of the core, however many. */
    async list({ oltDeviceId, ponPort }: OnuFilter = {}): Promise<readonly OnuListed[]> {
      const all = (await list()).filter((one) => !one.root).map(listedOnu);
      return all
        .filter((one) => (oltDeviceId === undefined || one.oltDeviceId === oltDeviceId) && (ponPort === undefined || one.ponPort === ponPort))
        .sort((a, b) => a.oltDeviceId.localeCompare(b.oltDeviceId, 'en') || a.ponPort - b.ponPort || a.serial.localeCompare(b.serial, 'en'));
    },

    /** Already enabled is success with `changed: false`. @example await voltha.onus.enable('ALPHe3d1cfab') */
    enable: (serial: string) => turn(serial, 'EnableDevice', 'ENABLED', 'onus.enable'),
    /** By OMCI: the ONU stays in range, its UNIs are locked. */
    disable: (serial: string) => turn(serial, 'DisableDevice', 'DISABLED', 'onus.disable'),
    /** By PLOAM: the ONU stops its laser until `unblock`. */
    block: (serial: string) => turn(serial, 'DisableOnuDevice', 'DISABLED', 'onus.block'),
    unblock: (serial: string) => turn(serial, 'EnableOnuDevice', 'ENABLED', 'onus.unblock'),
    /** By PLOAM and serial number, for an OLT that lost the ONU's id. */
    blockSerial: (serial: string) => bySerial(serial, 'DisableOnuSerialNumber', 'DISABLED', 'onus.blockSerial'),
    unblockSerial: (serial: string) => bySerial(serial, 'EnableOnuSerialNumber', 'ENABLED', 'onus.unblockSerial'),

    /** Sent exactly once: a reboot whose answer got lost may be under way (access reference 1.5). */
    async reboot(serial: string): Promise<OnuChange> {
      const device = await find(serial, 'onus.reboot');
      await channel.call('RebootDevice', { id: device.id }, { deadlineMs: DEADLINES.change, write: true });
      return { onu: await state(await reread(device.id)), changed: true };
    },

    /** Deletes the record; not there already is `changed: false`. */
    async remove(serial: string): Promise<OnuRemoved> {
      const there = (devices: Awaited<ReturnType<typeof list>>) => devices.some((device) => !device.root && sameOnt(device.serial_number, serial));
      const before = await list();
      if (!there(before)) return { changed: false, rediscovered: false };
      const { changed, left } = await remove(at.pick(before, serial, 'onus.remove'), 'onus.remove');
      return { changed, rediscovered: there(left) };
    },
  };
}
