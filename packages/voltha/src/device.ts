/** A device as rw_core answers it. Enums are names, or bare numbers when the core knows newer ones. */
export interface Device {
  readonly id: string;
  readonly type: string;
  /** True for an OLT. */
  readonly root: boolean;
  readonly parent_id: string;
  readonly vendor: string;
  readonly model: string;
  readonly firmware_version: string;
  readonly serial_number: string;
  readonly host_and_port?: string;
  readonly admin_state: string | number;
  readonly oper_status: string | number;
  readonly connect_status: string | number;
  readonly proxy_address: { readonly channel_id: number; readonly onu_id: number } | null;
  /** At an ONU the port number of its PON: 0x20000000 plus the PON. */
  readonly parent_port_no: number;
  readonly reason: string;
}
export interface DevicePort {
  readonly port_no: number;
  readonly label: string;
  readonly type: string | number;
  readonly oper_status: string | number;
  readonly ofp_port: { readonly name: string } | null;
}

/** How long to wait for each kind of call (access reference 1.5), in milliseconds. */
export const DEADLINES = { read: 10_000, list: 30_000, change: 15_000, remove: 120_000, optical: 20_000, image: 30_000 } as const;

const PON_MARK = 0x2000_0000;
/** PON of an OLT (counted from 0) as VOLTHA numbers its port. @example ponPortNo(3) // 536870915 */
export const ponPortNo = (pon: number): number => PON_MARK + pon;
/** The PON an ONU hangs on. @example ponOf({ proxy_address: null, parent_port_no: 536870915 }) // 3 */
export const ponOf = (device: Pick<Device, 'proxy_address' | 'parent_port_no'>): number =>
  device.proxy_address?.channel_id ?? (device.parent_port_no >= PON_MARK ? device.parent_port_no - PON_MARK : device.parent_port_no);
