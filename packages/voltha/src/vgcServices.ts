// Services on ports as the controller keeps them. Its lists tell neither the port nor the name of a service: a service is found by asking
// each OLT for the port, and the flow status alone knows of a service whose port no OLT has shown yet.
import { VendorError } from '../../../core/src/index.ts';
import { VGC, type VgcCall } from './vgcCall.ts';

/** A service as listed. What the controller lists as `isDhcpRequired` is its MAC learning, so DHCP cannot be read back. */
export interface ServiceOnPort {
  /** The OLT's id in the controller. */
  readonly location: string;
  readonly uniTag: number;
  readonly sVlan: number;
  readonly cVlan: number;
  readonly techProfileId: number;
  readonly pbit: number;
  readonly igmp: boolean;
  readonly macLearning: boolean;
  /** e.g. `FTTH_SUBSCRIBER_TRAFFIC`. */
  readonly trafficType: string;
  readonly upstreamProfile: string;
  readonly downstreamProfile: string;
}
export interface ServiceSettings extends Omit<ServiceOnPort, 'location'> {
  readonly dhcp: boolean;
  readonly pppoe: boolean;
}
interface Listed {
  readonly location: string;
  readonly tagInfo: Readonly<Record<'uniTagMatch' | 'ponSTag' | 'ponCTag' | 'technologyProfileId' | 'usPonSTagPriority', number>> & {
    readonly isIgmpRequired: boolean;
    readonly enableMacLearning: boolean;
    readonly serviceName: string;
    readonly upstreamBandwidthProfile: string;
    readonly downstreamBandwidthProfile: string;
  };
}
export const ALL_FLOWS = 'ALL_FLOWS_PROVISIONED';
export const SWITCHED_OFF = 'DISABLED_IN_CONTROLLER';
export const NOT_THERE = 'NOT_IN_CONTROLLER';
const seg = encodeURIComponent;

/** The calls below services, each one request. @example await vgcServices(call).flowStatus('BBSM00000001-1') // 'NOT_IN_CONTROLLER' */
export function vgcServices(call: VgcCall) {
  async function flowStatus(port: string): Promise<string> {
    const reply = await call.json<{ FlowProvisionStatus?: string }>('services.flowStatus', `/flow-status/${seg(port)}`);
    return String(reply.FlowProvisionStatus ?? 'no status');
  }
  async function devices(): Promise<readonly string[]> {
    const { devices: all } = await call.json<{ devices?: readonly { readonly id: string }[] }>('services.devices', '/devices');
    return (all ?? []).map((one) => one.id).filter(Boolean);
  }
  const home = new Map<string, string>();

  return {
    flowStatus,

    /** What the port carries, as far as an OLT shows it. Where a port was found is tried first the next time. */
    async onPort(port: string): Promise<readonly ServiceOnPort[]> {
      const known = home.get(port);
      const all = await devices();
      for (const device of known && all.includes(known) ? [known, ...all.filter((one) => one !== known)] : all) {
        const { subscribers } = await call.json<{ subscribers?: readonly Listed[] }>('services.onPort', `/programmed-subscribers/${seg(device)}/${seg(port)}`);
        const mine = (subscribers ?? []).filter((one) => one.location === device);
        if (mine.length === 0) continue;
        home.set(port, device);
        return mine.map(({ location, tagInfo }) => ({
          location, uniTag: tagInfo.uniTagMatch, sVlan: tagInfo.ponSTag, cVlan: tagInfo.ponCTag, techProfileId: tagInfo.technologyProfileId, pbit: tagInfo.usPonSTagPriority,
          igmp: tagInfo.isIgmpRequired, macLearning: tagInfo.enableMacLearning, trafficType: tagInfo.serviceName, upstreamProfile: tagInfo.upstreamBandwidthProfile, downstreamProfile: tagInfo.downstreamBandwidthProfile,
        }));
      }
      return [];
    },

    /** Says 200 whatever happens; look afterwards. */
    async add(port: string, one: ServiceSettings): Promise<void> {
      const { upstreamProfile: up, downstreamProfile: down, pbit } = one;
      await call.send('services.add', {
        method: 'POST',
        path: `/subscribers/${seg(port)}`,
        body: {
          id: port, nasPortId: port, circuitId: port, remoteId: port, uplinkPort: '', hardwareIdentifier: '', ipAddress: '', nasId: '', nniDhcpTrapVid: 0, slot: 0,
          uniTagList: [
            {
              uniTagMatch: one.uniTag, ponCTag: one.cVlan, ponSTag: one.sVlan, technologyProfileId: one.techProfileId,
              usPonCTagPriority: pbit, usPonSTagPriority: pbit, dsPonCTagPriority: pbit, dsPonSTagPriority: pbit,
              upstreamBandwidthProfile: up, downstreamBandwidthProfile: down, upstreamOltBandwidthProfile: up, downstreamOltBandwidthProfile: down,
              serviceName: one.trafficType, isDhcpRequired: one.dhcp, isIgmpRequired: one.igmp, isPppoeRequired: one.pppoe, enableMacLearning: one.macLearning, configuredMacAddress: '',
            },
          ],
        },
      });
    },
    /** 200 also for a port nobody knows. */
    switchOn: (port: string) => call.send('services.activate', { method: 'POST', path: `/services/${seg(port)}` }),
    switchOff: (port: string) => call.send('services.deactivate', { method: 'DELETE', path: `/services/${seg(port)}`, body: {} }),

    /**
     * Deletes by a part of the name `<id>_<port>-…`, as the controller does it: `X-1` would take `X-10` along, so the path ends in
     * `_<port>-` (contract 17). First what was added here (id and port are the same), and whoever else's id only when that is asked.
     * @returns false when the controller had nothing by that name.
     */
    async remove(port: string, anyId = false): Promise<boolean> {
      const id = `${anyId ? '' : port}_${port}-`;
      try {
        await call.send('services.remove', { method: 'DELETE', path: `/subscribers/${seg(id)}`, body: { id } });
        return true;
      } catch (error) {
        if ((error as VendorError).status === 400) return false;
        throw error;
      }
    },
  };
}
export type VgcServices = ReturnType<typeof vgcServices>;

/** @example throw notConfirmed('subscribers.provision', port, 'stays NO_FLOWS_PROVISIONED'); */
export function notConfirmed(operation: string, port: string, what: string, more: { readonly [key: string]: string | boolean } = {}): VendorError {
  return new VendorError({
    vendor: VGC,
    operation,
    kind: 'unexpectedReply',
    outcome: 'unknown',
    message: `The controller accepted the service on ${port}, but it ${what}.`,
    hint: 'Is the ONU ready, is the port known to the controller, is the technology profile free on it? See the controller’s log.',
    detail: { cause: 'provisioningNotConfirmed', port, observed: what, ...more },
  });
}
