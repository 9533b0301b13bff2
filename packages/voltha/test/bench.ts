// Where the shared suites run: the sandbox, or a real VOLTHA and its controller by environment (names in the package's README).
import type { Clock, HttpRequest, Send } from '../../../core/src/index.ts';
import { axiosSend, systemClock } from '../../http/src/send.ts';
import { startVoltha, type VolthaRunning } from '../../sandbox/src/voltha/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { openChannel, vgc, voltha, type Channel, type Vgc, type Voltha } from '../src/index.ts';
import { openWire, type Wire } from './wire.ts';

const { env } = process;
const named = env['LEADLIGHT_VOLTHA_ADDRESS'] ?? env['LEADLIGHT_VOLTHA_URL'];
const controllerUrl = env['LEADLIGHT_VGC_URL'];
/** Whether this run speaks to a real core, to a real controller. */
export const realCore = named !== undefined;
export const realController = controllerUrl !== undefined;
export const serial = env['LEADLIGHT_VOLTHA_SERIAL'] ?? (realCore ? undefined : 'ALPHE3D1CFAB');
const mayDisturb = !realCore || env['LEADLIGHT_VOLTHA_DISTURB'] === '1';
const why = (name: string, reason: string): string => `${name} (skipped: ${reason})`;

type Work = () => Promise<void>;
/** Needs an ONU that is up. */
export const withOnu = (name: string, work: Work, ms?: number) => (serial ? test(name, work, ms) : test.skip(why(name, 'LEADLIGHT_VOLTHA_SERIAL is not set'), work));
/** Takes the service of the ONU away for a while. */
export const disturbing = (name: string, work: Work, ms?: number) =>
  serial && mayDisturb ? test(name, work, ms) : test.skip(why(name, serial ? 'LEADLIGHT_VOLTHA_DISTURB is not 1' : 'LEADLIGHT_VOLTHA_SERIAL is not set'), work);
/** What only the sandbox can be made to show. */
export const sandboxOnly = (reason: string) => (name: string, work: () => void) => (realCore || realController ? describe.skip(why(name, reason), work) : describe(name, work));

export interface CoreBench {
  readonly clock: Clock;
  readonly client: Voltha;
  readonly channel: Channel;
  readonly wire: Wire;
  /** Names of the calls sent, in order. */
  readonly sent: readonly string[];
  /** How many calls of one device run at most at the same time. */
  readonly most: ReadonlyMap<string, number>;
  /** What happens on the wire at the next call of this name. */
  disturb(operation: string, how: 'cutOnAnswer' | 'swallow'): void;
  /** How the client is to be told after how long silence; the next call of any name. */
  deadline(ms: number): void;
  close(): Promise<void>;
}

/** A client behind a wire in front of the core. In the sandbox one ONU is up, and another whose serial differs. */
export async function coreBench(): Promise<CoreBench> {
  const world = new World();
  let sim: VolthaRunning | undefined;
  if (!realCore) {
    sim = await startVoltha(world, { olts: [{ ip: '10.20.0.11' }] });
    for (const one of [serial!, 'ALPH00000002']) await world.emit('ont.plugged', { serial: one, oltIp: '10.20.0.11', ponPort: 3, productClass: 'x', oui: 'x', rxPowerDbm: -21.437 });
    world.clock.advance(60_000);
  }
  const wire = await openWire(named?.replace(/^\w+:\/\//, '').replace(/\/.*$/, '') ?? sim!.address);
  const clock: Clock = sim ? { now: () => world.clock.now(), sleep: async (ms) => { await new Promise((resolve) => setTimeout(resolve, Math.min(ms, 20))); world.clock.advance(ms); } } : systemClock;
  const inner = openChannel({ address: wire.address, clock });
  const sent: string[] = [];
  const most = new Map<string, number>();
  const running = new Map<string, number>();
  let planned: { operation: string; how: 'cutOnAnswer' | 'swallow' } | undefined;
  let short: number | undefined;
  const channel: Channel = {
    clock,
    close: () => inner.close(),
    async call<T>(operation: string, request: object, options: Parameters<Channel['call']>[2]): Promise<T> {
      sent.push(operation);
      if (planned?.operation === operation) {
        wire.arm(planned.how);
        planned = undefined;
      }
      const target = String((request as { targetId?: string }).targetId ?? '');
      running.set(target, (running.get(target) ?? 0) + 1);
      most.set(target, Math.max(most.get(target) ?? 0, running.get(target)!));
      try {
        return await inner.call<T>(operation, request, short === undefined ? options : { ...options, deadlineMs: short });
      } finally {
        running.set(target, running.get(target)! - 1);
      }
    },
  };
  const client = voltha({ channel });
  return {
    clock, client, channel, wire, sent, most,
    disturb: (operation, how) => { planned = { operation, how }; },
    deadline: (ms) => { short = ms; },
    close: async () => {
      client.close();
      await wire.close();
      await sim?.close();
    },
  };
}

export interface ControllerBench {
  readonly clock: Clock;
  /** A controller that waits this long; faults are what `answer` makes of a request. */
  controller(limits?: { readonly withinMs?: number; readonly everyMs?: number }): Vgc;
  readonly sent: readonly HttpRequest[];
  /** Meets the next request that fits: `before` never reaches the controller, `after` is done by it. Answers, or cuts when no reply is given. */
  plant(fits: (request: HttpRequest) => boolean, where: 'before' | 'after', reply?: { readonly status: number; readonly text: string }): void;
  /** A port name nobody has. */
  readonly port: string;
  /** The begin of names made here. */
  readonly mark: string;
  close(): Promise<void>;
}

/** A controller with faults planted in the `Send` seam. Nothing here needs an ONU: the port's name is made up. */
export async function controllerBench(): Promise<ControllerBench> {
  const world = new World();
  const sim = realController ? undefined : await startVoltha(world, { olts: [{ ip: '10.20.0.11' }] });
  const inner = axiosSend({ baseUrl: controllerUrl?.replace(/\/+$/, '') ?? sim!.vgcUrl });
  const clock: Clock = sim ? world.clock : systemClock;
  const sent: HttpRequest[] = [];
  let planted: { fits: (request: HttpRequest) => boolean; where: 'before' | 'after'; reply?: { status: number; text: string } } | undefined;
  const send: Send = async (request) => {
    sent.push(request);
    const hit = planted?.fits(request) ? planted : undefined;
    if (hit) planted = undefined;
    if (hit?.where !== 'before') {
      const reply = await inner(request);
      if (!hit) return reply;
    }
    if (hit.reply) return { status: hit.reply.status, reason: '', headers: {}, text: hit.reply.text };
    throw Object.assign(new Error('socket hang up'), { name: 'SendFailure', reason: 'reset', arrived: 'maybe' });
  };
  const mark = `LL${process.pid.toString(36)}${Math.floor(process.hrtime()[1] / 1000).toString(36)}`;
  return {
    clock, sent, mark, port: `${mark}-1`,
    controller: (limits) => vgc(send, clock, limits ?? (sim ? {} : { withinMs: 4_000, everyMs: 500 })),
    plant: (fits, where, reply) => { planted = { fits, where, ...(reply ? { reply } : {}) }; },
    close: async () => sim?.close(),
  };
}
