import { openChannel, type Channel, type ChannelOptions } from './channel.ts';
import { DEADLINES } from './device.ts';
import { images } from './images.ts';
import { lookup } from './lookup.ts';
import { olts } from './olts.ts';
import { onuReadings } from './onuReadings.ts';
import { onus } from './onus.ts';
import { optical } from './optical.ts';
import { defaultLimits, type OpticalEnds } from './opticalVerdict.ts';

/**
 * One VOLTHA over its northbound gRPC: ONUs, OLTs, light, software. Close it when done.
 * @param options `channel` takes the place of the one that would be opened: for a program that counts or disturbs calls.
 * @throws VendorError from every call; its `kind` separates "no such ONU" (notFound), "ONU dark" (deviceSilent) and "VOLTHA away"
 * (unavailable) (S0-88).
 * @example const v = voltha({ address: '127.0.0.1:55555', clock: systemClock }); await v.onus.ensureReady('ALPHe3d1cfab'); v.close();
 */
export function voltha(options: (ChannelOptions | { readonly channel: Channel }) & { readonly limits?: OpticalEnds }) {
  const channel = 'channel' in options ? options.channel : openChannel(options);
  const at = lookup(channel);
  const light = optical(channel, at, options.limits ?? defaultLimits);
  return {
    onus: { ...onus(channel, at), ...onuReadings(channel, at) },
    olts: olts(channel, at),
    images: images(channel, at),
    optical: light.read,
    scan: light.scan,
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
