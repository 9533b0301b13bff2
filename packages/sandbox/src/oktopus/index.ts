// Oktopus (controller, ACS, brokers) with the devices behind it, as its source has it; acs.md 3.
import { serve, type Running } from '../http.ts';
import { factoryTree } from '../genieacs/models.ts';
import type { World } from '../world.ts';
import type { MqttBroker } from './mqttBroker.ts';
import type { NatsServer } from './natsServer.ts';
import { rest } from './rest.ts';
import { freshDevice, type OktopusDevice, type OktopusState, type Transport } from './state.ts';
import { tells, type CwmpEvent } from './tells.ts';

export interface OktopusOptions {
  readonly port?: number;
  readonly users?: Readonly<Record<string, string>>;
  /** Where its services talk; left out, nobody hears of devices coming and going. */
  readonly nats?: NatsServer;
  readonly mqtt?: MqttBroker;
}
/** A device that connects to Oktopus rather than to GenieACS: the world's `oktopus.connects`. */
export interface OktopusConnects { readonly serial: string; readonly oui: string; readonly productClass: string; readonly over: 'cwmp' | 'mqtt' | 'ws' | 'stomp'; readonly event?: CwmpEvent }

const TRANSPORTS: Readonly<Record<OktopusConnects['over'], Transport>> = { cwmp: 'Cwmp', mqtt: 'Mqtt', ws: 'Websockets', stomp: 'Stomp' };

/**
 * Starts the controller on loopback. Devices appear when the world says `oktopus.connects`, and go silent with `oktopus.leaves`.
 * @example const oss = await startOktopus(world, { users: { 'ops@example.ca': 'secret' } }); const device = await oss.plug({ serial: 'A1', oui: '1C61B4', productClass: 'XX230v', over: 'mqtt' });
 */
export async function startOktopus(world: World, { port = 0, users = {}, nats, mqtt }: OktopusOptions = {}) {
  const state: OktopusState = { devices: new Map(), users: new Map(Object.entries(users)), jwtKey: 'supersecretkey', down: new Set(), logins: 0, peakCwmp: 0 };
  const tell = tells(nats, mqtt);
  let addresses = 10;

  async function plug({ serial, oui, productClass, over, event = '0 BOOTSTRAP' }: OktopusConnects): Promise<OktopusDevice> {
    const known = state.devices.get(serial);
    const device = known ?? freshDevice(serial, oui, productClass, `10.30.0.${addresses++}`);
    state.devices.set(serial, device);
    device.transports[TRANSPORTS[over]] = 2;
    if (over !== 'cwmp') {
      await tell.agent(device, over, true, !known);
      return device;
    }
    // The ACS passes on the first Inform only, and tells nobody of the next.
    if (!device.acsKnows) tell.inform(device, event, world.clock.now(), !known);
    device.acsKnows = true;
    return device;
  }
  async function leave({ serial }: { readonly serial: string }): Promise<void> {
    const device = state.devices.get(serial);
    if (!device) return;
    for (const [over, transport] of Object.entries(TRANSPORTS)) {
      if (device.transports[transport] === 0) continue;
      device.transports[transport] = 0;
      if (over === 'cwmp') tell.silent(device);
      else await tell.agent(device, over as 'mqtt', false, false);
    }
    device.acsKnows = false;
  }
  const restart = (device: OktopusDevice, reset: boolean): void => {
    device.reboots += 1;
    if (reset) {
      device.resets += 1;
      device.tree = factoryTree(device.productClass, device.serial, device.ip);
    }
    if (device.transports.Mqtt === 2) void tell.boot(device, reset ? 'RemoteFactoryReset' : 'RemoteReboot');
  };

  const running: Running = await serve(world, 'oktopus', rest(world, state, restart), port);
  world.on<OktopusConnects>('oktopus.connects', async (device) => void (await plug(device)));
  world.on<{ readonly serial: string }>('oktopus.leaves', leave);
  return {
    ...running,
    state,
    plug,
    leave,
    /** The ACS service starts anew: it has forgotten every CPE until each informs again. */
    restartAcs: (): void => {
      for (const device of state.devices.values()) device.acsKnows = false;
    },
  };
}
export type OktopusSandbox = Awaited<ReturnType<typeof startOktopus>>;
export { startMqtt, type MqttBroker } from './mqttBroker.ts';
export { startNats, type NatsServer } from './natsServer.ts';
export type { OktopusDevice } from './state.ts';
