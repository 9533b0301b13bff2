import { sameOnt, type VendorError } from '../../../core/src/index.ts';
import type { Channel } from './channel.ts';
import { ponOf, type Device } from './device.ts';
import { extended, type Extended } from './extended.ts';
import type { Lookup } from './lookup.ts';
import { defaultLimits, opticalVerdict, type OpticalEnds, type OpticalVerdict } from './opticalVerdict.ts';

/** Optical levels of one ONU seen from both ends. Powers in dBm rounded to 0.01; null = no reading. */
export interface OpticalReading extends OpticalVerdict {
  readonly serial: string;
  readonly oltDeviceId: string;
  readonly ponPort: number;
  readonly rxPowerDbm: number | null;
  readonly txPowerDbm: number | null;
  readonly oltRxPowerDbm: number | null;
  readonly laserBiasMa: number | null;
  readonly temperatureC: number | null;
}
/** One PON measured. `failed` counts ONUs that are lit and gave no reading. */
export interface PonScan {
  readonly oltDeviceId: string;
  readonly ponPort: number;
  readonly readings: readonly (OpticalReading & { readonly connectStatus: string })[];
  readonly failed: number;
}
export interface ScanOptions {
  readonly limits?: OpticalEnds;
  /** How many ONUs are asked at the same time; default 4. Each runs a self-test that takes seconds. */
  readonly atOnce?: number;
}
type OnuLight = NonNullable<Extended['onuOpticalInfo']>;
type OltLight = NonNullable<Extended['oltRxPower']>['rx_power'];

const round = (value: number): number => Math.round(value * 100) / 100;
/** The ONT's raw 0 converts to exactly −30 dBm: nothing was measured (access reference 1.2). */
const power = (dbm: number): number | null => (round(dbm) === -30 ? null : round(dbm));

/** Both are free texts of the OLT's own software; `FAIL_REASON_NONE` is how it says that all went well. */
const failed = ({ status, fail_reason: why }: { readonly status: string; readonly fail_reason: string }): boolean =>
  (status !== '' && !/success|ok/i.test(status)) || (why !== '' && !/none/i.test(why));
const why = (error: unknown): string => String((error as VendorError).detail?.['errReason'] ?? (error as VendorError).kind ?? 'failed');

/** Readings of light. @example (await optical(channel, lookup(channel)).read('ALPHe3d1cfab')).verdict // 'good' */
export function optical(channel: Channel, { list, find }: Lookup, limits: OpticalEnds = defaultLimits) {
  const turn = new Map<string, Promise<unknown>>();
  const ask = extended(channel, 'optical');

  /** An ONU answers one self-test at a time: readers of the same one queue (contract 6). */
  function inTurn<T>(deviceId: string, work: () => Promise<T>): Promise<T> {
    const mine = (turn.get(deviceId) ?? Promise.resolve()).then(work, work);
    const settled = mine.then(() => undefined, () => undefined);
    turn.set(deviceId, settled);
    void settled.then(() => {
      if (turn.get(deviceId) === settled) turn.delete(deviceId);
    });
    return mine;
  }
  const onuSide = (deviceId: string): Promise<OnuLight | undefined> => inTurn(deviceId, async () => (await ask(deviceId, { onuOpticalInfo: { empty: {} } })).onuOpticalInfo);

  /** The ONT's own reading stands without it: many OLTs do not measure upstream. An empty serial asks for the whole PON. */
  async function oltSide(oltDeviceId: string, pon: number, serial: string): Promise<{ readonly light: OltLight; readonly note?: string }> {
    try {
      return { light: (await ask(oltDeviceId, { oltRxPower: { port_label: `pon-${pon}`, onu_sn: serial } })).oltRxPower?.rx_power ?? [] };
    } catch (error) {
      return { light: [], note: `The OLT gave no level: ${why(error)}.` };
    }
  }

  function told(device: Device, info: OnuLight | undefined, olt: Awaited<ReturnType<typeof oltSide>>, ends: OpticalEnds): OpticalReading {
    const mine = olt.light.find((one) => sameOnt(one.onu_sn, device.serial_number));
    const dark = !mine || failed(mine);
    const note = olt.note ?? (dark ? `The OLT gave no level${mine?.fail_reason ? `: ${mine.fail_reason}` : ''}.` : undefined);
    const rxPowerDbm = info ? power(info.receivedOpticalPower) : null;
    const oltRxPowerDbm = dark ? null : round(mine.rx_power);
    const { verdict, because } = opticalVerdict({ rxPowerDbm, oltRxPowerDbm }, ends);
    return {
      serial: device.serial_number, oltDeviceId: device.parent_id, ponPort: ponOf(device),
      rxPowerDbm, txPowerDbm: info ? power(info.meanOpticalLaunchPower) : null, oltRxPowerDbm,
      laserBiasMa: info ? round(info.laserBiasCurrent) : null, temperatureC: info ? round(info.temperature) : null,
      verdict, because: note ? [...because, note] : because,
    };
  }

  return {
    /** @throws VendorError deviceSilent when the ONT does not answer its self-test. */
    async read(serial: string, ends: OpticalEnds = limits): Promise<OpticalReading> {
      const device = await find(serial, 'optical');
      const info = await onuSide(device.id);
      return told(device, info, await oltSide(device.parent_id, ponOf(device), device.serial_number), ends);
    },

    /**
     * Every ONU of one PON: one list, one question to the OLT for all of them, one self-test per lit ONU, never two on the same. An ONU
     * that is off or does not answer is told with `noReading` and why; it does not stop the others.
     * @param oltDeviceId device id, as `olts.get` gives it.
     * @example (await voltha.scan('olt-1', 3)).readings.filter((one) => one.verdict !== 'good')
     */
    async scan(oltDeviceId: string, ponPort: number, { limits: ends = limits, atOnce = 4 }: ScanOptions = {}): Promise<PonScan> {
      const devices = (await list()).filter((one) => !one.root && one.parent_id === oltDeviceId && ponOf(one) === ponPort);
      const olt = devices.length > 0 ? await oltSide(oltDeviceId, ponPort, '') : { light: [] };
      const readings = new Array<PonScan['readings'][number]>(devices.length);
      let silent = 0;
      let next = 0;
      const worker = async (): Promise<void> => {
        for (let index = next++; index < devices.length; index = next++) {
          const device = devices[index]!;
          const connectStatus = String(device.connect_status);
          let info: OnuLight | undefined;
          let note = connectStatus === 'REACHABLE' ? '' : `The ONT is ${connectStatus}: not asked.`;
          if (note === '') {
            try {
              info = await onuSide(device.id);
            } catch (error) {
              silent += 1;
              note = `The ONT gave no level: ${why(error)}.`;
            }
          }
          const reading = told(device, info, olt, ends);
          readings[index] = { ...reading, because: note ? [...reading.because, note] : reading.because, connectStatus };
        }
      };
      await Promise.all(Array.from({ length: Math.max(1, atOnce) }, worker));
      return { oltDeviceId, ponPort, readings: readings.sort((a, b) => a.serial.localeCompare(b.serial, 'en')), failed: silent };
    },
  };
}
