// rw_core's northbound calls, failure codes included (access reference 1.2). Words of errors follow what the real core answers.
import { ponPortNo } from '../../../voltha/src/device.ts';
import { extValue } from './extension.ts';
import type { Fleet, SimOlt, SimOnu } from './fleet.ts';
import { GrpcStatus } from './grpcStatus.ts';
import { activeVersion, imageCalls } from './images.ts';

type Answer = object | Promise<object>;
interface OnSerial {
  readonly olt_device_id: { readonly id: string } | null;
  readonly port: { readonly port_no: number } | null;
  readonly serial_number: string;
}
type Handler = (request: never) => Answer;

/** The calls this core serves; everything else is UNIMPLEMENTED, as in the real one. */
export function coreCalls(fleet: Fleet): Readonly<Record<string, Handler>> {
  const oltDevice = (olt: SimOlt) => ({
    id: olt.id, type: 'openolt', root: true, vendor: 'Simulated', model: 'SIM-16', serial_number: olt.serial, host_and_port: olt.hostAndPort, admin_state: olt.admin,
    oper_status: fleet.oltUp(olt) ? 'ACTIVE' : olt.admin === 'ENABLED' ? 'ACTIVATING' : 'UNKNOWN', connect_status: fleet.oltUp(olt) ? 'REACHABLE' : 'UNREACHABLE', reason: '',
  });
  const onuDevice = (onu: SimOnu) => {
    const { oper, connect, reason } = fleet.view(onu);
    return {
      id: onu.id, type: 'brcm_openomci_onu', root: false, parent_id: onu.oltId, vendor: onu.vendorId, vendor_id: onu.vendorId, serial_number: onu.serial,
      model: 'SIM-ONT-4GE', hardware_version: `${onu.vendorId}-HW-1.0`, firmware_version: activeVersion(onu), mac_address: `02:00:5e:00:00:${onu.onuId.toString(16).padStart(2, '0')}`,
      admin_state: onu.admin, oper_status: oper, connect_status: connect, reason, parent_port_no: ponPortNo(onu.ponPort),
      proxy_address: { device_id: onu.oltId, device_type: 'openolt', channel_id: onu.ponPort, onu_id: onu.onuId },
    };
  };
  const device = (id: string) => {
    const olt = fleet.olt(id);
    if (olt) return oltDevice(olt);
    const onu = fleet.onu(id);
    if (onu) return onuDevice(onu);
    throw new GrpcStatus(5, id);
  };
  const known = (id: string): SimOlt | SimOnu => {
    const found = fleet.olt(id) ?? fleet.onu(id);
    if (!found) throw new GrpcStatus(5, id);
    return found;
  };

  const childOf = (id: string): SimOnu => {
    const onu = fleet.onu(id);
    if (!onu) throw new GrpcStatus(5, id);
    return onu;
  };
  const bySerial = ({ olt_device_id: olt, port, serial_number: serial }: OnSerial): SimOnu => {
    if (!fleet.olt(olt?.id ?? '')) throw new GrpcStatus(5, olt?.id ?? '');
    const onu = fleet.onus.find((one) => one.serial === serial && one.oltId === olt?.id);
    if (!onu) throw new GrpcStatus(5, `onu-device-id-not-found-for-serial-number-${serial}`);
    // The adapter takes the port's number, mark included.
    if (port?.port_no !== ponPortNo(onu.ponPort)) throw new GrpcStatus(2, `disable-child-serial-number-failed: rpc error: code = Unknown desc = onu-serial-number-disable-failed`);
    return onu;
  };
  /** Not idempotent: what is so already is a failed precondition. */
  const ploam = (onu: SimOnu, shut: boolean) => {
    if (shut === (onu.admin === 'DISABLED')) throw new GrpcStatus(9, `device-already-${shut ? 'disabled' : 'enabled'}: ${onu.id}`);
    onu.admin = shut ? 'DISABLED' : 'ENABLED';
    onu.blocked = shut;
    onu.since = fleet.now;
    return {};
  };

  return {
    GetVoltha: () => ({ version: JSON.stringify({ version: '3.7.13', goversion: '1.25.3' }) }),
    ListDevices: () => ({ items: [...fleet.olts.map(oltDevice), ...fleet.onus.map(onuDevice)] }),
    GetDevice: ({ id }: { id: string }) => device(id),
    CreateDevice: ({ type, host_and_port: address, mac_address: mac }: { type: string; host_and_port?: string; mac_address?: string }) => {
      if (!type || (!address && !mac)) throw new GrpcStatus(2, 'no-device-info-present; MAC or HOSTIP&PORT');
      if (fleet.olts.some((olt) => olt.hostAndPort === address)) throw new GrpcStatus(2, 'device is already pre-provisioned');
      const [ip = '', port = '9191'] = String(address).split(':');
      return oltDevice(fleet.addOlt({ ip, port: Number(port) }, 'PREPROVISIONED'));
    },
    EnableDevice: ({ id }: { id: string }) => {
      const found = known(id);
      if (found.admin === 'ENABLED') throw new GrpcStatus(9, `cannot-enable-an-already-enabled-device: ${id}`);
      found.admin = 'ENABLED';
      if ('since' in found) found.since = fleet.now;
      else found.enabledAt = fleet.now;
      return {};
    },
    DisableDevice: ({ id }: { id: string }) => {
      const found = known(id);
      if (found.admin === 'PREPROVISIONED') throw new GrpcStatus(9, `deviceId:${id}, Device is in preprovisioned state`);
      found.admin = 'DISABLED';
      return {};
    },
    RebootDevice: ({ id }: { id: string }) => {
      const found = known(id);
      if ('since' in found) {
        const { oper, connect } = fleet.view(found);
        if (connect !== 'REACHABLE') throw new GrpcStatus(9, `cannot complete operation as device :${id} is in operstatus:${oper} ,connect-status:${connect}`);
        found.rebootedAt = fleet.now;
        found.since = fleet.now + 3_000;
      }
      return {};
    },
    DeleteDevice: ({ id }: { id: string }) => {
      known(id);
      const olt = fleet.olts.findIndex((one) => one.id === id);
      if (olt >= 0) fleet.olts.splice(olt, 1);
      for (let index = fleet.onus.length - 1; index >= 0; index -= 1) {
        const onu = fleet.onus[index]!;
        if (onu.id !== id && onu.oltId !== id) continue;
        fleet.onus.splice(index, 1);
        // A lit ONU is discovered again at once.
        const parent = fleet.olt(onu.oltId);
        if (parent && onu.lit && !onu.blocked) fleet.plug({ serial: onu.serial, oltIp: parent.ip, ponPort: onu.ponPort, productClass: '', oui: '', rxPowerDbm: onu.rxPowerDbm });
      }
      return {};
    },
    ListDevicePorts: ({ id }: { id: string }) => {
      const onu = fleet.onu(id);
      if (!onu) {
        known(id);
        return { items: Array.from({ length: 16 }, (_, pon) => ({ port_no: ponPortNo(pon), label: `pon-${pon}`, type: 'PON_OLT', oper_status: 'ACTIVE', device_id: id })) };
      }
      const { oper, hasUni } = fleet.view(onu);
      const uni = { port_no: 256, label: 'uni-256', type: 'ETHERNET_UNI', admin_state: onu.admin, oper_status: oper, device_id: id, ofp_port: { port_no: 256, name: fleet.uniName(onu), state: 1 } };
      return { items: [{ port_no: 1, label: 'PON port', type: 'PON_ONU', oper_status: oper, device_id: id }, ...(hasUni ? [uni] : [])] };
    },
    GetExtValue: (request: never) => extValue(fleet, request),
    DisableOnuDevice: ({ id }: { id: string }) => ploam(childOf(id), true),
    EnableOnuDevice: ({ id }: { id: string }) => ploam(childOf(id), false),
    DisableOnuSerialNumber: (asked: OnSerial) => ploam(bySerial(asked), true),
    EnableOnuSerialNumber: (asked: OnSerial) => ploam(bySerial(asked), false),
    ...imageCalls(fleet),
  };
}
