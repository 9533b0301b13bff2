import { ontSerial, VendorError, type Clock } from '../../../core/src/index.ts';
import { VGC, type VgcCall } from './vgcCall.ts';
import { meterProfile, type VgcProfiles } from './vgcProfiles.ts';
import { ALL_FLOWS, NOT_THERE, notConfirmed, SWITCHED_OFF, vgcServices, type ServiceOnPort, type ServiceSettings } from './vgcServices.ts';

/** A speed and the name its meter profiles start with, e.g. the plan's SKU: `FTTH150I` gives `FTTH150I_u` and `FTTH150I_d`. */
export interface SpeedWanted {
  readonly downKbps: number;
  readonly upKbps: number;
  readonly profileBase: string;
}
/** What one UNI shall carry. VLANs 1–4094, rates in kbit/s. */
export interface ServiceWanted extends SpeedWanted {
  readonly sVlan: number;
  readonly cVlan: number;
  /** Default 64. */
  readonly techProfileId?: number;
  /** DHCP relay by the controller; default true. */
  readonly dhcp?: boolean;
  readonly pppoe?: boolean;
}
export interface ServiceProvisioned {
  readonly port: string;
  readonly flowStatus: string;
  readonly upstreamProfile: string;
  readonly downstreamProfile: string;
  readonly changed: boolean;
}
export interface ServiceState extends ServiceProvisioned {
  /** Switched on in the controller. */
  readonly active: boolean;
  /** Its flows are in. */
  readonly flowing: boolean;
}
const ANY_VLAN = 4096;
const PATIENCE = { withinMs: 90_000, everyMs: 3_000 };

/** Subscriber services of one controller (S0-104, S1-089). Success always means: read back. @example await subscribers.suspend('BBSM00000001-1') */
export function vgcSubscribers(call: VgcCall, profiles: VgcProfiles, clock: Clock, limits: { readonly withinMs?: number; readonly everyMs?: number } = {}) {
  const { withinMs, everyMs } = { ...PATIENCE, ...limits };
  const services = vgcServices(call);
  const { flowStatus, onPort } = services;

  async function until(port: string, good: (status: string) => boolean, ms = withinMs): Promise<string> {
    const limit = Date.parse(clock.now()) + ms;
    for (;;) {
      const status = await flowStatus(port);
      if (good(status) || Date.parse(clock.now()) >= limit) return status;
      await clock.sleep(everyMs);
    }
  }
  /** A write whose answer got lost is looked after, never sent again. */
  async function sent(write: () => Promise<unknown>, taken: () => Promise<boolean>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if ((error as VendorError).outcome !== 'unknown' || !(await taken())) throw error;
    }
  }
  const fail = (operation: string, kind: VendorError['kind'], cause: string, message: string, hint: string, more: Record<string, string | number> = {}) => new VendorError({ vendor: VGC, operation, kind, message, hint, detail: { cause, ...more } });
  const told = (port: string, one: Pick<ServiceOnPort, 'upstreamProfile' | 'downstreamProfile'> | undefined, status: string, changed: boolean): ServiceState => ({
    port, flowStatus: status, upstreamProfile: one?.upstreamProfile ?? '', downstreamProfile: one?.downstreamProfile ?? '', changed,
    active: ![NOT_THERE, SWITCHED_OFF].includes(status), flowing: status === ALL_FLOWS,
  });
  const speed = async ({ profileBase, upKbps, downKbps }: SpeedWanted) => ({
    upstreamProfile: (await profiles.ensure(meterProfile(`${profileBase}_u`, upKbps))).id,
    downstreamProfile: (await profiles.ensure(meterProfile(`${profileBase}_d`, downKbps))).id,
  });
  const sameSpeed = (a: Pick<ServiceOnPort, 'upstreamProfile' | 'downstreamProfile'>, b: typeof a): boolean => a.upstreamProfile === b.upstreamProfile && a.downstreamProfile === b.downstreamProfile;

  async function add(operation: string, port: string, one: ServiceSettings): Promise<void> {
    // No OLT shows the service before its port is up; that it exists at all, the flow status knows.
    const there = async () => (await flowStatus(port)) !== NOT_THERE;
    await sent(() => services.add(port, one), there);
    const shown = await onPort(port);
    if (shown.length > 0 ? !shown.some((listed) => sameSpeed(listed, one)) : !(await there())) throw notConfirmed(operation, port, 'is not listed by it');
  }
  async function activate(operation: string, port: string): Promise<string> {
    await sent(() => services.switchOn(port), async () => ![NOT_THERE, SWITCHED_OFF].includes(await flowStatus(port)));
    const status = await until(port, (now) => now === ALL_FLOWS);
    if (status !== ALL_FLOWS) throw notConfirmed(operation, port, `stays ${status}`);
    return status;
  }
  async function clear(operation: string, port: string): Promise<void> {
    const gone = async () => (await flowStatus(port)) === NOT_THERE && (await onPort(port)).length === 0;
    await sent(() => services.switchOff(port), async () => [NOT_THERE, SWITCHED_OFF].includes(await flowStatus(port)));
    let mine = false;
    await sent(async () => { mine = await services.remove(port); }, gone);
    const start = Date.parse(clock.now());
    for (let swept = false; ; ) {
      if (await gone()) return;
      const waited = Date.parse(clock.now()) - start;
      if (waited >= withinMs) break;
      // Nothing of ours, or ours is gone and the port is not empty: somebody else's id holds a service on this very port.
      if (!swept && (!mine || waited >= withinMs / 2)) {
        swept = true;
        await sent(() => services.remove(port, true), gone);
        continue;
      }
      await clock.sleep(everyMs);
    }
    const status = await flowStatus(port);
    throw new VendorError({
      vendor: VGC,
      operation,
      kind: 'unexpectedReply',
      outcome: 'unknown',
      message: `The controller accepted the removal from ${port}, but still has a service there (${status}).`,
      hint: 'Removal of flows may be pending; read the port again in a minute.',
      detail: { cause: 'removalNotConfirmed', port },
    });
  }

  /** Old service off, new one on; a new one that does not come is answered by the old one, so that a customer is not left without. */
  async function replace(operation: string, port: string, before: ServiceSettings, wanted: ServiceSettings, switchedOn: boolean): Promise<string> {
    await clear(operation, port);
    try {
      await add(operation, port, wanted);
      return switchedOn ? await activate(operation, port) : await flowStatus(port);
    } catch (error) {
      const restored = await (async () => {
        if ((await flowStatus(port)) !== NOT_THERE) await clear(operation, port);
        await add(operation, port, before);
        if (switchedOn) await activate(operation, port);
      })().then(() => true, () => false);
      const { kind, message, hint, outcome, detail } = error as VendorError;
      throw new VendorError({
        vendor: VGC, operation, kind, outcome: restored ? 'notApplied' : outcome, message: `${message} ${restored ? 'The former service is back.' : 'The former service could not be put back: the port carries nothing certain.'}`,
        hint: restored ? hint : 'Provision the port again now; the customer may be offline.', detail: { ...detail, restored },
      });
    }
  }
  const settings = (one: ServiceOnPort, dhcp = true, pppoe = false): ServiceSettings => ({ ...one, dhcp, pppoe });

  /** The one service of a port, for what works on "the service". */
  async function only(operation: string, port: string): Promise<{ readonly one: ServiceOnPort | undefined; readonly status: string }> {
    const [status, all] = [await flowStatus(port), await onPort(port)];
    if (status === NOT_THERE && all.length === 0) throw fail(operation, 'notFound', 'noService', `Port ${port} carries no service.`, 'Provision it, or check the serial.', { port });
    return { one: all[0], status };
  }

  return {
    flowStatus,
    onPort,

    /** How the service of a port stands. @throws VendorError notFound without one. */
    async state(port: string): Promise<ServiceState> {
      const { one, status } = await only('subscribers.state', port);
      return told(port, one, status, false);
    },

    /**
     * Profiles, subscriber, activation, then the flow status until all flows are in. Again with the same: nothing is written; with
     * another speed on the same VLANs: replaced.
     * @param port service port name of the UNI (`onu.uni`).
     * @throws VendorError conflict when the port carries another VLAN; unexpectedReply with `detail.cause: 'provisioningNotConfirmed'`
     * when the controller said yes and the flows did not come (contract 15).
     */
    async provision(port: string, { sVlan, cVlan, techProfileId = 64, dhcp = true, pppoe = false, ...rates }: ServiceWanted): Promise<ServiceProvisioned> {
      const operation = 'subscribers.provision';
      const rate = await speed(rates);
      const wanted: ServiceSettings = { uniTag: ANY_VLAN, sVlan, cVlan, techProfileId, pbit: -1, igmp: false, macLearning: false, trafficType: 'FTTH_SUBSCRIBER_TRAFFIC', dhcp, pppoe, ...rate };
      const mine = await onPort(port);
      const foreign = mine.find((one) => one.sVlan !== sVlan || one.cVlan !== cVlan || one.techProfileId !== techProfileId);
      if (foreign) throw fail(operation, 'conflict', 'portCarriesAnotherService', `Port ${port} already carries VLAN ${foreign.sVlan}/${foreign.cVlan}.`, 'Deprovision it first if that service has ended.', { port, sVlan: foreign.sVlan, cVlan: foreign.cVlan });
      let status = await flowStatus(port);
      let changed = false;
      const [other] = mine.filter((one) => !sameSpeed(one, rate));
      if (other) {
        status = await replace(operation, port, settings(other, dhcp, pppoe), wanted, true);
        changed = true;
      } else if (mine.length === 0) {
        // A service no OLT shows cannot be read. No ONU is behind it, so nobody is on it: it is put there anew.
        if (status !== NOT_THERE) await clear(operation, port);
        await add(operation, port, wanted);
        changed = true;
      }
      if (status !== ALL_FLOWS) {
        status = await activate(operation, port);
        changed = true;
      }
      return { port, flowStatus: status, ...rate, changed };
    },

    /**
     * Another speed for the service that is there: VLANs, technology profile and being suspended stay. Nothing is taken off before the
     * new profiles exist; when the new service does not come, the former one is put back (`detail.restored`).
     * @throws VendorError notFound without a service, conflict when the port carries several.
     */
    async changeProfile(port: string, rates: SpeedWanted & { readonly dhcp?: boolean; readonly pppoe?: boolean }): Promise<ServiceState> {
      const operation = 'subscribers.changeProfile';
      const { one, status } = await only(operation, port);
      if (!one) throw fail(operation, 'deviceSilent', 'portNotShown', `No OLT of the controller shows port ${port}, so its service cannot be read.`, 'Is the ONU up? Provision it with its VLANs instead.', { port });
      if ((await onPort(port)).length > 1) throw fail(operation, 'conflict', 'severalServices', `Port ${port} carries several services.`, 'Change them in the controller, one by one.', { port });
      const rate = await speed(rates);
      if (sameSpeed(one, rate)) return told(port, one, status, false);
      const before = settings(one, rates.dhcp, rates.pppoe);
      return told(port, rate, await replace(operation, port, before, { ...before, ...rate }, status !== SWITCHED_OFF), true);
    },

    /** Switches the service off and sees it off; it stays in the controller with its VLANs and speed. Off already: `changed: false`. */
    async suspend(port: string): Promise<ServiceState> {
      const { one, status } = await only('subscribers.suspend', port);
      if (status === SWITCHED_OFF) return told(port, one, status, false);
      await sent(() => services.switchOff(port), async () => (await until(port, (now) => now === SWITCHED_OFF, everyMs)) === SWITCHED_OFF);
      const now = await until(port, (seen) => seen === SWITCHED_OFF);
      if (now !== SWITCHED_OFF) throw notConfirmed('subscribers.suspend', port, `stays ${now} although it was switched off`);
      return told(port, one, now, true);
    },
    /**
     * The undo of `suspend`.
     * @param awaitFlows false when the ONU is known to be dark: then being switched on is all that can be seen, and `flowing` says so.
     */
    async resume(port: string, { awaitFlows = true } = {}): Promise<ServiceState> {
      const { one, status } = await only('subscribers.resume', port);
      if (status === ALL_FLOWS) return told(port, one, status, false);
      if (awaitFlows) return told(port, one, await activate('subscribers.resume', port), true);
      const on = (now: string) => ![NOT_THERE, SWITCHED_OFF].includes(now);
      await sent(() => services.switchOn(port), async () => on(await flowStatus(port)));
      const now = await until(port, on);
      if (!on(now)) throw notConfirmed('subscribers.resume', port, `stays ${now}`);
      return told(port, one, now, status === SWITCHED_OFF);
    },

    /** Deactivates and deletes everything on the port, and sees it gone. `changed: false` when nothing was there. */
    async deprovision(port: string): Promise<ServiceProvisioned> {
      const [status, [first]] = [await flowStatus(port), await onPort(port)];
      const was = { port, upstreamProfile: first?.upstreamProfile ?? '', downstreamProfile: first?.downstreamProfile ?? '' };
      if (status === NOT_THERE && !first) return { ...was, flowStatus: status, changed: false };
      await clear('subscribers.deprovision', port);
      return { ...was, flowStatus: NOT_THERE, changed: true };
    },

    /** Ports of an ONT that carry a service, also of one VOLTHA no longer has: the controller lists none by name, so the first eight are asked. */
    async portsOf(serial: string): Promise<readonly string[]> {
      const read = ontSerial(serial);
      if (read.type === 'refused') return [];
      const ports = Array.from({ length: 8 }, (_, index) => `${read.value.serial}-${index + 1}`);
      const states = await Promise.all(ports.map(flowStatus));
      return ports.filter((_, index) => states[index] !== NOT_THERE);
    },
  };
}
export type VgcSubscribers = ReturnType<typeof vgcSubscribers>;
