import { callbackQueue } from './callbacks.ts';
import type { Acs, AcsDevice } from './genieacs/index.ts';
import type { OktopusSandbox } from './oktopus/index.ts';
import type { CpeAcsChanged, World } from './world.ts';

export interface AcsMoveOptions {
  /** The URL by which CPEs reach Oktopus' CWMP service. */
  readonly newUrl: string;
  /** Between the end of a session and the first call to another ACS. */
  readonly callAfterMs?: number;
}

const SILENT_MS = 300_000;

/**
 * Lets CPEs walk between the two ACSes, as their ManagementServer.URL says: whoever writes it loses them, the other hears `0 BOOTSTRAP`
 * from them (TR-069 3.7.1.5). A CPE that reaches neither calls nobody.
 * @example const move = linkAcses(world, genieacs.acs, oktopus, { newUrl: 'http://oss.example:9292/acs' }); await move.passTime(600_000);
 */
export function linkAcses(world: World, acs: Acs, oss: OktopusSandbox, { newUrl, callAfterMs = 5_000 }: AcsMoveOptions) {
  const callbacks = callbackQueue(world);
  /** Cannot reach the new ACS: a firewall, another VLAN, a name that does not resolve there. */
  const cutOff = new Set<string>();
  const heard = new Map<string, number>();
  const dueAt = new Map<string, number>();
  const root = (device: AcsDevice): string => [...device.tree.keys()][0]!.split('.')[0]!;
  const at = (device: AcsDevice, name: string) => device.tree.get(`${root(device)}.ManagementServer.${name}`)?.value;
  const devices = new Map<string, AcsDevice>();
  const homeUrls = new Map<string, string>();
  const find = (serial: string): AcsDevice | undefined => acs.find(serial) ?? devices.get(serial);

  async function call(device: AcsDevice, event: '0 BOOTSTRAP' | '2 PERIODIC'): Promise<void> {
    if (!device.online) return;
    const who = { serial: device.serial, oui: device.oui, productClass: device.productClass };
    if (at(device, 'URL') === newUrl) {
      if (cutOff.has(device.serial)) return;
      const there = await oss.plug({ ...who, over: 'cwmp', event });
      // One CPE, one memory, whoever manages it.
      there.tree = device.tree;
      heard.set(device.serial, world.clock.ms);
    } else if (at(device, 'URL') === homeUrls.get(device.serial)) {
      device.sessionDelayMs = 0;
      await acs.inform({ ...who, event, ip: device.ip });
    }
  }

  world.on<CpeAcsChanged>('cpe.acsChanged', ({ serial, url }) => {
    const device = find(serial);
    if (!device) return;
    if (!devices.has(serial)) {
      device.tree.set(`${root(device)}.DeviceInfo.ManufacturerOUI`, { value: device.oui, type: 'xsd:string', writable: false });
    }
    devices.set(serial, device);
    // It answers the old ACS' connection requests, and then calls the other.
    if (url === newUrl) device.sessionDelayMs = Number.POSITIVE_INFINITY;
    callbacks.add(callAfterMs, async () => {
      await call(device, '0 BOOTSTRAP');
      return true;
    });
  });

  return {
    cutOff,
    /** Every CPE of GenieACS keeps the URL it has now as its home. */
    settleIn(): void {
      for (const device of acs.state.devices.values()) {
        devices.set(device.serial, device);
        homeUrls.set(device.serial, String(at(device, 'URL')));
        device.tree.set(`${root(device)}.DeviceInfo.ManufacturerOUI`, { value: device.oui, type: 'xsd:string', writable: false });
      }
    },
    /** Time goes by: CPEs call at their interval, and Oktopus takes the silent ones for offline. */
    async passTime(ms: number): Promise<void> {
      for (const until = world.clock.ms + ms; world.clock.ms < until; ) {
        world.clock.advance(Math.min(10_000, until - world.clock.ms));
        await callbacks.flush();
        for (const device of devices.values()) {
          const interval = Number(at(device, 'PeriodicInformInterval') ?? 300) * 1_000;
          if (world.clock.ms < (dueAt.get(device.serial) ?? 0)) continue;
          dueAt.set(device.serial, world.clock.ms + interval);
          await call(device, '2 PERIODIC');
        }
        for (const [serial, since] of heard) {
          if (world.clock.ms - since <= SILENT_MS) continue;
          heard.delete(serial);
          await oss.leave({ serial });
        }
      }
    },
    flush: () => callbacks.flush(),
    close: () => callbacks.close(),
  };
}
export type AcsMove = ReturnType<typeof linkAcses>;
