import { VendorError } from '../../../core/src/index.ts';
import type { Channel } from './channel.ts';
import { DEADLINES } from './device.ts';
import { VENDOR } from './failures.ts';

/** An answer of GetExtValue. */
export interface Extended {
  readonly status: string;
  readonly errReason: string;
  readonly distance?: { readonly distance: number };
  readonly uniInfo?: { readonly admState: string; readonly operState: string; readonly configInd: string };
  readonly onuActiveAlarms?: { readonly active_alarms: readonly { readonly class_id: number; readonly instance_id: number; readonly name: string; readonly description: string }[] };
  readonly onuOpticalInfo?: { readonly receivedOpticalPower: number; readonly meanOpticalLaunchPower: number; readonly laserBiasCurrent: number; readonly temperature: number };
  readonly oltRxPower?: { readonly rx_power: readonly { readonly onu_sn: string; readonly status: string; readonly fail_reason: string; readonly rx_power: number }[] };
}

const WORDS: Readonly<Record<string, string>> = {
  UNSUPPORTED: 'This equipment does not report it.',
  INVALID_PORT_TYPE: 'The port is not a PON of this OLT.',
  INVALID_DEVICE: 'The OLT does not know this ONU on that PON.',
};

/**
 * Asks a device something beyond its state. Errors ride inside an OK answer and come out as failures (contract 5); TIMEOUT is asked
 * once more after five seconds.
 * @throws VendorError deviceSilent (TIMEOUT) or unexpectedReply, `detail.errReason` says why.
 * @example (await extended(channel, 'distance')('onu-1', { distance: { onuDeviceId: 'onu-1' } })).distance
 */
export function extended(channel: Channel, operation: string) {
  return async function ask(targetId: string, request: object): Promise<Extended> {
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
        operation,
        kind: reason === 'TIMEOUT' ? 'deviceSilent' : 'unexpectedReply',
        message: `VOLTHA could not read it: ${reason}.`,
        hint: WORDS[reason] ?? 'The ONT may be dark or busy with another self-test; read again in a minute.',
        detail: { errReason: String(reason) },
      });
    }
  };
}
