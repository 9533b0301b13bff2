import { sameOnt, VendorError, type Clock } from '../../../core/src/index.ts';
import { VGC, type VgcCall } from './vgcCall.ts';
import { meterProfile, type VgcProfiles } from './vgcProfiles.ts';

/** What one UNI shall carry. VLANs 1–4094, rates in kbit/s. */
export interface ServiceWanted {
  readonly sVlan: number;
  readonly cVlan: number;
  readonly downKbps: number;
  readonly upKbps: number;
  /** Default 64. */
  readonly techProfileId?: number;
  /** Name the meter profiles start with, e.g. the plan's SKU: `FTTH150I` gives `FTTH150I_u` and `FTTH150I_d`. */
  readonly profileBase: string;
}
export interface ServiceProvisioned {
  readonly port: string;
  readonly flowStatus: string;
  readonly upstreamProfile: string;
  readonly downstreamProfile: string;
  readonly changed: boolean;
}
/** A service as the controller lists it; `name` is `<id>_<port>-<uniTag>-<S>-<C>-<tp>`. */
interface Listed {
  readonly serviceName: string;
  readonly ponSTag: number;
  readonly ponCTag: number;
  readonly technologyProfileId: number;
  readonly upstreamBandwidthProfile: string;
  readonly downstreamBandwidthProfile: string;
}
const portOf = (serviceName: string): string => /_([^_]+)-\d+-\d+-\d+-\d+$/.exec(serviceName)?.[1] ?? '';
const ANY_VLAN = 4096;
const DONE = 'ALL_FLOWS_PROVISIONED';

/** Subscriber services of one controller (S0-104, S1-089). Success always means: read back, and flows are in. */
export function vgcSubscribers(call: VgcCall, profiles: VgcProfiles, clock: Clock, { withinMs = 90_000, everyMs = 3_000 } = {}) {
  const seg = encodeURIComponent;

  async function flowStatus(port: string): Promise<string> {
    const reply = await call.json<{ FlowProvisionStatus?: string }>('subscribers.flowStatus', `/flow-status/${seg(port)}`);
    return String(reply.FlowProvisionStatus ?? 'no status');
  }
  async function listed(): Promise<readonly Listed[]> {
    const reply = await call.json<{ subscribers?: readonly { tagInfo: Listed }[] }>('subscribers.list', '/programmed-subscribers');
    return (reply.subscribers ?? []).map(({ tagInfo }) => tagInfo);
  }
  const onPort = (all: readonly Listed[], port: string) => all.filter((one) => portOf(one.serviceName) === port);

  async function until(port: string, good: (status: string) => boolean): Promise<string> {
    const limit = Date.parse(clock.now()) + withinMs;
    for (;;) {
      const status = await flowStatus(port);
      if (good(status) || Date.parse(clock.now()) >= limit) return status;
      await clock.sleep(everyMs);
    }
  }

  async function add(port: string, wanted: ServiceWanted, up: string, down: string): Promise<void> {
    const id = port;
    await call.send('subscribers.provision', {
      method: 'POST',
      path: `/subscribers/${seg(id)}`,
      body: {
        id, nasPortId: port, circuitId: port, remoteId: port, uplinkPort: '', hardwareIdentifier: '', ipAddress: '', nasId: '', nniDhcpTrapVid: 0, slot: 0,
        uniTagList: [
          {
            uniTagMatch: ANY_VLAN, ponCTag: wanted.cVlan, ponSTag: wanted.sVlan, technologyProfileId: wanted.techProfileId ?? 64,
            usPonCTagPriority: -1, usPonSTagPriority: -1, dsPonCTagPriority: -1, dsPonSTagPriority: -1,
            upstreamBandwidthProfile: up, downstreamBandwidthProfile: down, upstreamOltBandwidthProfile: up, downstreamOltBandwidthProfile: down,
            serviceName: 'FTTH_SUBSCRIBER_TRAFFIC', isDhcpRequired: true, isIgmpRequired: false, isPppoeRequired: false, enableMacLearning: false, configuredMacAddress: '',
          },
        ],
      },
    });
  }

  /**
   * Profiles, subscriber, activation, then the flow status until all flows are in.
   * @param port service port name of the UNI (`onu.uni`).
   * @throws VendorError conflict when the port carries another VLAN; unexpectedReply with `detail.cause: 'provisioningNotConfirmed'`
   * when the controller said yes and the flows did not come (contract 15).
   */
  async function provision(port: string, wanted: ServiceWanted): Promise<ServiceProvisioned> {
    const up = await profiles.ensure(meterProfile(`${wanted.profileBase}_u`, wanted.upKbps));
    const down = await profiles.ensure(meterProfile(`${wanted.profileBase}_d`, wanted.downKbps));
    const mine = onPort(await listed(), port);
    const foreign = mine.find((one) => one.ponSTag !== wanted.sVlan || one.ponCTag !== wanted.cVlan || one.technologyProfileId !== (wanted.techProfileId ?? 64));
    if (foreign) {
      throw new VendorError({
        vendor: VGC,
        operation: 'subscribers.provision',
        kind: 'conflict',
        message: `Port ${port} already carries VLAN ${foreign.ponSTag}/${foreign.ponCTag}.`,
        hint: 'Deprovision it first if that service has ended.',
        detail: { cause: 'portCarriesAnotherService', port, sVlan: foreign.ponSTag, cVlan: foreign.ponCTag },
      });
    }
    const same = (one: Listed) => one.upstreamBandwidthProfile === up.id && one.downstreamBandwidthProfile === down.id;
    // The name of a service does not contain its profiles: adding it again with others would be ignored, so a new speed replaces it.
    if (mine.length > 0 && !mine.every(same)) await deprovision(port);
    let changed = false;
    if (!onPort(await listed(), port).some(same)) {
      await add(port, wanted, up.id, down.id);
      changed = true;
      if (!onPort(await listed(), port).some(same)) throw notConfirmed(port, 'is not listed by it');
    }
    let status = await flowStatus(port);
    if (status !== DONE) {
      await call.send('subscribers.activate', { method: 'POST', path: `/services/${seg(port)}` });
      changed = true;
      status = await until(port, (now) => now === DONE);
      if (status !== DONE) throw notConfirmed(port, `stays ${status}`);
    }
    return { port, flowStatus: status, upstreamProfile: up.id, downstreamProfile: down.id, changed };
  }

  function notConfirmed(port: string, what: string): VendorError {
    return new VendorError({
      vendor: VGC,
      operation: 'subscribers.provision',
      kind: 'unexpectedReply',
      outcome: 'unknown',
      message: `The controller accepted the service on ${port}, but it ${what}.`,
      hint: 'Is the ONU ready, is the port known to the controller, is the technology profile free on it? See the controller’s log.',
      detail: { cause: 'provisioningNotConfirmed', port, observed: what },
    });
  }

  /** Deactivates and deletes everything on the port, and sees it gone. `changed: false` when nothing was there. */
  async function deprovision(port: string): Promise<ServiceProvisioned> {
    const all = await listed();
    const mine = onPort(all, port);
    const [first] = mine;
    const gone = { port, upstreamProfile: first?.upstreamBandwidthProfile ?? '', downstreamProfile: first?.downstreamBandwidthProfile ?? '' };
    if (!first) return { ...gone, flowStatus: await flowStatus(port), changed: false };
    // The controller deletes every service whose name contains the path's id: `X-1` would take `X-10` along (contract 17).
    const prefixes = [...new Set(mine.map((one) => one.serviceName.slice(0, one.serviceName.lastIndexOf(`_${port}-`) + port.length + 2)))];
    for (const prefix of prefixes) {
      const stranger = all.find((one) => one.serviceName.includes(prefix) && !mine.includes(one));
      if (!stranger) continue;
      throw new VendorError({ vendor: VGC, operation: 'subscribers.deprovision', kind: 'conflict', message: `Deleting ${prefix} would also delete a service of another port.`, hint: 'Delete it by its full service name.', detail: { cause: 'wouldDeleteOthers', port } });
    }
    await call.send('subscribers.deactivate', { method: 'DELETE', path: `/services/${seg(port)}`, body: {} });
    for (const prefix of prefixes) await call.send('subscribers.deprovision', { method: 'DELETE', path: `/subscribers/${seg(prefix)}`, body: { id: prefix } });
    const status = await until(port, (now) => now === 'NOT_IN_CONTROLLER');
    if (onPort(await listed(), port).length === 0) return { ...gone, flowStatus: status, changed: true };
    throw new VendorError({
      vendor: VGC,
      operation: 'subscribers.deprovision',
      kind: 'unexpectedReply',
      outcome: 'unknown',
      message: `The controller accepted the removal from ${port}, but still lists a service there (${status}).`,
      hint: 'Removal of flows may be pending; read the port again in a minute.',
      detail: { cause: 'removalNotConfirmed', port },
    });
  }

  /** Ports of an ONT that carry a service, by the controller's list: also for an ONT VOLTHA no longer has. */
  async function portsOf(serial: string): Promise<readonly string[]> {
    const ports = (await listed()).map((one) => portOf(one.serviceName));
    return [...new Set(ports)].filter((port) => sameOnt(port.replace(/-\d+$/, ''), serial));
  }

  return { provision, deprovision, flowStatus, portsOf };
}
export type VgcSubscribers = ReturnType<typeof vgcSubscribers>;
