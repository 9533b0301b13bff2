import { sameOnt, VendorError } from '../../../core/src/index.ts';
import type { Channel } from './channel.ts';
import { DEADLINES } from './device.ts';
import { VENDOR } from './failures.ts';
import type { Onu } from './onu.ts';
import { defaultLimits, opticalVerdict, type OpticalVerdict } from './opticalVerdict.ts';

/** Optical levels of one ONU seen from both ends. Powers in dBm rounded to 0.01; null = no reading. */
export interface OpticalReading extends OpticalVerdict {
  readonly serial: string;
  readonly rxPowerDbm: number | null;
  readonly txPowerDbm: number | null;
  readonly oltRxPowerDbm: number | null;
  readonly laserBiasMa: number | null;
  readonly temperatureC: number | null;
}
interface Extended {
  readonly status: string;
  readonly errReason: string;
  readonly onuOpticalInfo?: { readonly receivedOpticalPower: number; readonly meanOpticalLaunchPower: number; readonly laserBiasCurrent: number; readonly temperature: number };
  readonly oltRxPower?: { readonly rx_power: readonly { readonly onu_sn: string; readonly status: string; readonly fail_reason: string; readonly rx_power: number }[] };
}

const round = (value: number): number => Math.round(value * 100) / 100;
/** The ONT's raw 0 converts to exactly −30 dBm: nothing was measured (access reference 1.2). */
const power = (dbm: number): number | null => (round(dbm) === -30 ? null : round(dbm));

/** Both are free texts of the OLT's own software; `FAIL_REASON_NONE` is how it says that all went well. */
const failed = ({ status, fail_reason: why }: { readonly status: string; readonly fail_reason: string }): boolean =>
  (status !== '' && !/success|ok/i.test(status)) || (why !== '' && !/none/i.test(why));

/** @example const read = optical(channel, onus.findBySerial); (await read('ALPHe3d1cfab')).verdict // 'good' */
export function optical(channel: Channel, findBySerial: (serial: string) => Promise<Onu>, limits: typeof defaultLimits = defaultLimits) {
  const turn = new Map<string, Promise<unknown>>();

  async function ask(targetId: string, request: object): Promise<Extended> {
    for (let attempt = 1; ; attempt += 1) {
      const { response } = await channel.call<{ response: Extended | null }>('GetExtValue', { targetId, request }, { deadlineMs: DEADLINES.optical });
      if (response?.status === 'OK') return response;
      const reason = response?.errReason ?? 'no response';
      if (reason === 'TIMEOUT' && attempt === 1) {
        await channel.clock.sleep(5_000);
        continue;
      }
      throw new VendorError({
        vendor: VENDOR,
        operation: 'optical',
        kind: reason === 'TIMEOUT' ? 'deviceSilent' : 'unexpectedReply',
        message: `VOLTHA could not read it: ${reason}.`,
        hint: reason === 'UNSUPPORTED' ? 'This equipment does not report it.' : 'The ONT may be dark or busy with another self-test; read again in a minute.',
        detail: { errReason: String(reason) },
      });
    }
  }

  /** An ONU answers one self-test at a time: readers of the same one queue. */
  function inTurn<T>(deviceId: string, work: () => Promise<T>): Promise<T> {
    const mine = (turn.get(deviceId) ?? Promise.resolve()).then(work, work);
    const settled = mine.then(() => undefined, () => undefined);
    turn.set(deviceId, settled);
    void settled.then(() => {
      if (turn.get(deviceId) === settled) turn.delete(deviceId);
    });
    return mine;
  }

  async function oltSide(onu: Onu): Promise<{ readonly dbm: number | null; readonly note?: string }> {
    try {
      const { oltRxPower } = await ask(onu.oltDeviceId, { oltRxPower: { port_label: `pon-${onu.ponPort}`, onu_sn: onu.serial } });
      const mine = oltRxPower?.rx_power.find((one) => sameOnt(one.onu_sn, onu.serial));
      if (!mine || failed(mine)) return { dbm: null, note: `The OLT gave no level${mine?.fail_reason ? `: ${mine.fail_reason}` : ''}.` };
      return { dbm: round(mine.rx_power) };
    } catch (error) {
      // The ONT's own reading stands without it: many OLTs do not measure upstream.
      return { dbm: null, note: `The OLT gave no level: ${String((error as VendorError).detail?.['errReason'] ?? (error as VendorError).kind ?? 'failed')}.` };
    }
  }

  /** @throws VendorError deviceSilent when the ONT does not answer its self-test. */
  return async function read(serial: string): Promise<OpticalReading> {
    const onu = await findBySerial(serial);
    return inTurn(onu.deviceId, async () => {
      const { onuOpticalInfo: info } = await ask(onu.deviceId, { onuOpticalInfo: { empty: {} } });
      const olt = await oltSide(onu);
      const rxPowerDbm = info ? power(info.receivedOpticalPower) : null;
      const { verdict, because } = opticalVerdict({ rxPowerDbm, oltRxPowerDbm: olt.dbm }, limits);
      return {
        serial: onu.serial,
        rxPowerDbm,
        txPowerDbm: info ? power(info.meanOpticalLaunchPower) : null,
        oltRxPowerDbm: olt.dbm,
        laserBiasMa: info ? round(info.laserBiasCurrent) : null,
        temperatureC: info ? round(info.temperature) : null,
        verdict,
        because: olt.note ? [...because, olt.note] : because,
      };
    });
  };
}
