// The legacy ONOS olt app: 204 when nothing was done, 500 with a sentence for a port it does not know (access reference 1.6).
import { serve, type Running, type SimReply } from '../http.ts';
import type { World } from '../world.ts';
import type { Fleet } from './fleet.ts';

export interface OnosState {
  /** Ports with a subscriber in Sadis, and what it says about them. */
  readonly sadis: Map<string, { readonly sTag: number; readonly cTag: number; readonly tpId: number; readonly up: string; readonly down: string }>;
  readonly programmed: Set<string>;
}
export const ONOS_USER = 'karaf:karaf';

/** @example const onos = await serveOnos(world, sim.fleet, { sadis: new Map(), programmed: new Set() }); */
export async function serveOnos(world: World, fleet: Fleet, state: OnosState, port = 0): Promise<Running> {
  const plain = (status: number, body: string): SimReply => ({ status, headers: { 'content-type': 'text/plain' }, body });
  return serve(
    world,
    'onos',
    (request) => {
      if (request.headers.authorization !== `Basic ${Buffer.from(ONOS_USER).toString('base64')}`) return { status: 401, headers: { 'www-authenticate': 'Basic realm="karaf"' }, body: '' };
      const [onos = '', olt = '', app = '', what = '', first = '', sTag, cTag, tpId] = request.rawPath.slice(1).split('/').map(decodeURIComponent);
      if ([onos, olt, app].join('/') !== 'onos/olt/oltapp') return { status: 404, headers: { 'content-type': 'text/html' }, body: '<html><body>HTTP ERROR 404</body></html>' };
      if (what === 'status' && request.method === 'GET') return { status: 200 };
      const located = (name: string) => fleet.onus.find((onu) => fleet.uniName(onu) === name && fleet.view(onu).hasUni);
      if (what === 'programmed-subscribers' && request.method === 'GET') {
        const entries = [...state.programmed].flatMap((name) => {
          const [onu, one] = [located(name), state.sadis.get(name)];
          const device = onu && fleet.olt(onu.oltId);
          if (!device || !one || (first && fleet.openflowId(device) !== first)) return [];
          return [{ location: `${fleet.openflowId(device)}/256`, tagInfo: { ponSTag: one.sTag, ponCTag: one.cTag, technologyProfileId: one.tpId, upstreamBandwidthProfile: one.up, downstreamBandwidthProfile: one.down } }];
        });
        return { status: 200, body: { entries } };
      }
      if (what === 'services' && (request.method === 'POST' || request.method === 'DELETE')) {
        if (!located(first)) return plain(500, `ConnectPoint not found for ${first}`);
        const one = state.sadis.get(first);
        const named = sTag === undefined || (one && one.sTag === Number(sTag) && one.cTag === Number(cTag) && one.tpId === Number(tpId));
        const on = request.method === 'POST';
        if (!one || !named || on === state.programmed.has(first)) return { status: 204 };
        if (on) state.programmed.add(first);
        else state.programmed.delete(first);
        return { status: 200, body: '' };
      }
      return plain(405, 'HTTP 405 Method Not Allowed');
    },
    port,
  );
}
