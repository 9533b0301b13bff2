// The VOLTHA Go controller's REST API with its traps: a 200 that created nothing, text/plain errors, 409 for "no such profile",
// deletion by substring (access reference 1.6).
import { serve, type Running, type SimReply, type SimRequest } from '../http.ts';
import type { World } from '../world.ts';
import type { Fleet } from './fleet.ts';

interface UniTag {
  readonly serviceName: string;
  readonly usPonSTagPriority: number;
  readonly isIgmpRequired: boolean;
  readonly enableMacLearning: boolean;
  readonly uniTagMatch: number;
  readonly ponCTag: number;
  readonly ponSTag: number;
  readonly technologyProfileId: number;
  readonly upstreamBandwidthProfile: string;
  readonly downstreamBandwidthProfile: string;
}
export interface SimService {
  readonly name: string;
  readonly port: string;
  readonly tag: UniTag;
  /** The OLT that showed the port, once it has; empty before. */
  device?: string;
  active: boolean;
}
export interface VgcState {
  readonly profiles: Map<string, Record<string, number | string>>;
  readonly services: SimService[];
}

const empty = (status = 200): SimReply => ({ status, headers: { 'content-length': '0' } });
const plain = (status: number, sentence: string): SimReply => ({ status, headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' }, body: `${sentence}\n` });
const INTEGERS = ['uniTagMatch', 'ponCTag', 'ponSTag', 'technologyProfileId'] as const;
const FLAGS = ['isDhcpRequired', 'isIgmpRequired', 'isPppoeRequired', 'enableMacLearning'] as const;

export function serveVgc(world: World, fleet: Fleet, state: VgcState, port = 0): Promise<Running> {
  const turn = (service: SimService, active: boolean) => {
    service.active = active;
    for (const onu of fleet.onus) {
      if (fleet.uniName(onu) !== service.port) continue;
      if (active) onu.flowsAt ??= fleet.now;
      else delete onu.flowsAt;
    }
  };

  /** Kept once known, also when the ONU goes. */
  function deviceOf(service: SimService): string {
    const onu = fleet.onus.find((one) => fleet.uniName(one) === service.port && fleet.view(one).hasUni);
    const olt = onu && fleet.olt(onu.oltId);
    if (olt) service.device = fleet.openflowId(olt);
    return service.device ?? '';
  }
  /** As the controller lists a service: the traffic type for a name, no port, and MAC learning in the place of DHCP. */
  const listed = (one: SimService) => {
    const { tag } = one;
    const pbit = tag.usPonSTagPriority;
    return {
      location: deviceOf(one),
      tagInfo: {
        uniTagMatch: tag.uniTagMatch, ponCTag: tag.ponCTag, ponSTag: tag.ponSTag, usPonCTagPriority: pbit, usPonSTagPriority: pbit, dsPonCTagPriority: pbit, dsPonSTagPriority: pbit, technologyProfileId: tag.technologyProfileId,
        upstreamBandwidthProfile: tag.upstreamBandwidthProfile, downstreamBandwidthProfile: tag.downstreamBandwidthProfile, upstreamOltBandwidthProfile: tag.upstreamBandwidthProfile, downstreamOltBandwidthProfile: tag.downstreamBandwidthProfile,
        serviceName: tag.serviceName, enableMacLearning: tag.enableMacLearning, configuredMacAddress: '00:00:00:00:00:00', isDhcpRequired: tag.enableMacLearning, isIgmpRequired: tag.isIgmpRequired, isPppoeRequired: false,
      },
    };
  };

  /** A service may be there before its ONU is: flows go in when the port comes up. */
  function flowStatus(portName: string): string {
    const service = state.services.find((one) => one.port === portName);
    if (!service) return 'NOT_IN_CONTROLLER';
    if (!service.active) return 'DISABLED_IN_CONTROLLER';
    const onu = fleet.onuOfPort(portName);
    if (!onu) return 'NO_FLOWS_PROVISIONED';
    onu.flowsAt ??= fleet.now;
    return { none: 'NO_FLOWS_PROVISIONED', some: 'FLOWS_PROVISIONED_PARTIALLY', all: 'ALL_FLOWS_PROVISIONED' }[fleet.flows(onu)];
  }

  function profiles(request: SimRequest, id: string): SimReply {
    const there = state.profiles.get(id);
    if (request.method === 'GET') return there ? { status: 200, body: { ...there, id } } : empty(409);
    if (request.method === 'POST') {
      const body = json(request.text);
      if (!body) return plain(409, 'unexpected end of JSON input');
      // The first one stays: a second POST is listened to and dropped.
      if (!there) state.profiles.set(id, body as never);
      return empty();
    }
    if (request.method !== 'DELETE') return empty();
    if (!json(request.text)) return plain(409, 'unexpected end of JSON input');
    if (!there) return plain(409, "meter profile doesn't exist");
    if (state.services.some(({ tag }) => tag.upstreamBandwidthProfile === id || tag.downstreamBandwidthProfile === id)) return plain(409, 'service reference is not 0');
    state.profiles.delete(id);
    return empty();
  }

  function addSubscriber(text: string): SimReply {
    const body = json(text) as { id?: string; nasPortId?: string; uniTagList?: UniTag[] } | undefined;
    if (!body) return plain(409, 'unexpected end of JSON input');
    for (const tag of body.uniTagList ?? []) {
      const bad = INTEGERS.find((name) => !Number.isInteger(tag[name])) ?? FLAGS.find((name) => typeof (tag as never)[name] !== 'boolean');
      if (bad) return plain(409, `json: cannot unmarshal into Go struct field UniTagInformation.uniTagList.${bad}`);
    }
    for (const tag of body.uniTagList ?? []) {
      const portName = body.nasPortId ?? '';
      const name = `${body.id}_${portName}-${tag.uniTagMatch}-${tag.ponSTag}-${tag.ponCTag}-${tag.technologyProfileId}`;
      const meters = [tag.upstreamBandwidthProfile, tag.downstreamBandwidthProfile].every((id) => state.profiles.has(id));
      const taken = state.services.some((one) => one.name === name || (one.port === portName && one.tag.technologyProfileId === tag.technologyProfileId));
      // Both are only written to its log.
      if (meters && !taken) state.services.push({ name, port: portName, tag, active: false });
    }
    return empty();
  }

  function deleteSubscriber(id: string, text: string): SimReply {
    if (!json(text)) return plain(409, 'unexpected end of JSON input');
    const hit = state.services.filter((one) => one.name.includes(id));
    if (hit.length === 0) return plain(400, 'subscriber not found');
    for (const one of hit) {
      turn(one, false);
      state.services.splice(state.services.indexOf(one), 1);
    }
    return empty(202);
  }

  return serve(
    world,
    'vgc',
    (request) => {
      const [root = '', version = '', what = '', ...rest] = request.rawPath.slice(1).split('/').map(decodeURIComponent);
      if (root !== 'vgc' || version !== 'v1') return plain(404, '404 page not found');
      const [first = ''] = rest;
      const { method } = request;
      if (what === 'profiles' && first) return profiles(request, first);
      if (what === 'subscribers' && method === 'POST') return addSubscriber(request.text);
      if (what === 'subscribers' && method === 'DELETE') return deleteSubscriber(first, request.text);
      if (what === 'services' && (method === 'POST' || method === 'DELETE')) {
        const [, sTag, cTag, tpId] = rest;
        if ([sTag, cTag, tpId].some((one) => one !== undefined && !/^-?\d+$/.test(one))) return plain(409, `strconv.Atoi: parsing "${sTag}": invalid syntax`);
        for (const one of state.services) {
          const mine = one.port === first && (sTag === undefined || (one.tag.ponSTag === Number(sTag) && one.tag.ponCTag === Number(cTag) && one.tag.technologyProfileId === Number(tpId)));
          if (mine) turn(one, method === 'POST');
        }
        return empty();
      }
      if (what === 'flow-status') return method === 'GET' ? { status: 200, body: { FlowProvisionStatus: flowStatus(first) } } : empty();
      if (what === 'programmed-subscribers' && method === 'GET') {
        const [device, portName] = rest;
        if (rest.length === 1) return { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: '404 page not found\n' };
        const asked = state.services.filter((one) => !device || (deviceOf(one) === device && one.port === portName));
        return { status: 200, body: { subscribers: asked.map(listed) } };
      }
      if (what === 'devices' && method === 'GET') {
        const device = (olt: (typeof fleet.olts)[number]) => ({ id: fleet.openflowId(olt), serial: olt.serial, available: fleet.oltUp(olt), annotations: { channelId: '', managementAddress: '', protocol: '' } });
        const ports = fleet.onus.filter((onu) => fleet.view(onu).hasUni).map((onu) => ({ element: fleet.openflowId(fleet.olt(onu.oltId)!), port: '256', type: 'copper', isEnabled: fleet.view(onu).oper === 'ACTIVE', annotations: { adminState: 'enabled', portName: fleet.uniName(onu) } }));
        const known = fleet.olts.filter((olt) => olt.admin !== 'PREPROVISIONED');
        if (first === '') return { status: 200, body: { devices: known.map(device) } };
        if (first === 'ports') return { status: 200, body: { ports } };
        const one = known.find((olt) => fleet.openflowId(olt) === first);
        return { status: 200, body: { device: one ? device(one) : { id: '', annotations: {} }, ports: ports.filter(({ element }) => element === first) } };
      }
      return plain(400, 'Invalid request');
    },
    port,
  );
}

function json(text: string): object | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
