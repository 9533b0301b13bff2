import type { VendorError } from '../../../core/src/index.ts';
import type { Channel } from './channel.ts';
import { failed, type Lookup } from './lookup.ts';
import { FAILED_REASONS, type Onu } from './onu.ts';

export interface ReadyWanted {
  readonly withinMs?: number;
  readonly everyMs?: number;
  /** Wait on until VOLTHA gives this reason, e.g. `omci-flows-pushed` after a service was put on. */
  readonly reason?: string;
}

/**
 * Waits, by the clock, until the ONU is ready and shows its UNI.
 * @throws VendorError (by the returned function) notFound when it never appeared, deviceSilent when it appeared and did not get that far.
 * @example await onuReady(channel, lookup(channel))('ALPHe3d1cfab', { reason: 'omci-flows-pushed' })
 */
export function onuReady(channel: Channel, { find, reread, state }: Lookup) {
  return async function ensureReady(serial: string, { withinMs = 180_000, everyMs = 2_000, reason }: ReadyWanted = {}): Promise<Onu> {
    const until = Date.parse(channel.clock.now()) + withinMs;
    let seen: Onu | undefined;
    for (;;) {
      let missing: unknown;
      try {
        // Once known, it is asked for alone: a list of everything is megabytes on a real network.
        seen = await state(seen ? await reread(seen.deviceId) : await find(serial, 'onus.ensureReady'));
      } catch (error) {
        if ((error as VendorError).kind !== 'notFound') throw error;
        missing = error;
        seen = undefined;
      }
      if (seen?.ready && seen.uni && (reason === undefined || seen.reason === reason)) return seen;
      const hopeless = seen !== undefined && FAILED_REASONS.has(seen.reason);
      if (!hopeless && Date.parse(channel.clock.now()) < until) {
        await channel.clock.sleep(everyMs);
        continue;
      }
      if (!seen) throw missing;
      const cause = !seen.ready ? 'onuNotReady' : !seen.uni ? 'uniNotReady' : 'reasonNotReached';
      throw failed('onus.ensureReady', {
        kind: 'deviceSilent',
        message: `ONU ${seen.serial} is not ${reason === undefined ? 'ready' : `at ${reason}`}: ${seen.adminState}, ${seen.operStatus}, ${seen.connectStatus}, ${seen.reason || 'no reason given'}${cause === 'uniNotReady' ? ', no UNI yet' : ''}.`,
        hint: seen.connectStatus === 'REACHABLE' ? 'It answers but did not finish. Read its optical level; reboot it once.' : 'No light or no power: check the drop fibre and the ONT.',
        detail: { cause, reason: seen.reason, operStatus: seen.operStatus, connectStatus: seen.connectStatus, adminState: seen.adminState },
      });
    }
  };
}
