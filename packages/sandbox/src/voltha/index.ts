import type { OntPlugged, World } from '../world.ts';
import { Fleet, type OltSetup } from './fleet.ts';
import { serveGrpc } from './grpc.ts';
import { serveVgc, type VgcState } from './vgc.ts';

export type { OltSetup, SimOlt, SimOnu } from './fleet.ts';
export { ONOS_USER, serveOnos, type OnosState } from './onos.ts';
export interface VolthaRunning {
  /** `host:port` of the gRPC northbound. */
  readonly address: string;
  /** Up to and with `/vgc/v1`. */
  readonly vgcUrl: string;
  readonly fleet: Fleet;
  readonly controller: VgcState;
  close(): Promise<void>;
}

/**
 * A simulated VOLTHA with its controller. `ont.plugged` makes the OLT with that address discover the ONU; it comes up by the world's
 * clock and is ready four seconds later.
 * @example const sim = await startVoltha(world, { olts: [{ ip: '10.20.0.11' }] });
 */
export async function startVoltha(world: World, options: { readonly olts?: readonly OltSetup[]; readonly grpcPort?: number; readonly vgcPort?: number } = {}): Promise<VolthaRunning> {
  const fleet = new Fleet(world, options.olts ?? []);
  const controller: VgcState = { profiles: new Map(), services: [] };
  const core = await serveGrpc(world, fleet, options.grpcPort);
  const rest = await serveVgc(world, fleet, controller, options.vgcPort);
  world.on<OntPlugged>('ont.plugged', (ont) => void fleet.plug(ont));
  return {
    address: core.address,
    vgcUrl: `${rest.url}/vgc/v1`,
    fleet,
    controller,
    close: async () => {
      await core.close();
      await rest.close();
    },
  };
}
