// VOLTHA has no event stream an OSS may follow over gRPC, so changes are seen by looking twice. Pure.
import type { OnuListed } from './onu.ts';
import type { Olt } from './olts.ts';

/** What is remembered of a device between two looks. */
export interface DeviceSeen extends Pick<OnuListed, 'deviceId' | 'serial' | 'oltDeviceId' | 'ponPort' | 'adminState' | 'operStatus' | 'connectStatus' | 'reason'> {
  readonly kind: 'olt' | 'onu';
  readonly up: boolean;
}
export interface DeviceChange {
  readonly type: 'onu.discovered' | 'onu.up' | 'onu.down' | 'onu.moved' | 'onu.removed' | 'olt.added' | 'olt.up' | 'olt.down' | 'olt.removed';
  readonly device: DeviceSeen;
  readonly before?: DeviceSeen;
}

/** @example seenOnu(listed).up */
export const seenOnu = (onu: OnuListed): DeviceSeen => ({
  deviceId: onu.deviceId, kind: 'onu', serial: onu.serial, oltDeviceId: onu.oltDeviceId, ponPort: onu.ponPort, adminState: onu.adminState,
  operStatus: onu.operStatus, connectStatus: onu.connectStatus, reason: onu.reason, up: onu.adminState === 'ENABLED' && onu.operStatus === 'ACTIVE' && onu.connectStatus === 'REACHABLE',
});
/** @example seenOlt(olt).kind // 'olt' */
export const seenOlt = (olt: Olt): DeviceSeen => ({
  deviceId: olt.deviceId, kind: 'olt', serial: olt.serial, oltDeviceId: '', ponPort: 0, adminState: olt.adminState, operStatus: olt.operStatus, connectStatus: olt.connectStatus, reason: '', up: olt.up,
});

/**
 * What happened between two looks at all devices. An ONU whose serial was on another PON before has `moved`, with the old record in
 * `before`; while its OLT is down, an ONU's own fall is not told: there is one cause.
 * @example deviceChanges([], [seenOnu(listed)])[0]!.type // 'onu.discovered'
 */
export function deviceChanges(before: readonly DeviceSeen[], after: readonly DeviceSeen[]): readonly DeviceChange[] {
  const old = new Map(before.map((one) => [one.deviceId, one]));
  const now = new Map(after.map((one) => [one.deviceId, one]));
  const bySerial = new Map(before.filter((one) => one.kind === 'onu').map((one) => [one.serial.toUpperCase(), one]));
  const changes: DeviceChange[] = [];
  const moved = new Set<string>();
  for (const device of after) {
    const was = old.get(device.deviceId);
    const { kind } = device;
    if (!was) {
      const elsewhere = kind === 'onu' ? bySerial.get(device.serial.toUpperCase()) : undefined;
      if (elsewhere) moved.add(elsewhere.deviceId);
      changes.push({ type: kind === 'olt' ? 'olt.added' : elsewhere ? 'onu.moved' : 'onu.discovered', device, ...(elsewhere ? { before: elsewhere } : {}) });
      if (device.up) changes.push({ type: `${kind}.up`, device });
      continue;
    }
    if (was.up === device.up) continue;
    const parent = now.get(device.oltDeviceId);
    if (!device.up && parent && !parent.up) continue;
    changes.push({ type: `${kind}.${device.up ? 'up' : 'down'}`, device, before: was });
  }
  for (const device of before) if (!now.has(device.deviceId) && !moved.has(device.deviceId)) changes.push({ type: `${device.kind}.removed`, device });
  return changes;
}
