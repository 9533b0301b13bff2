import { axiosSend } from '../../http/src/send.ts';
import { startGenieacs, type Acs, type AcsDevice } from '../../sandbox/src/genieacs/index.ts';
import { World } from '../../sandbox/src/world.ts';
import type { HttpRequest, Send } from '../../../core/src/index.ts';
import { genieacs, type GenieAcs } from '../src/index.ts';

export const W24 = 'InternetGatewayDevice.LANDevice.1.WLANConfiguration.1';
export const W50 = 'InternetGatewayDevice.LANDevice.1.WLANConfiguration.5';
export const SECRET = `${W24}.PreSharedKey.1.KeyPassphrase`;

export interface Bench {
  readonly world: World;
  readonly acs: Acs;
  readonly client: GenieAcs;
  /** What the client asked `send` for, in order. */
  readonly sent: HttpRequest[];
  readonly posts: () => readonly HttpRequest[];
  plug(serial?: string, productClass?: string, oui?: string): Promise<AcsDevice>;
  close(): Promise<void>;
}

/** A sandbox GenieACS behind the real axios transport. `waitMs` stands in for a client's patience with a server that never answers. */
export async function bench(options: Parameters<typeof startGenieacs>[1] & { waitMs?: number; version?: string } = {}): Promise<Bench> {
  const world = new World();
  const server = await startGenieacs(world, options);
  if (options.version) server.acs.state.version = options.version;
  const wire = axiosSend({ baseUrl: server.url });
  const sent: HttpRequest[] = [];
  const send: Send = (request) => {
    sent.push(request);
    return wire({ ...request, timeoutMs: options.waitMs ?? 2_000 });
  };
  return {
    world, acs: server.acs, sent, client: genieacs(send, world.clock),
    posts: () => sent.filter((request) => request.method === 'POST'),
    async plug(serial = 'RCMG19E01234', productClass = 'HT803G-W', oui = '000E5E') {
      await world.emit('ont.plugged', { serial, oltIp: '10.0.0.1', ponPort: 0, productClass, oui });
      return server.acs.find(serial)!;
    },
    close: () => server.close(),
  };
}

/** The error a promise ends with, for reading its fields. */
export async function failure(promise: Promise<unknown>): Promise<{ kind: string; outcome: string; message: string; hint: string; status?: number; detail?: Record<string, unknown> }> {
  try {
    await promise;
  } catch (error) {
    return error as never;
  }
  throw new Error('nothing failed');
}
