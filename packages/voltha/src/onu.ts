import type { Device, DevicePort } from './device.ts';

/** An ONU as this client tells it. */
export interface Onu {
  readonly deviceId: string;
  /** In VOLTHA's own casing, which names of ports follow. */
  readonly serial: string;
  readonly oltDeviceId: string;
  readonly ponPort: number;
  readonly adminState: string;
  readonly operStatus: string;
  readonly connectStatus: string;
  readonly reason: string;
  /** Service port name of the first Ethernet UNI, e.g. `BBSM00000001-1`; null until the MIB has been read. */
  readonly uni: string | null;
  /** Enabled, active, reachable, and done with its own start. */
  readonly ready: boolean;
}

const READY_REASONS = new Set(['initial-mib-downloaded', 'tech-profile-config-download-success', 'omci-flows-pushed', 'onu-reenabled']);

/** Reasons after which waiting longer does not help by itself. */
export const FAILED_REASONS: ReadonlySet<string> = new Set([
  'tech-profile-config-download-failed', 'reconcile-failed', 'reconcile-max-timeout', 'reconciling-canceled', 'omci-admin-lock', 'stopping-openomci',
]);

/**
 * What VOLTHA's device and ports say about an ONU. "Ready" needs all four signals: an ONU can be ACTIVE and still be on its way
 * (access reference 1.4).
 * @param uniIndex which Ethernet UNI carries the service, counted from 1.
 * @example readOnu(device, ports).uni // 'BBSM00000001-1'
 */
export function readOnu(device: Device, ports: readonly DevicePort[], uniIndex = 1): Onu {
  const unis = ports.filter((port) => port.type === 'ETHERNET_UNI' && port.ofp_port?.name);
  return {
    deviceId: device.id,
    serial: device.serial_number,
    oltDeviceId: device.parent_id,
    ponPort: device.proxy_address?.channel_id ?? device.parent_port_no,
    adminState: String(device.admin_state),
    operStatus: String(device.oper_status),
    connectStatus: String(device.connect_status),
    reason: device.reason,
    // The label (`uni-256`) is not the service's name: only ofp_port.name is.
    uni: unis[uniIndex - 1]?.ofp_port?.name ?? null,
    ready: device.admin_state === 'ENABLED' && device.oper_status === 'ACTIVE' && device.connect_status === 'REACHABLE' && READY_REASONS.has(device.reason),
  };
}
