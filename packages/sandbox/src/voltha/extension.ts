// extension.Extension/GetExtValue: errors ride inside an OK answer (access reference 1.2).
import { GrpcStatus } from './grpcStatus.ts';
import type { Fleet, SimOnu } from './fleet.ts';

interface Asked {
  readonly targetId: string;
  readonly request: { readonly request?: string; readonly oltRxPower?: { readonly port_label: string; readonly onu_sn: string }; readonly uniInfo?: { readonly uniIndex: number } } | null;
}
const ok = (value: object) => ({ response: { status: 'OK', ...value } });
const error = (errReason: string) => ({ response: { status: 'ERROR', errReason } });

/** How many self-tests of one ONU are running; a second one at a time is answered with an error. */
const testing = new WeakMap<SimOnu, number>();

export async function extValue(fleet: Fleet, { targetId, request }: Asked): Promise<object> {
  const onu = fleet.onu(targetId);
  const olt = fleet.olt(targetId);
  if (!onu && !olt) throw new GrpcStatus(5, `target-id ${targetId}`);
  switch (request?.request) {
    case 'onuOpticalInfo': {
      if (!onu) return error('INVALID_DEVICE');
      if ((testing.get(onu) ?? 0) > 0) return error('INTERNAL_ERROR');
      testing.set(onu, 1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      testing.set(onu, 0);
      if (fleet.view(onu).connect !== 'REACHABLE') return error('TIMEOUT');
      // The wire carries a 16-bit count of 0.002 dB above −30 dBm, so 0 reads as exactly −30.
      const rx = Math.round((onu.rxPowerDbm + 30) / 0.002) * 0.002 - 30;
      return ok({ onuOpticalInfo: { powerFeedVoltage: 3.28, receivedOpticalPower: rx, meanOpticalLaunchPower: 2.31, laserBiasCurrent: 9.8, temperature: 41.25 } });
    }
    case 'oltRxPower': {
      if (!olt) return error('INVALID_DEVICE');
      const { port_label: label = '', onu_sn: serial = '' } = request.oltRxPower ?? {};
      const there = fleet.onus.filter((one) => one.oltId === olt.id && `pon-${one.ponPort}` === label && (serial === '' || one.serial === serial));
      if (!/^pon-\d+$/.test(label)) return error('INVALID_PORT_TYPE');
      return ok({
        oltRxPower: {
          port_label: label,
          rx_power: there.map((one) => (one.lit ? { onu_sn: one.serial, status: 'SUCCESS', fail_reason: 'FAIL_REASON_NONE', rx_power: one.rxPowerDbm - 1.2 } : { onu_sn: one.serial, status: 'FAILED', fail_reason: 'FAIL_REASON_MEASUREMENT', rx_power: 0 })),
        },
      });
    }
    case 'distance':
      // openolt never measures it, and the ONU's adapter is not asked for it.
      return olt?.distanceMetres === undefined ? error('UNSUPPORTED') : ok({ distance: { distance: olt.distanceMetres } });
    case 'uniInfo': {
      if (!onu) return error('UNSUPPORTED');
      if (request.uniInfo?.uniIndex !== 0) return error('INVALID_PORT_TYPE');
      if (fleet.view(onu).connect !== 'REACHABLE') return error('TIMEOUT');
      return ok({ uniInfo: { admState: onu.admin === 'ENABLED' ? 'UNLOCKED' : 'LOCKED', operState: onu.uniDown ? 'DISABLED' : 'ENABLED', configInd: onu.uniDown ? 'UNKOWN' : 'GIGABIT_ETHERNET_FDX' } });
    }
    case 'onuActiveAlarms':
      if (!onu) return error('UNSUPPORTED');
      return ok({ onuActiveAlarms: { active_alarms: onu.alarms ?? [] } });
    default:
      return error('INVALID_REQ_TYPE');
  }
}
