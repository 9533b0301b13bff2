import { ponOf, type Device, type DevicePort } from './device.ts';

/** An ONU as the list of all devices tells it. */
export interface OnuListed {
  readonly deviceId: string;
  /** In VOLTHA's own casing, which names of ports follow. */
  readonly serial: string;
  readonly oltDeviceId: string;
  readonly ponPort: number;
  readonly adminState: string;
  readonly operStatus: string;
  readonly connectStatus: string;
  readonly reason: string;
  /** Software it runs, as VOLTHA last saw it. */
  readonly firmware: string;
  /** Enabled, active, reachable, and done with its own start. */
  readonly ready: boolean;
}
/** An ONU with its first UNI. */
export interface Onu extends OnuListed {
  /** Service port name of the first Ethernet UNI, e.g. `BBSM00000001-1`; null until the MIB has been read. */
  readonly uni: string | null;
}

const READY_REASONS = new Set(['initial-mib-downloaded', 'tech-profile-config-download-success', 'omci-flows-pushed', 'onu-reenabled']);

/** Reasons after which waiting longer does not help by itself. */
export const FAILED_REASONS: ReadonlySet<string> = new Set([
  'tech-profile-config-download-failed', 'reconcile-failed', 'reconcile-max-timeout', 'reconciling-canceled', 'omci-admin-lock', 'stopping-openomci',
]);

/**
 * What VOLTHA's device says about an ONU. "Ready" needs all four signals: an ONU can be ACTIVE and still be on its way
 * (access reference 1.4).
 * @example listedOnu(device).ponPort // 3
 */
export function listedOnu(device: Device): OnuListed {
  return {
    deviceId: device.id,
    serial: device.serial_number,
    oltDeviceId: device.parent_id,
    ponPort: ponOf(device),
    adminState: String(device.admin_state),
    operStatus: String(device.oper_status),
    connectStatus: String(device.connect_status),
    reason: device.reason,
    firmware: device.firmware_version ?? '',
    ready: device.admin_state === 'ENABLED' && device.oper_status === 'ACTIVE' && device.connect_status === 'REACHABLE' && READY_REASONS.has(device.reason),
  };
}

/**
 * The same with its UNI.
 * @param uniIndex which Ethernet UNI carries the service, counted from 1.
 * @example readOnu(device, ports).uni // 'BBSM00000001-1'
 */
export function readOnu(device: Device, ports: readonly DevicePort[], uniIndex = 1): Onu {
  const unis = ports.filter((port) => port.type === 'ETHERNET_UNI' && port.ofp_port?.name);
  // The label (`uni-256`) is not the service's name: only ofp_port.name is.
  return { ...listedOnu(device), uni: unis[uniIndex - 1]?.ofp_port?.name ?? null };
}
