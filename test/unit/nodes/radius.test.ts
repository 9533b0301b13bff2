// Every operation of the RADIUS node once, through a hub with its own tables, a router that listens and a server that lets people in.
import { Radius } from '../../../nodes/Radius/Radius.node.ts';
import { KEY, testHub, type TestHub } from '../../../packages/hub/test/hub.ts';
import { startNas, startRadiusServer, type NasRunning, type RadiusServerRunning } from '../../../packages/sandbox/src/radius/index.ts';
import { World } from '../../../packages/sandbox/src/world.ts';
import { context, failed, only, pick, run } from '../support/n8n.ts';

const node = new Radius();
const SECRET = 'secret-of-the-router';
const USER = 'SVC-ord_1';
const user = pick('name', USER);
let world: World;
let hub: TestHub;
let nas: NasRunning;
let server: RadiusServerRunning;
let credentials: Record<string, string>;

beforeAll(async () => {
  world = new World();
  let db: TestHub['deps']['db'];
  const query = ((sql: string, params?: readonly unknown[]) => db.query(sql, params)) as never;
  nas = await startNas(world, { secret: SECRET, db: { query } });
  server = await startRadiusServer(world, { secret: SECRET, db: { query } });
  hub = await testHub({ radius: { coaPort: nas.port, nasSecrets: { '127.0.0.1': SECRET }, server: { host: '127.0.0.1', port: server.port, secret: SECRET } } }, { clock: world.clock });
  db = hub.deps.db;
  credentials = { baseUrl: hub.url, apiKey: KEY };
}, 60_000);
afterAll(async () => {
  await hub.close();
  await nas.close();
  await server.close();
});
beforeEach(async () => {
  for (const { acctSessionId } of [...nas.sessions]) await nas.stopSession(acctSessionId);
  await hub.deps.db.script('TRUNCATE radcheck, radreply, radgroupcheck, radgroupreply, radusergroup, radacct, nas, radius_usage_sample');
  await subscriber('ensure', { username: USER, planSku: 'FTTH150I', downKbps: 150_000, upKbps: 20_000, options: { framedIp: '100.64.16.9', delegatedPrefix: '2001:db8:100::/56' } });
  await nas.startSession({ username: USER, framedIp: '100.64.16.9' });
  world.clock.advance(60_000);
});
const one = (resource: string) => (operation: string, more: object = {}) => only(node, { resource, operation, username: user, ...more }, credentials);
const many = async (resource: string, operation: string, more: object = {}) => (await run(node, { items: [{ resource, operation, ...more }], credentials })).map(({ json }) => json);
const [subscriber, plan, session, usage, fairUse, router] = ['subscriber', 'plan', 'session', 'usage', 'fairUse', 'nas'].map(one) as [ReturnType<typeof one>, ReturnType<typeof one>, ReturnType<typeof one>, ReturnType<typeof one>, ReturnType<typeof one>, ReturnType<typeof one>];

test('[S0-100] [S0-101] Subscriber: Ensure, Get, Get Many; the list to pick from tells who is suspended', async () => {
  expect(await subscriber('get')).toMatchObject({ access: 'active', rates: { downKbps: 150_000, upKbps: 20_000 }, framedIp: '100.64.16.9', sessions: [{ nasIp: '127.0.0.1' }] });
  await subscriber('ensure', { username: 'SVC-ord_2', planSku: 'FTTH150I' });
  expect((await many('subscriber', 'getMany', { limit: 1 })).map(({ username }) => username)).toEqual([USER]);
  expect((await many('subscriber', 'getMany', { returnAll: true, options: { prefix: 'SVC-ord_2' } })).map(({ username }) => username)).toEqual(['SVC-ord_2']);
  await subscriber('suspend');
  const around = context(node, { items: [{}], credentials });
  expect((await node.methods.listSearch.searchSubscribers.call(around, 'SVC-')).results).toEqual([{ name: `${USER} (suspended)`, value: USER }, { name: 'SVC-ord_2', value: 'SVC-ord_2' }]);
  expect((await node.methods.listSearch.searchPlans.call(around, 'ftth150i:mikrotik:150000')).results).toEqual([{ name: 'plan:FTTH150I:mikrotik:150000-20000 (1 on it)', value: 'plan:FTTH150I:mikrotik:150000-20000' }]);
});

test('Subscriber: Ensure From List makes what can be made and names what cannot', async () => {
  const rows = [{ username: 'SVC-a', planSku: 'X', downKbps: 1_000, upKbps: 1_000, nasVendor: 'mikrotik' }, { username: 'SVC-b', planSku: 'X', downKbps: 8_000_000, upKbps: 1_000, nasVendor: 'huawei' }];
  expect(await subscriber('ensureMany', { subscribers: JSON.stringify(rows) })).toMatchObject({ type: 'radiusBulk', made: 1, failed: 1, results: [{ username: 'SVC-a', ok: true }, { username: 'SVC-b', ok: false, kind: 'rateTooHigh' }] });
  expect(await subscriber('ensureMany', { subscribers: '{}' })).toMatchObject({ type: 'refused', code: 'badInput', path: 'subscribers' });
});

test('[S0-85] [S0-86] Subscriber: Suspend and Resume reach the running session; each reason has its own fence', async () => {
  expect(await subscriber('suspend', { reason: 'abuse' })).toMatchObject({ access: 'walledGarden', enforced: true, told: [{ result: 'changed' }] });
  expect(nas.sessions[0]!.applied).toEqual({ 'Mikrotik-Rate-Limit': '512k/512k', 'Mikrotik-Address-List': 'walled-garden-abuse' });
  expect(await subscriber('resume')).toMatchObject({ access: 'walledGarden', changed: false });
  expect(await subscriber('resume', { reason: 'any' })).toMatchObject({ access: 'active', enforced: true });
  expect(nas.sessions[0]!.applied).toEqual({ 'Mikrotik-Rate-Limit': '20M/150M', 'Mikrotik-Address-List': 'active' });
});

test('Subscriber: Block, Unblock, Test Login', async () => {
  expect(await subscriber('testLogin', { method: 'chap' })).toMatchObject({ result: 'accepted', agrees: true });
  expect(await subscriber('block')).toMatchObject({ access: 'rejected', enforced: true, told: [{ result: 'disconnected' }] });
  expect(await subscriber('testLogin')).toMatchObject({ result: 'rejected', agrees: true });
  expect(await subscriber('unblock')).toMatchObject({ access: 'active', changed: true });
});

test('[access-43] Subscriber: Change Plan says whether the session has it; what the router refuses leaves the plan changed', async () => {
  const faster = { planSku: 'FTTH500I', downKbps: 500_000, upKbps: 50_000 };
  world.inject({ system: 'radius', method: 'UDP', path: 'CoA-Request', kind: 'status', status: 506 });
  expect(await subscriber('changePlan', { ...faster, enforce: 'coa' })).toMatchObject({ changed: true, enforced: false, rates: { downKbps: 500_000 }, told: [{ result: 'pending' }] });
  expect(await subscriber('changePlan', faster)).toMatchObject({ changed: false, enforced: true, told: [{ result: 'changed' }] });
});

test('[S0-103] Subscriber: Disconnect, Remove, Find Strays', async () => {
  expect(await subscriber('disconnect')).toMatchObject({ sessions: [], changed: true });
  expect(await subscriber('remove')).toMatchObject({ access: 'absent', changed: true });
  expect(await subscriber('findStrays')).toMatchObject({ type: 'radiusStrays', unusedPlans: ['plan:FTTH150I:mikrotik:150000-20000'] });
});

test('Plan: Ensure, Get Many, Delete; one that is in use is kept', async () => {
  const group = 'plan:FIBRE_1G:mikrotik:1000000-1000000';
  expect(await plan('ensure', { planSku: 'FIBRE_1G' })).toMatchObject({ type: 'radiusPlan', group, rates: { downKbps: 1_000_000, upKbps: 1_000_000 } });
  expect((await many('plan', 'getMany')).map(({ subscribers }) => subscribers)).toEqual([0, 1]);
  expect(await failed(run(node, { items: [{ resource: 'plan', operation: 'delete', group: pick('list', 'plan:FTTH150I:mikrotik:150000-20000') }], credentials }))).toMatchObject({ message: '1 subscribers are on this plan.' });
  expect(await plan('delete', { group: pick('group', group) })).toMatchObject({ changed: true });
});

test('[access-36] Session: Get Many, Change Rate, Disconnect, Disconnect All, Close Stale', async () => {
  await nas.startSession({ username: USER });
  const [first] = await many('session', 'getMany', { options: { username: USER, nasIp: '127.0.0.1' } });
  expect(first).toMatchObject({ username: USER, nasIp: '127.0.0.1', framedIp: '100.64.16.9' });
  expect(await session('changeRate', { downKbps: 900_000, upKbps: 90_000, options: { acctSessionId: first!['acctSessionId'] as string } })).toMatchObject({ done: 1, failed: 0 });
  expect(nas.sessions[0]!.applied).toEqual({ 'Mikrotik-Rate-Limit': '90M/900M' });
  expect(await session('disconnect', { acctSessionId: first!['acctSessionId'] })).toMatchObject({ done: 1 });
  expect(await session('disconnectAll')).toMatchObject({ done: 1, failed: 0 });
  await nas.startSession({ username: USER });
  world.clock.advance(20 * 60_000);
  expect(await session('closeStale', { options: { username: USER, nasIp: '127.0.0.1', silentSeconds: 900 } })).toMatchObject({ dryRun: true, closed: [{ username: USER }] });
  expect((await session('closeStale', { dryRun: false }))['closed']).toHaveLength(1);
});

test('[S0-102] Usage: Sample, Get', async () => {
  await nas.interim(nas.sessions[0]!.acctSessionId, { inputOctets: 5, outputOctets: 1_000, outputGigawords: 5 });
  expect(await usage('sample')).toMatchObject({ samples: 2 });
  expect(await usage('get', { from: '2026-04-01', to: '2026-05-01', options: { zone: 'America/Vancouver' } })).toMatchObject({ zone: 'America/Vancouver', from: '2026-04-01T07:00:00.000Z', downloadOctets: '21474837480', byDay: { days: [{ day: '2026-04-01', uploadOctets: '5' }] } });
});

test('Fair Use: Apply throttles once per cycle, Restore gives the speed back for the rest of it', async () => {
  const cycle = { cycle: '2026-04-01' };
  expect(await fairUse('apply', cycle)).toMatchObject({ throttle: 'throttled', rates: { downKbps: 5_000, upKbps: 1_000 }, enforced: true });
  expect(nas.sessions[0]!.applied).toEqual({ 'Mikrotik-Rate-Limit': '1M/5M' });
  expect(await fairUse('restore', { options: cycle })).toMatchObject({ throttle: 'lifted', rates: { downKbps: 150_000 } });
  expect(await fairUse('apply', cycle)).toMatchObject({ throttle: 'lifted', changed: false });
});

test('[access-42] NAS: Ensure, Get Many, Check Server; no secret leaves', async () => {
  const made = await router('ensure', { name: '127.0.0.1', shortName: 'lab', options: { description: 'on the bench' } });
  expect(made).toMatchObject({ name: '127.0.0.1', type: 'mikrotik', hasSecret: true, restartNeeded: true });
  const listed = await many('nas', 'getMany');
  expect(listed).toEqual([{ name: '127.0.0.1', shortName: 'lab', type: 'mikrotik', description: 'on the bench', hasSecret: true }]);
  expect(JSON.stringify([made, listed])).not.toContain(SECRET);
  expect(await router('checkServer')).toMatchObject({ type: 'radiusServer', answers: true });
});
