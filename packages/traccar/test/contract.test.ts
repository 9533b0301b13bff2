import { isVendorError, SendFailure, type HttpRequest, type Send, type VendorError } from '../../../core/src/index.ts';
import { axiosSend, systemClock } from '../../http/src/send.ts';
import { startTraccar, type TraccarSandbox } from '../../sandbox/src/traccar/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { circleArea, sameCircle, toPosition, traccarClient } from '../src/index.ts';

const realUrl = process.env['LEADLIGHT_TRACCAR_URL'];
const onSandbox = realUrl ? test.skip : test;
const world = new World();
const run = realUrl ? `ll${Date.now().toString(36)}` : 'll';
let sandbox: TraccarSandbox | undefined;
let send: Send;
const sent: HttpRequest[] = [];
const clock = realUrl ? systemClock : world.clock;
const client = (around: (send: Send) => Send = (to) => to) => traccarClient(around((request) => (sent.push(request), send(request))), clock);
const fixtures: { devices: number[]; geofences: number[] } = { devices: [], geofences: [] };
const device = async (n: number) => {
  const { device: one } = await client().devices.ensure(`${run}-${n}`, `Camion ${n}`);
  fixtures.devices.push(one.id);
  return one;
};
const circle = { latitude: 45.123, longitude: -73.456, radiusM: 150 };
const fence = async (name: string) => {
  const made = await client().geofences.ensureCircle(`${run}:${name}`, circle);
  fixtures.geofences.push(made.geofence.id);
  return made;
};
async function failure(work: Promise<unknown>): Promise<VendorError> {
  const outcome = await work.then((value) => ({ value }), (error: unknown) => ({ error }));
  if ('error' in outcome && isVendorError(outcome.error)) return outcome.error;
  throw new Error(`expected a VendorError, got ${JSON.stringify(outcome)}`);
}
/** A fault of the network between client and server, at the first write; `after` lets the write through first. */
const broken = (kind: 'reset' | 'html' | 'cut' | 'hang', after: boolean, times = 1) => (to: Send): Send => async (request) => {
  if (request.method === 'GET' || times <= 0) return to(request);
  times -= 1;
  const reply = after ? await to(request) : undefined;
  if (kind === 'reset' || kind === 'hang') throw new SendFailure(kind === 'hang' ? 'timeout' : 'reset', 'maybe', 'gone');
  return kind === 'html' ? { status: 502, reason: 'Bad Gateway', headers: { 'content-type': 'text/html' }, text: '<html>nginx</html>' } : { status: 200, reason: 'OK', headers: {}, text: (reply?.text ?? '{"id":1,"na').slice(0, 9) };
};

beforeAll(async () => {
  sandbox = realUrl ? undefined : await startTraccar(world);
  const token = sandbox?.token ?? process.env['LEADLIGHT_TRACCAR_TOKEN'] ?? '';
  send = axiosSend({ baseUrl: realUrl ?? `${sandbox!.url}/api`, headers: { authorization: `Bearer ${token}` }, timeoutMs: realUrl ? 30_000 : 3_000 });
});
beforeEach(() => void (sent.length = 0));
afterAll(async () => {
  for (const id of new Set(fixtures.geofences)) await client().geofences.delete(id).catch(() => undefined);
  for (const id of new Set(fixtures.devices)) await client().devices.delete(id).catch(() => undefined);
  await sandbox?.close();
});
const posts = () => sent.filter(({ method }) => method === 'POST');

test('a device is found by its identifier or made once; one that is there keeps its name', async () => {
  expect(await client().devices.find(`${run}-none`)).toBeNull();
  const made = await device(1);
  expect(made).toMatchObject({ name: 'Camion 1', uniqueId: `${run}-1`, disabled: false, lastUpdate: null });
  expect(await client().devices.ensure(`${run}-1`, 'Autre nom')).toEqual({ device: made, created: false });
  expect(posts()).toHaveLength(1);
  expect(await client().version()).toMatch(/^\d+\.\d+/);
});

test('a circle is made once per name and never overwritten; a device is linked to it once', async () => {
  const [van, first] = [await device(2), await fence('job-1')];
  expect([first.created, sameCircle(first.geofence.area, circleArea(circle))]).toEqual([true, true]);
  expect(await fence('job-1')).toEqual({ geofence: first.geofence, created: false });
  expect(await failure(client().geofences.ensureCircle(`${run}:job-1`, { ...circle, radiusM: 300 }))).toMatchObject({ kind: 'conflict', detail: { geofenceId: first.geofence.id } });
  expect([await client().permissions.watch(van.id, first.geofence.id), await client().permissions.watch(van.id, first.geofence.id)]).toEqual([{ linked: true }, { linked: false }]);
  expect(posts().filter(({ path }) => path === '/permissions')).toHaveLength(1);
});

test.each<['reset' | 'html' | 'cut' | 'hang', boolean]>([['reset', true], ['reset', false], ['html', true], ['html', false], ['cut', true], ['hang', true]])('after %s (carried out: %s) it is looked for before it is repeated: one device, one circle, one link', async (kind, after) => {
  const id = `${run}-${kind}-${after}`;
  const around = () => client(broken(kind, after));
  const { device: van } = await around().devices.ensure(id, 'Camion');
  fixtures.devices.push(van.id);
  const { geofence } = await around().geofences.ensureCircle(id, circle);
  fixtures.geofences.push(geofence.id);
  await around().permissions.watch(van.id, geofence.id);
  // What arrived: a device, a circle, a link, each once.
  expect(posts()).toHaveLength(3);
  if (sandbox) expect([sandbox.devices().filter((one) => one.uniqueId === id).length, sandbox.geofences().filter((one) => one.name === id).length]).toEqual([1, 1]);
});

test('a network that stays silent ends in outcome unknown after one repeat, never in a guess', async () => {
  expect(await failure(client(broken('reset', false, 9)).devices.ensure(`${run}-silent`, 'Camion'))).toMatchObject({ kind: 'timedOut', outcome: 'unknown', hint: expect.stringContaining('Read') });
  expect(await client().devices.find(`${run}-silent`)).toBeNull();
});

test('a wrong token, another address, a proxy’s page: typed, with what to do, without what was refused', async () => {
  const to = (baseUrl: string, token = 'wrong') => traccarClient(axiosSend({ baseUrl, headers: { authorization: `Bearer ${token}` }, timeoutMs: 3_000 }), clock);
  const base = realUrl ?? `${sandbox!.url}/api`;
  expect(await failure(to(base).devices.find('1'))).toMatchObject({ kind: 'unauthorised', status: 401, hint: expect.stringContaining('token') });
  expect(await failure(to(base.replace(/\/api$/, '/nothing')).devices.find('1'))).toMatchObject({ kind: expect.stringMatching(/notFound|unexpectedReply/), hint: expect.stringContaining('/api') });
  const page = client(() => async () => ({ status: 200, reason: 'OK', headers: {}, text: '<html>Login</html>' }));
  expect(await failure(page.positions.latest())).toMatchObject({ kind: 'unexpectedReply' });
  for (const bad of ['', 'a b', "x'; DROP", 'é']) expect(await failure(client().devices.find(bad))).toMatchObject({ kind: 'rejectedInput' });
  for (const wrong of [{ ...circle, latitude: 91 }, { ...circle, longitude: NaN }, { ...circle, radiusM: 1 }]) expect(await failure(client().geofences.ensureCircle('x', wrong))).toMatchObject({ kind: 'rejectedInput' });
  expect(await failure(client().events.report(1, '2026-04-03T14:00:00Z', '2026-04-03T14:00:00Z'))).toMatchObject({ kind: 'rejectedInput' });
  expect(await failure(client().positions.latest(999_999_999))).toMatchObject({ kind: 'unauthorised' });
});

onSandbox('an identifier another user’s device has is a conflict, and no SQL is repeated (sandbox only: a second user)', async () => {
  sandbox!.foreign(`${run}-theirs`);
  const error = await failure(client().devices.ensure(`${run}-theirs`, 'Camion'));
  expect(error).toMatchObject({ kind: 'conflict', outcome: 'notApplied' });
  expect(JSON.stringify(error)).not.toMatch(/SQL|UNIQUE|PUBLIC|theirs/i);
});

onSandbox('[S1-114] where a device is: km/h from knots, and whether that is now (sandbox only: a device that moves)', async () => {
  const van = await device(3);
  const now = async () => (await client().positions.latest(van.id))[0];
  expect(await now()).toBeUndefined();
  sandbox!.fix(van.uniqueId, { latitude: 45.2, longitude: -74.1, speed: 54 });
  expect(await now()).toMatchObject({ deviceId: van.id, latitude: 45.2, longitude: -74.1, speedKmh: 100, fixedAt: world.clock.now(), stale: null });
  world.clock.advance(5 * 60_000 + 1_000);
  expect(await now()).toMatchObject({ stale: 'old' });
  for (const [more, stale] of [[{ valid: false }, 'invalid'], [{ outdated: true }, 'outdated'], [{ fixTime: new Date(world.clock.ms + 600_000).toISOString() }, 'future']] as const) {
    sandbox!.fix(van.uniqueId, { latitude: 45.2, longitude: -74.1, ...more });
    expect(await now()).toMatchObject({ stale });
  }
  expect((await client().positions.history(van.id, '2026-04-01T00:00:00Z', world.clock.now())).map(({ speedKmh }) => speedKmh)).toEqual([100, 0, 0]);
  expect([toPosition({ id: 1 }, 0, 1), toPosition({ id: 1, deviceId: 1, latitude: 1, longitude: 1, fixTime: 'x' }, 0, 1)]).toEqual([null, null]);
});

onSandbox('[S1-114] entering and leaving a watched circle is in the report, whatever was forwarded (sandbox only: a device that moves)', async () => {
  const [van, { geofence }] = [await device(4), await fence('job-4')];
  await client().permissions.watch(van.id, geofence.id);
  const from = world.clock.now();
  for (const latitude of [45.2, 45.1231, 45.1232, 45.3]) { world.clock.advance(60_000); sandbox!.fix(van.uniqueId, { latitude, longitude: -73.456 }); }
  const report = (type?: string) => client().events.report(van.id, from, world.clock.now(), type);
  expect((await report()).map(({ type, geofenceId }) => [type, geofenceId])).toEqual([['geofenceEnter', geofence.id], ['geofenceExit', geofence.id]]);
  expect((await report('geofenceEnter')).map(({ at }) => at)).toEqual([new Date(Date.parse(from) + 120_000).toISOString()]);
});
