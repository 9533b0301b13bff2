// Where the suite runs: the sandbox, or a real Routr by environment (names in the package's README).
import type { Clock } from '../../../core/src/index.ts';
import { systemClock } from '../../http/src/send.ts';
import { startRoutr, type RoutrRunning } from '../../sandbox/src/routr/index.ts';
import { World, type Fault } from '../../sandbox/src/world.ts';
import { openChannel, resources, routr, type Channel, type Resources, type Routr } from '../src/index.ts';

const named = process.env['LEADLIGHT_ROUTR_ADDRESS'] ?? process.env['LEADLIGHT_ROUTR_URL']?.replace(/^\w+:\/\//, '').replace(/\/.*$/, '');
const authorization = process.env['LEADLIGHT_ROUTR_AUTHORIZATION'];
/** What a real server cannot be made to show. */
export const onSandbox = (why: string) => (name: string, work: () => Promise<void>): void => (named ? test.skip : test)(named ? `${name} (sandbox only: ${why})` : name, work);
export const DOMAIN = process.env['LEADLIGHT_ROUTR_DOMAIN'] ?? 'sip.leadlight-contract.example';

export interface Bench {
  readonly world: World;
  readonly sim: RoutrRunning;
  readonly channel: Channel;
  readonly client: Routr;
  readonly raw: Resources;
  /** Names of the calls sent, in order. */
  readonly sent: string[];
  readonly writes: () => readonly string[];
  fault(call: string, kind: Fault['kind'], more?: Partial<Fault>): void;
  /** Answers the next call of this name without sending it. */
  swallow(call: string): void;
  close(): Promise<void>;
}

export async function bench(): Promise<Bench> {
  const world = new World();
  const sim = named ? undefined : await startRoutr(world);
  const clock: Clock = sim ? world.clock : systemClock;
  const inner = openChannel({ address: named ?? sim!.address, clock, tls: process.env['LEADLIGHT_ROUTR_TLS'] === 'true', ...(authorization ? { metadata: { authorization } } : {}), ...(sim ? { deadlineMs: 400 } : {}) });
  const sent: string[] = [];
  const swallowed: string[] = [];
  const channel: Channel = {
    close: () => inner.close(),
    async call<T>(operation: string, request: object, write?: boolean): Promise<T> {
      sent.push(operation);
      const at = swallowed.indexOf(operation);
      if (at >= 0) {
        swallowed.splice(at, 1);
        return {} as T;
      }
      return inner.call<T>(operation, request, write);
    },
  };
  const client = routr({ channel });
  await client.ensureDomain(DOMAIN);
  sent.length = 0;
  return {
    world, sim: sim!, channel, client, raw: resources(channel), sent,
    writes: () => sent.filter((call) => /Create|Update|Delete/.test(call)),
    fault: (call, kind, more = {}) => world.inject({ system: 'routr', method: 'GRPC', path: `^${call.replace('.', '\\.')}$`, kind, ...more }),
    swallow: (call) => void swallowed.push(call),
    close: async () => {
      client.close();
      await sim?.close();
    },
  };
}
