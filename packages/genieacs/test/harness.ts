import { axiosSend, systemClock } from '../../http/src/send.ts';
import { startGenieacs, type Acs, type AcsDevice } from '../../sandbox/src/genieacs/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { isSendFailure, SendFailure, type HttpRequest, type Send } from '../../../core/src/index.ts';
import { genieacs, type GenieAcs } from '../src/index.ts';

export const W24 = 'InternetGatewayDevice.LANDevice.1.WLANConfiguration.1';
export const W50 = 'InternetGatewayDevice.LANDevice.1.WLANConfiguration.5';
export const SECRET = `${W24}.PreSharedKey.1.KeyPassphrase`;

/** A fault put between client and server, so that a real server meets it too. */
export interface Planted {
  readonly method?: HttpRequest['method'];
  readonly path?: RegExp;
  /** `reset`, `hang`: nothing reached the server · `…After`: the work was done, the answer lost · `noReason`: HTTP/2 in front. */
  readonly kind: 'reset' | 'resetAfter' | 'hang' | 'hangAfter' | 'refused' | 'html' | 'htmlAfter' | 'truncate' | 'status' | 'noReason';
  readonly times?: number;
  readonly status?: number;
  readonly body?: string;
}
export interface Wire {
  readonly client: GenieAcs;
  /** What the client asked `send` for, in order. */
  readonly sent: HttpRequest[];
  /** The most requests that were under way at once. */
  readonly busiest: () => number;
  readonly posts: () => readonly HttpRequest[];
  plant(fault: Planted): void;
  clear(): void;
}
export interface Bench extends Wire {
  readonly world: World;
  readonly acs: Acs;
  plug(serial?: string, productClass?: string, oui?: string): Promise<AcsDevice>;
  close(): Promise<void>;
}

const PAGE = '<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>';

function wired(wire: Send, clock: Parameters<typeof genieacs>[1]): Wire {
  const sent: HttpRequest[] = [];
  let planted: { fault: Planted; left: number }[] = [];
  let [now, most] = [0, 0];
  const meet = async (request: HttpRequest): ReturnType<Send> => {
    const hit = planted.find(({ fault, left }) => left > 0 && (!fault.method || fault.method === request.method) && (!fault.path || fault.path.test(request.path)));
    if (!hit) return wire(request);
    hit.left -= 1;
    const { kind, status = 502, body = '' } = hit.fault;
    if (kind === 'reset') throw new SendFailure('reset', 'maybe', 'ECONNRESET');
    if (kind === 'hang') throw new SendFailure('timeout', 'maybe', 'no answer within the time limit');
    if (kind === 'refused') throw new SendFailure('refused', 'no', 'ECONNREFUSED');
    if (kind === 'html') return { status, reason: 'Bad Gateway', headers: { 'content-type': 'text/html' }, text: PAGE };
    if (kind === 'status') return { status, reason: '', headers: {}, text: body };
    const reply = await wire(request);
    if (kind === 'resetAfter') throw new SendFailure('reset', 'maybe', 'ECONNRESET');
    if (kind === 'hangAfter') throw new SendFailure('timeout', 'maybe', 'no answer within the time limit');
    if (kind === 'htmlAfter') return { ...reply, status, text: PAGE };
    return kind === 'noReason' ? { ...reply, reason: '' } : { ...reply, text: reply.text.slice(0, Math.floor(reply.text.length / 2)) };
  };
  const send: Send = async (request) => {
    sent.push(request);
    most = Math.max(most, ++now);
    try {
      return await meet(request);
    } finally {
      now -= 1;
    }
  };
  return {
    client: genieacs(send, clock), sent, busiest: () => most,
    posts: () => sent.filter((request) => request.method === 'POST'),
    plant: (fault) => void planted.push({ fault, left: fault.times ?? 1 }),
    clear: () => void (planted = []),
  };
}

/** A sandbox GenieACS behind the real axios transport. */
export async function bench(options: Parameters<typeof startGenieacs>[1] & { version?: string } = {}): Promise<Bench> {
  const world = new World();
  const server = await startGenieacs(world, options);
  if (options.version) server.acs.state.version = options.version;
  const wire = axiosSend({ baseUrl: server.url });
  return {
    ...wired((request) => wire({ ...request, timeoutMs: 5_000 }), world.clock),
    world, acs: server.acs,
    async plug(serial = 'RCMG19E01234', productClass = 'HT803G-W', oui = '000E5E') {
      await world.emit('ont.plugged', { serial, oltIp: '10.0.0.1', ponPort: 0, productClass, oui });
      return server.acs.find(serial)!;
    },
    close: () => server.close(),
  };
}

const { LEADLIGHT_GENIEACS_URL: url, LEADLIGHT_GENIEACS_SERIAL: serial, LEADLIGHT_GENIEACS_USER: user, LEADLIGHT_GENIEACS_PASSWORD: password, LEADLIGHT_GENIEACS_HEADER: header } = process.env;
export const real = url !== undefined && url !== '';

/** What both the sandbox and a real GenieACS can be asked. */
export interface Rig extends Wire {
  /** The sandbox behind it; null on a real server. */
  readonly bench: Bench | null;
  /** A device to work on: plugged in the sandbox, LEADLIGHT_GENIEACS_SERIAL on a real server. `parameter` is a text that harms nobody. */
  device(): Promise<{ readonly id: string; readonly serial: string; readonly root: string; readonly parameter: string }>;
  close(): Promise<void>;
}
export async function rig(): Promise<Rig> {
  const sandbox = real ? null : await bench();
  const [name, ...value] = (header ?? '').split(':');
  const headers = { ...(user ? { authorization: `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}` } : {}), ...(name ? { [name.trim()]: value.join(':').trim() } : {}) };
  const wire = sandbox ?? wired(axiosSend({ baseUrl: url!, headers }), systemClock);
  return {
    ...wire, bench: sandbox,
    async device() {
      if (sandbox) await sandbox.plug();
      const found = await wire.client.devices.findBySerial(sandbox ? 'RCMG19E01234' : serial!, { projection: ['Device.DeviceInfo.SoftwareVersion', 'InternetGatewayDevice.DeviceInfo.SoftwareVersion'] });
      const root = Object.keys(found.parameters).find((path) => path.endsWith('SoftwareVersion'))?.split('.')[0] ?? 'Device';
      wire.sent.length = 0;
      return { id: found.id, serial: found.serial, root, parameter: `${root}.DeviceInfo.ProvisioningCode` };
    },
    close: async () => sandbox?.close(),
  };
}

type Body = () => unknown;
/** Needs no device: runs everywhere. */
export const anywhere = (title: string, body: Body): void => void test(title, body as never, 120_000);
/** Needs a device that answers: runs on a real server when one is named. */
export const withDevice = (title: string, body: Body): void => (real && !serial ? test.skip(`${title} (skipped: LEADLIGHT_GENIEACS_SERIAL names no device)`, body as never) : void test(title, body as never, 180_000));
/** Shows what a real server or device cannot be made to show on demand. */
export const sandboxOnly = (why: string, title: string, body: Body): void => (real ? test.skip(`${title} (skipped: ${why})`, body as never) : void test(title, body as never, 60_000));

let made = 0;
/** A name of this run alone, so that nothing of anybody else's is touched. */
export const unique = (what: string): string => `leadlight-contract-${Date.now().toString(36)}${(made += 1)}-${what}`;

/** The error a promise ends with, for reading its fields. */
export async function failure(promise: Promise<unknown>): Promise<{ kind: string; outcome: string; message: string; hint: string; status?: number; detail?: Record<string, unknown> }> {
  try {
    await promise;
  } catch (error) {
    if (isSendFailure(error)) throw error;
    return error as never;
  }
  throw new Error('nothing failed');
}
