import type { VendorError } from '../../../core/src/index.ts';
import type { Channel } from './channel.ts';
import { extended } from './extended.ts';
import type { Lookup } from './lookup.ts';

export interface OnuAlarm {
  /** OMCI class and instance of what is in alarm. */
  readonly classId: number;
  readonly instanceId: number;
  readonly name: string;
  readonly description: string;
}
export interface OnuAlarms {
  readonly serial: string;
  readonly alarms: readonly OnuAlarm[];
}
export interface OnuDistance {
  readonly serial: string;
  readonly metres: number | null;
}
export interface OnuPort {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly operStatus: string;
}
export interface UniInfo {
  readonly serial: string;
  /** Counted from 1. */
  readonly uni: number;
  readonly locked: boolean;
  readonly linkUp: boolean;
  /** e.g. `GIGABIT_ETHERNET_FDX`; `UNKOWN` as the protocol spells it when nothing is plugged in. */
  readonly speed: string;
}

/** What else an ONU can be asked. @example (await onuReadings(channel, lookup(channel)).activeAlarms('ALPHe3d1cfab')).alarms */
export function onuReadings(channel: Channel, { find, ports }: Lookup) {
  return {
    /** Alarms the ONU holds active now, by OMCI. */
    async activeAlarms(serial: string): Promise<OnuAlarms> {
      const onu = await find(serial, 'onus.activeAlarms');
      const { onuActiveAlarms } = await extended(channel, 'onus.activeAlarms')(onu.id, { onuActiveAlarms: { empty: {} } });
      const alarms = (onuActiveAlarms?.active_alarms ?? []).map((one) => ({ classId: one.class_id, instanceId: one.instance_id, name: one.name, description: one.description }));
      return { serial: onu.serial_number, alarms };
    },
    /** Fibre length to the OLT in metres, as the OLT ranged it; null from an adapter that does not tell (openolt 4.7 never does). */
    async distance(serial: string): Promise<OnuDistance> {
      const onu = await find(serial, 'onus.distance');
      try {
        const { distance } = await extended(channel, 'onus.distance')(onu.parent_id, { distance: { onuDeviceId: onu.id } });
        return { serial: onu.serial_number, metres: distance?.distance ?? null };
      } catch (error) {
        if ((error as VendorError).detail?.['errReason'] === 'UNSUPPORTED') return { serial: onu.serial_number, metres: null };
        throw error;
      }
    },
    /** Link of one UNI, counted from 1: what is plugged in behind the ONT. */
    async uniInfo(serial: string, uni = 1): Promise<UniInfo> {
      const onu = await find(serial, 'onus.uniInfo');
      const { uniInfo } = await extended(channel, 'onus.uniInfo')(onu.id, { uniInfo: { uniIndex: uni - 1 } });
      return { serial: onu.serial_number, uni, locked: uniInfo?.admState === 'LOCKED', linkUp: uniInfo?.operState === 'ENABLED', speed: String(uniInfo?.configInd ?? '') };
    },
    /** PON and UNI ports; `name` is the service port name and empty on the PON side. */
    async ports(serial: string): Promise<readonly OnuPort[]> {
      const onu = await find(serial, 'onus.ports');
      return (await ports(onu.id)).map((port) => ({ name: port.ofp_port?.name ?? '', label: port.label, type: String(port.type), operStatus: String(port.oper_status) }));
    },
  };
}
