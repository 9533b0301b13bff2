import { openChannel, type ChannelOptions } from './channel.ts';
import { DEADLINES } from './device.ts';
import { olts } from './olts.ts';
import { onus } from './onus.ts';
import { optical } from './optical.ts';
import { defaultLimits } from './opticalVerdict.ts';

/**
 * One VOLTHA over its northbound gRPC: ONUs, OLTs, optical levels. Close it when done.
 * @throws VendorError from every call; its `kind` separates "no such ONU" (notFound), "ONU dark" (deviceSilent) and "VOLTHA away"
 * (unavailable) (S0-88).
 * @example const v = voltha({ address: '127.0.0.1:55555', clock: systemClock }); await v.onus.ensureReady('ALPHe3d1cfab'); v.close();
 */
export function voltha(options: ChannelOptions & { readonly limits?: typeof defaultLimits }) {
  const channel = openChannel(options);
  const ofOnus = onus(channel);
  return {
    onus: ofOnus,
    olts: olts(channel),
    optical: optical(channel, ofOnus.findBySerial, options.limits ?? defaultLimits),
    /** The core's version: the cheapest question it answers. */
    async version(): Promise<string> {
      const { version } = await channel.call<{ version: string }>('GetVoltha', {}, { deadlineMs: DEADLINES.read });
      try {
        return String((JSON.parse(version) as { version?: string }).version ?? version);
      } catch {
        return version;
      }
    },
    close: () => channel.close(),
  };
}
export type Voltha = ReturnType<typeof voltha>;
