// The controller's REST (:8000) as its source has it: routes, JSON strings for errors, and the faults that callers must live with (acs.md 3).
import type { SimHandler, SimReply, SimRequest } from '../http.ts';
import type { CpeAcsChanged, World } from '../world.ts';
import { admits, mint } from './auth.ts';
import { answer } from './cwmpCpe.ts';
import { statusOf, type OktopusDevice, type OktopusState, type Status } from './state.ts';
import { agent } from './uspAgent.ts';

const WAIT_MS = 10_000;
const CWMP = ['generic', 'getParameterNames', 'getParameterValues', 'getParameterAttributes', 'setParameterValues', 'addObject', 'deleteObject'];
const USP = ['get', 'set', 'add', 'del', 'operate', 'parameters', 'instances'];

/** Go's encoder: markup characters escaped, a line break at the end. */
const json = (status: number, value: unknown): SimReply => ({ status, headers: { 'content-type': 'application/json' }, body: `${JSON.stringify(value).replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`)}\n` });
const nats = (why: string): SimReply => json(500, `Error to communicate with nats: nats: ${why}`);
const addressable = (serial: string): boolean => !/[.\s*>]/.test(serial);

const urlOf = ({ tree }: OktopusDevice): string => String(tree.get('InternetGatewayDevice.ManagementServer.URL')?.value ?? tree.get('Device.ManagementServer.URL')?.value ?? '');

export interface Restart { (device: OktopusDevice, reset: boolean): void }

/** @example serve(world, 'oktopus', rest(world, state, restart)) */
export function rest(world: World, state: OktopusState, restart: Restart): SimHandler {
  const shown = (one: OktopusDevice): object => ({ SN: one.serial, Model: one.transports.Cwmp === 2 && one.transports.Mqtt + one.transports.Websockets + one.transports.Stomp === 0 ? '' : one.model, Customer: '', Vendor: one.vendor, Version: one.version, ProductClass: one.productClass, Alias: one.alias, Status: statusOf(one), ...one.transports });

  function devices({ method, query }: SimRequest): SimReply {
    const id = query.get('id') ?? '';
    if (method === 'DELETE') {
      if (id === '') return json(400, 'No id provided');
      return json(200, { number_of_deleted_devices: id.split(',').filter((one) => state.devices.delete(one)).length });
    }
    if (method !== 'GET') return { status: 405 };
    if (id !== '') {
      if (!addressable(id)) return nats('no responders available for request');
      const device = state.devices.get(id);
      return device ? json(200, shown(device)) : json(404, 'Device not found');
    }
    const order = query.get('statusOrder') || 'asc';
    if (order !== 'asc' && order !== 'desc') return json(400, "Status order must be 'asc' or 'desc'");
    const whole = (name: string, byDefault: number): number => (query.get(name) ? Number(query.get(name)) : byDefault);
    const page = whole('page_number', 0);
    const size = whole('page_size', 20);
    if (!Number.isInteger(page)) return json(400, 'Page number must be an integer');
    if (!Number.isInteger(size)) return json(400, 'Page size must be an integer');
    if (size > 50) return json(400, 'Page size must not exceed 50');
    const wants = (name: string, value: string): boolean => !query.get(name) || query.get(name) === value;
    const found = [...state.devices.values()]
      .filter((one) => wants('vendor', one.vendor) && wants('version', one.version) && wants('type', one.productClass) && wants('alias', one.alias) && wants('model', one.model) && wants('status', String(statusOf(one))))
      .sort((a, b) => (order === 'asc' ? 1 : -1) * (statusOf(a) - statusOf(b)));
    if (found.length === 0) return json(404, 'No devices found');
    // Pages overlap by one, since the last of a page is counted to the next.
    const skip = page * (size - 1);
    if (skip >= found.length) return json(400, 'Page number is out of range');
    return json(200, { pages: Math.floor(found.length / size), page, size, devices: found.slice(skip, skip + size).map(shown), total: found.length });
  }

  async function usp(serial: string, mtp: string, op: string, text: string): Promise<SimReply> {
    if (!['mqtt', 'ws', 'stomp', 'any', ':mtp'].includes(mtp)) return json(400, 'Invalid MTP, valid options are: mqtt, ws, stomp');
    const device = state.devices.get(serial);
    let over = mtp;
    if (mtp === 'any' || mtp === ':mtp') {
      if (!addressable(serial)) return nats('no responders available for request');
      if (!device) return json(404, 'Device not found');
      if (statusOf(device) !== 2) return json(503, statusOf(device) === 0 ? 'Device is offline' : 'Device status is associating');
      over = device.transports.Mqtt === 2 ? 'mqtt' : device.transports.Websockets === 2 ? 'ws' : device.transports.Stomp === 2 ? 'stomp' : '';
      // Online by CWMP alone: the controller returns without a word.
      if (over === '') return { status: 200 };
    }
    const online = device && device.transports[({ mqtt: 'Mqtt', ws: 'Websockets', stomp: 'Stomp' } as const)[over as 'mqtt']] === 2;
    let body: Record<string, unknown> = {};
    try {
      body = JSON.parse(text) as Record<string, unknown>;
    } catch {
      // Broken JSON goes to the device as an empty message.
    }
    if (!device || !online || device.silent) return tooLate();
    // Every caller that waits on this serial gets the next answer, whose ever it is.
    const mine = new Promise<object>((resolve) => device.waiters.add(resolve));
    device.peakWaiters = Math.max(device.peakWaiters, device.waiters.size);
    const reply = (one: object): void => {
      for (const waiter of device.waiters) waiter(one);
      device.waiters.clear();
    };
    const old = device.lateReplies.shift();
    if (old) {
      reply(old);
      const done = agent(device, op, body, (reset) => restart(device, reset));
      void done;
      return json(200, await mine);
    }
    await device.gate;
    const done = agent(device, op, body, (reset) => restart(device, reset));
    if (device.late) {
      device.late = false;
      device.lateReplies.push(done);
      device.waiters.clear();
      return tooLate();
    }
    reply(done);
    return json(200, await mine);
  }
  async function tooLate(): Promise<SimReply> {
    world.clock.advance(WAIT_MS);
    return json(504, 'usp message response timeout');
  }

  // One callback for all devices: whoever comes later waits, and the controller's own ten seconds run meanwhile.
  let callback: Promise<unknown> = Promise.resolve();
  let inside = 0;
  function cwmp(serial: string, route: string, text: string): Promise<SimReply> {
    if (route === 'generic' && text === '') return Promise.resolve(json(400, 'Empty payload'));
    if (state.down.has('acs') || !addressable(serial)) return Promise.resolve(nats('no responders available for request'));
    const since = world.clock.ms;
    state.peakCwmp = Math.max(state.peakCwmp, (inside += 1));
    const mine = callback.then(async () => {
      await state.devices.get(serial)?.gate;
      const gaveUp = world.clock.ms - since >= WAIT_MS;
      const reply = session(serial, text);
      // The controller gave up, the ACS did not: the device has done it all the same.
      return gaveUp ? nats('timeout') : reply;
    });
    callback = mine.finally(() => (inside -= 1));
    return mine;
  }
  function session(serial: string, text: string): SimReply {
    const device = state.devices.get(serial);
    if (!device?.acsKnows) return json(404, 'Device not found');
    if (device.reach === 'no') {
      world.clock.advance(1_000);
      return json(400, `Get "http://${device.ip}:7547/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`);
    }
    if (device.reach === 'refuses') return json(400, 'Authentication error!');
    const urlBefore = urlOf(device);
    const said = device.silent ? null : answer(device, text, (reset) => restart(device, reset));
    if (urlOf(device) !== urlBefore) void world.emit<CpeAcsChanged>('cpe.acsChanged', { serial, url: urlOf(device) });
    if (said === null) {
      world.clock.advance(WAIT_MS);
      return json(408, 'Request timeout');
    }
    return { status: 200, headers: { 'content-type': 'application/json' }, body: said };
  }

  function login({ text }: SimRequest): SimReply {
    state.logins += 1;
    try {
      const { email, password } = JSON.parse(text) as { email: string; password: string };
      return state.users.get(email) === password && password !== undefined ? json(200, mint(world, state, email)) : json(401, 'Invalid Credentials');
    } catch {
      return { status: 400 };
    }
  }

  return async (request) => {
    const { method, rawPath, headers, query, text } = request;
    const path = rawPath.split('/').slice(1).map((one) => decodeURIComponent(one));
    if (rawPath === '/api/auth/login') return method === 'PUT' ? login(request) : { status: 405 };
    if (rawPath === '/api/auth/admin/exists') return json(200, state.users.size > 0);
    if (path[0] !== 'api' || !['device', 'info', 'users'].includes(path[1] ?? '')) return { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: '404 page not found\n' };
    if (!admits(world, state, headers.authorization)) return { status: 401, headers: { 'content-type': 'application/json' } };
    if (rawPath === '/api/users') return json(200, [...state.users.keys()].map((email) => ({ email, level: 1 })));
    if (state.down.has('adapter') && !rawPath.startsWith('/api/device/cwmp/')) return nats('timeout');
    if (rawPath === '/api/info/status') {
      const count = (status: Status): number => [...state.devices.values()].filter((one) => statusOf(one) === status).length;
      return json(200, { Online: count(2), Offline: count(0) });
    }
    if (rawPath === '/api/device') return devices(request);
    if (rawPath === '/api/device/alias' && method === 'PUT') {
      const bytes = Buffer.byteLength(text);
      if (bytes === 0) return json(400, 'No alias provided');
      if (bytes > 50) return json(400, 'Alias too long');
      const device = state.devices.get(query.get('id') ?? '');
      if (!device) return json(404, 'Device not found');
      device.alias = text;
      return { status: 200 };
    }
    const [, , first = '', second = '', third = ''] = path;
    if (path.length === 5 && method === 'PUT' && first === 'cwmp' && CWMP.includes(third)) return cwmp(second, third, text);
    if (path.length === 5 && method === 'PUT' && USP.includes(third)) return usp(first, second, third, text);
    return { status: path.length === 5 ? 405 : 404, body: path.length === 5 ? undefined : '404 page not found\n' };
  };
}
