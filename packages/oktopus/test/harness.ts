import { isVendorError, SendFailure, VendorError, type HttpReply, type HttpRequest, type Send } from '../../../core/src/index.ts';
import { axiosSend, systemClock } from '../../http/src/send.ts';
import { startOktopus, type OktopusDevice, type OktopusSandbox } from '../../sandbox/src/oktopus/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { oktopus, type Login, type Oktopus } from '../src/index.ts';

const url = process.env['LEADLIGHT_OKTOPUS_URL'];
/** A real controller and its user; the serials are of devices that may be read, renamed and, one harmless parameter, written. */
export const real = url
  ? { url, login: { email: process.env['LEADLIGHT_OKTOPUS_EMAIL'] ?? '', password: process.env['LEADLIGHT_OKTOPUS_PASSWORD'] ?? '' }, usp: process.env['LEADLIGHT_OKTOPUS_USP_SERIAL'], cwmp: process.env['LEADLIGHT_OKTOPUS_CWMP_SERIAL'] }
  : undefined;

type Body = () => Promise<void>;
/** Runs against both. */
export const both = test;
/** Runs where the sandbox stands in; on a real server it is skipped, and the title says what would be needed. */
export const needs = (what: string) => (title: string, body: Body): void => (real ? test.skip(`${title} — skipped: needs ${what}`, body) : test(title, body));
/** Runs against both, if a device of that kind is named for the real one. */
export const withDevice = (kind: 'usp' | 'cwmp') => (title: string, body: Body): void =>
  real && !real[kind] ? test.skip(`${title} — skipped: needs LEADLIGHT_OKTOPUS_${kind.toUpperCase()}_SERIAL`, body) : test(title, body);

export const LOGIN: Login = { email: 'ops@example.ca', password: 'p@ss "wörd"' };
export const USP = real?.usp ?? 'XXAGENT0001';
export const CWMP = real?.cwmp ?? 'RCMG19E01234';

export interface Bench {
  readonly client: Oktopus;
  readonly send: Send;
  /** What went out, in order. */
  readonly sent: HttpRequest[];
  readonly login: Login;
  /** The sandbox; only in tests that are skipped on a real server. */
  readonly world: World;
  readonly oss: OktopusSandbox;
  readonly usp: OktopusDevice;
  readonly cwmp: OktopusDevice;
  /** Another client with its own lanes and token. */
  another(login?: Login, wrap?: (send: Send) => Send): Oktopus;
  close(): Promise<void>;
}

/** A client against the sandbox, with one USP and one CWMP device, or against the real server. `wrap` stands between client and server. */
export async function bench(wrap: (send: Send) => Send = (send) => send): Promise<Bench> {
  const sent: HttpRequest[] = [];
  const record = (wire: Send): Send => (request) => {
    sent.push(request);
    return wire(request);
  };
  if (real) {
    const wire = axiosSend({ baseUrl: real.url });
    const send = record(wrap(wire));
    return { client: oktopus(send, systemClock, real.login), send, sent, login: real.login, another: (login = real.login, around = (one) => one) => oktopus(around(record(wire)), systemClock, login), close: async () => undefined } as Partial<Bench> as Bench;
  }
  const world = new World();
  const oss = await startOktopus(world, { users: { [LOGIN.email]: LOGIN.password } });
  const usp = await oss.plug({ serial: 'XXAGENT0001', oui: '1C61B4', productClass: 'XX230v', over: 'mqtt' });
  const cwmp = await oss.plug({ serial: 'RCMG19E01234', oui: '000E5E', productClass: 'HT803G-W', over: 'cwmp' });
  const wire = axiosSend({ baseUrl: oss.url, timeoutMs: 2_000 });
  const send = record(wrap(wire));
  return { client: oktopus(send, world.clock, LOGIN), send, sent, login: LOGIN, world, oss, usp, cwmp, another: (login = LOGIN, around = (one) => one) => oktopus(around(record(wire)), world.clock, login), close: () => oss.close() };
}

/** What a transport or a proxy may do to the next request that fits. */
export interface Plan { readonly fits: RegExp; readonly kind: 'drop' | 'resetAfter' | 'hang' | 'html' | 'truncate' | 'status'; readonly status?: number; readonly body?: string; times?: number }

/** Faults between client and server, so that they work with a real server too. */
export function faults(): { readonly wrap: (send: Send) => Send; plan(plan: Plan): void } {
  const plans: Plan[] = [];
  return {
    plan: (plan) => void plans.push(plan),
    wrap: (send) => async (request) => {
      const plan = plans.find((one) => (one.times ?? 1) > 0 && one.fits.test(`${request.method} ${request.path}`));
      if (!plan) return send(request);
      plan.times = (plan.times ?? 1) - 1;
      const page: HttpReply = { status: plan.status ?? 502, reason: '', headers: {}, text: '<html><head><title>502 Bad Gateway</title></head></html>' };
      if (plan.kind === 'drop') throw new SendFailure('refused', 'no', 'ECONNREFUSED');
      if (plan.kind === 'html') return page;
      if (plan.kind === 'status') return { ...page, text: plan.body ?? '' };
      const reply = await send(request);
      if (plan.kind === 'resetAfter') throw new SendFailure('reset', 'maybe', 'ECONNRESET');
      if (plan.kind === 'hang') throw new SendFailure('timeout', 'maybe', 'no answer within the time limit');
      return { ...reply, text: reply.text.slice(0, Math.floor(reply.text.length / 2)) };
    },
  };
}

/** The error a promise ends with, for reading its fields. */
export async function failure(promise: Promise<unknown>): Promise<VendorError> {
  try {
    await promise;
  } catch (error) {
    if (isVendorError(error)) return error;
    throw error;
  }
  throw new Error('nothing failed');
}
