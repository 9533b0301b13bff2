import { World } from '../../sandbox/src/world.ts';
import { startNas, startRadiusServer, type NasRunning, type RadiusServerRunning } from '../../sandbox/src/radius/index.ts';
import { testHub, type TestHub } from './hub.ts';

const SECRET = 'nas-secret-of-the-test';
const SERVER_SECRET = 'secret-of-the-server';
const USER = 'ord-12@isp';
const wanted = { username: USER, planSku: 'FTTH150I', downKbps: 150_000, upKbps: 20_000, framedIp: '100.64.0.10', nasVendor: 'mikrotik' } as const;
let world: World;
let hub: TestHub;
let nas: NasRunning;
let server: RadiusServerRunning;

beforeAll(async () => {
  world = new World();
  // The NAS needs a port before the hub can be told it, and the hub's database before it can report there.
  let db: TestHub['deps']['db'];
  nas = await startNas(world, { secret: SECRET, requireMessageAuthenticator: true, db: { query: (sql, params) => db.query(sql, params) } });
  server = await startRadiusServer(world, { secret: SERVER_SECRET, db: { query: (sql, params) => db.query(sql, params) as never } });
  hub = await testHub({ radius: { coaPort: nas.port, nasSecrets: { '127.0.0.1': SECRET }, server: { host: '127.0.0.1', port: server.port, secret: SERVER_SECRET } } }, { clock: world.clock });
  db = hub.deps.db;
}, 60_000);
afterAll(async () => {
  await hub.close();
  await nas.close();
  await server.close();
});
beforeEach(async () => {
  for (const { acctSessionId } of [...nas.sessions]) await nas.stopSession(acctSessionId);
  await hub.deps.db.script('TRUNCATE radcheck, radreply, radgroupcheck, radgroupreply, radusergroup, radacct, nas, radius_usage_sample');
});

test('[S0-100] an account is made, read back, and made again without a change', async () => {
  const made = await hub.client.radius.ensure(wanted);
  expect(made).toEqual({
    type: 'radiusSubscriber', username: USER, access: 'active', throttled: false, planGroup: 'plan:FTTH150I:mikrotik:150000-20000', framedIp: '100.64.0.10', rates: { downKbps: 150_000, upKbps: 20_000 }, sessions: [], changed: true, pendingSince: null,
    attributes: { 'Framed-IP-Address': '100.64.0.10', 'Mikrotik-Rate-Limit': '20M/150M', 'Acct-Interim-Interval': '300' },
  });
  expect(await hub.client.radius.ensure(wanted)).toEqual({ ...made, changed: false });
  expect(await hub.client.radius.get(USER)).toEqual({ ...made, changed: false });
});

test('other rates under the same name of plan do not change other subscribers', async () => {
  await hub.client.radius.ensure(wanted);
  await hub.client.radius.ensure({ ...wanted, username: 'ord-13@isp', downKbps: 500_000 });
  expect((await hub.client.radius.get(USER)).attributes['Mikrotik-Rate-Limit']).toBe('20M/150M');
});

test('suspend, resume, remove; the password is never shown', async () => {
  await hub.client.radius.ensure(wanted);
  const { rows } = await hub.deps.db.query<{ value: string }>('SELECT value FROM radcheck');
  const replies = [];
  for (const verb of ['suspend', 'resume', 'remove']) replies.push(await hub.ask('POST', `/v1/radius/subscribers/${encodeURIComponent(USER)}/${verb}`, { body: {} }));
  expect(replies.map(({ body }) => [body['access'], body['changed']])).toEqual([['walledGarden', true], ['active', true], ['absent', true]]);
  for (const { text } of replies) expect(text).not.toContain(rows[0]!.value);
});

test('[S0-103] disconnect ends every session on its NAS and shows what is left', async () => {
  await hub.client.radius.ensure(wanted);
  await nas.startSession({ username: USER, framedIp: '100.64.0.10' });
  await nas.startSession({ username: USER, framedIp: '100.64.0.11' });
  expect((await hub.client.radius.get(USER)).sessions.map((one) => one.framedIp)).toEqual(['100.64.0.10', '100.64.0.11']);
  expect(await hub.client.radius.disconnect(USER)).toMatchObject({ access: 'active', sessions: [], changed: true });
  expect(nas.sessions).toEqual([]);
  expect(await hub.client.radius.disconnect(USER)).toMatchObject({ changed: false });
});

test('[access-40] a session the NAS does not have is closed in accounting as lost', async () => {
  await hub.client.radius.ensure(wanted);
  await nas.startSession({ username: USER });
  (nas.sessions as unknown[]).length = 0;
  expect(await hub.client.radius.disconnect(USER)).toMatchObject({ sessions: [], changed: true });
  expect((await hub.deps.db.query('SELECT acctterminatecause AS cause FROM radacct')).rows).toEqual([{ cause: 'Lost-Service' }]);
});

test('[access-36] one session that fails does not keep the others from ending, and is named', async () => {
  await hub.client.radius.ensure(wanted);
  for (let index = 0; index < 3; index += 1) await nas.startSession({ username: USER });
  world.inject({ system: 'radius', method: 'UDP', kind: 'status', status: 501 });
  await expect(hub.client.radius.disconnect(USER)).rejects.toMatchObject({
    name: 'VendorError', kind: 'conflict', message: expect.stringContaining('1 of 3 sessions did not end'), detail: { ended: 2, failed: [{ message: expect.stringContaining('501 Administratively-Prohibited') }] },
  });
  expect(nas.sessions).toHaveLength(1);
});

test('[access-42] a NAS without a secret is named; no secret is in any answer', async () => {
  await hub.client.radius.ensure(wanted);
  await hub.deps.db.query("INSERT INTO radacct (acctsessionid, acctuniqueid, username, nasipaddress, acctstarttime, acctupdatetime) VALUES ('S1', 'u1', $1, '10.9.9.9', $2::timestamptz, $2::timestamptz)", [USER, world.clock.now()]);
  const { status, text } = await hub.ask('POST', `/v1/radius/subscribers/${encodeURIComponent(USER)}/disconnect`, { body: {} });
  expect([status, text.includes('no secret for NAS 10.9.9.9'), text.includes(SECRET)]).toEqual([422, true, false]);
});

test('remove deletes the account first and then ends the session', async () => {
  await hub.client.radius.ensure(wanted);
  await nas.startSession({ username: USER });
  let there: unknown;
  const { takeFault } = world;
  world.takeFault = (system, method, path) => {
    if (path === 'Disconnect-Request') there ??= hub.deps.db.query('SELECT 1 FROM radcheck');
    return takeFault.call(world, system, method, path);
  };
  expect(await hub.client.radius.remove(USER)).toMatchObject({ access: 'absent', sessions: [], changed: true });
  expect(await there).toMatchObject({ rows: [] });
  world.takeFault = takeFault;
});

test.each([
  [{ ...wanted, username: "x'; DROP" }, 'username'], [{ ...wanted, downKbps: '150' }, 'downKbps'], [{ ...wanted, framedIp: '100.64.0.300' }, 'framedIp'], [{ ...wanted, framedIp: '100.64.0' }, 'framedIp'],
  [{ ...wanted, nasVendor: 'acme' }, 'nasVendor'], [{ ...wanted, password: 'mine' }, 'password'], [{ username: USER }, 'planSku'],
])('bad input %# names its field and leaves no row', async (body, path) => {
  const reply = await hub.ask('POST', '/v1/radius/subscribers', { body });
  expect([reply.status, reply.body['path']]).toEqual([400, path]);
  expect((await hub.deps.db.query('SELECT 1 FROM radcheck')).rows).toEqual([]);
});

test('[access-33] a rate that does not fit the maker’s attribute is refused as data', async () => {
  const reply = await hub.ask('POST', '/v1/radius/subscribers', { body: { ...wanted, nasVendor: 'wispr', downKbps: 8_000_000 } });
  expect([reply.status, reply.body]).toEqual([409, expect.objectContaining({ type: 'refused', code: 'rateTooHigh' })]);
});

test('suspending nobody is not found; reading nobody is absent', async () => {
  expect((await hub.ask('POST', '/v1/radius/subscribers/nobody/suspend', { body: {} })).status).toBe(404);
  expect(await hub.client.radius.get('nobody')).toMatchObject({ access: 'absent', sessions: [] });
});

describe('what running sessions are told', () => {
  const faster = { planSku: 'FTTH500I', downKbps: 500_000, upKbps: 50_000, nasVendor: 'mikrotik' } as const;
  beforeEach(async () => {
    await hub.client.radius.ensure(wanted);
    await nas.startSession({ username: USER });
    world.clock.advance(60_000);
  });

  test('[access-43] [S0-103] a plan change reaches the session; without a CoA the tables are new and it says enforced: false', async () => {
    world.inject({ system: 'radius', method: 'UDP', path: 'CoA-Request', kind: 'status', status: 506 });
    const first = await hub.client.radius.changePlan(USER, { ...faster, enforce: 'coa' });
    expect(first).toMatchObject({ type: 'radiusSubscriber', planGroup: 'plan:FTTH500I:mikrotik:500000-50000', rates: { downKbps: 500_000, upKbps: 50_000 }, changed: true, enforced: false, told: [{ result: 'pending', because: { message: expect.stringContaining('506') } }] });
    expect(await hub.client.radius.enforce(USER, { enforce: 'coa' })).toMatchObject({ enforced: true, told: [{ result: 'changed' }], pendingSince: null });
    expect(nas.sessions[0]!.applied).toEqual({ 'Mikrotik-Rate-Limit': '50M/500M' });
  });

  test('[S0-85] [S0-86] dunning: suspended in the running session, resumed in it when it is paid', async () => {
    expect(await hub.client.radius.suspend(USER, { enforce: 'coa' })).toMatchObject({ access: 'walledGarden', changed: true, enforced: true, told: [{ result: 'changed' }] });
    expect(nas.sessions[0]!.applied).toMatchObject({ 'Mikrotik-Address-List': 'walled-garden' });
    expect(await hub.client.radius.resume(USER, { enforce: 'coaThenDisconnect' })).toMatchObject({ access: 'active', enforced: true });
    expect(nas.sessions[0]!.applied).toEqual({ 'Mikrotik-Rate-Limit': '20M/150M', 'Mikrotik-Address-List': 'active' });
  });

  test('a block ends the session; unblocked, the account may log in', async () => {
    expect(await hub.client.radius.block(USER)).toMatchObject({ access: 'rejected', enforced: true, told: [{ result: 'disconnected' }], sessions: [] });
    expect(await hub.client.radius.unblock(USER)).toMatchObject({ access: 'active', changed: true });
  });

  test('fair use: throttled once per cycle, given back, and not taken again in that cycle', async () => {
    const slow = { planSku: 'SLOW2', downKbps: 2_000, upKbps: 1_000, nasVendor: 'mikrotik', cycle: '2026-04', enforce: 'coa' } as const;
    expect(await hub.client.radius.throttle(USER, slow)).toMatchObject({ throttle: 'throttled', throttled: true, rates: { downKbps: 2_000 }, enforced: true, told: [{ result: 'changed' }] });
    expect(await hub.client.radius.throttle(USER, slow)).toMatchObject({ changed: false, told: [] });
    expect(await hub.client.radius.restore(USER, { cycle: '2026-04', enforce: 'coa' })).toMatchObject({ throttle: 'lifted', throttled: false, changed: true });
    expect(await hub.client.radius.throttle(USER, slow)).toMatchObject({ throttle: 'lifted', throttled: false, changed: false });
  });

  test('[access-36] sessions: listed, changed, ended one by one; what a NAS refuses is named', async () => {
    expect(await hub.client.radius.sessions.list({ username: USER })).toMatchObject([{ username: USER, acctSessionId: nas.sessions[0]!.acctSessionId, nasIp: '127.0.0.1' }]);
    expect(await hub.client.radius.sessions.changeRate({ username: USER, downKbps: 1_000_000, upKbps: 100_000 })).toMatchObject({ done: 1, failed: 0 });
    expect(nas.sessions[0]!.applied).toEqual({ 'Mikrotik-Rate-Limit': '100M/1000M' });
    world.inject({ system: 'radius', method: 'UDP', kind: 'status', status: 501 });
    expect(await hub.client.radius.sessions.disconnect({ username: USER })).toMatchObject({ done: 0, failed: 1, sessions: [{ because: { message: expect.stringContaining('501 Administratively-Prohibited') } }] });
    expect(await hub.client.radius.sessions.disconnect({ username: USER, acctSessionId: nas.sessions[0]!.acctSessionId })).toMatchObject({ done: 1, failed: 0 });
    expect(await hub.client.radius.sessions.disconnect({ username: USER, acctSessionId: 'S404' })).toMatchObject({ done: 0, failed: 0 });
  });

  test('[access-36] stale rows are closed, a dry run first', async () => {
    world.clock.advance(16 * 60_000);
    expect(await hub.client.radius.sessions.closeStale({ dryRun: true })).toMatchObject({ dryRun: true, closed: [{ username: USER }] });
    expect((await hub.client.radius.sessions.closeStale()).closed).toHaveLength(1);
    expect((await hub.client.radius.sessions.closeStale()).closed).toEqual([]);
  });

  test('[S0-102] [access-35] usage: a civil period in a zone, as decimal text, and by day from samples', async () => {
    const id = nas.sessions[0]!.acctSessionId;
    await nas.interim(id, { inputOctets: 5, outputOctets: 1_000, outputGigawords: 5 });
    expect(await hub.client.radius.sampleUsage()).toMatchObject({ type: 'radiusSamples', samples: 2 });
    expect(await hub.client.radius.usage(USER, { from: '2026-04-01', to: '2026-05-01' })).toEqual({
      type: 'radiusUsage', username: USER, from: '2026-04-01T04:00:00.000Z', to: '2026-05-01T04:00:00.000Z', zone: 'America/Toronto', uploadOctets: '5', downloadOctets: '21474837480', sessions: 1, reachingBeyond: 0,
      byDay: { uploadOctets: '5', downloadOctets: '21474837480', days: [{ day: '2026-04-01', uploadOctets: '5', downloadOctets: '21474837480' }] },
    });
    for (const [query, path] of [['from=2026-04-01&to=2026-05-01&zone=Mars', 'zone'], ['from=2026-02-30&to=2026-05-01', 'from'], ['from=2026-05-01&to=2026-04-01', 'period']]) {
      const reply = await hub.ask('GET', `/v1/radius/subscribers/${encodeURIComponent(USER)}/usage?${query}`);
      expect([reply.status, reply.body['path']]).toEqual([400, path]);
    }
  });

  test.each(['pap', 'chap'] as const)('a test login by %s answers what the tables say; the password is not in it', async (method) => {
    const { rows } = await hub.deps.db.query<{ value: string }>('SELECT value FROM radcheck');
    const login = await hub.client.radius.testLogin(USER, { method });
    expect(login).toMatchObject({ type: 'radiusLogin', method, result: 'accepted', agrees: true, differs: [], attributes: { 'Mikrotik-Rate-Limit': '20M/150M' } });
    expect(JSON.stringify(login)).not.toContain(rows[0]!.value);
    expect(JSON.stringify(login)).not.toContain(SERVER_SECRET);
  });
});

test('a test login that is not what the tables say is told apart', async () => {
  await hub.client.radius.ensure(wanted);
  await hub.deps.db.query("INSERT INTO radreply (username, attribute, op, value) VALUES ($1, 'Made-Up', ':=', 'x')", [USER]);
  expect(await hub.client.radius.testLogin(USER)).toMatchObject({ result: 'accepted', agrees: false, differs: ['Made-Up'] });
  await hub.client.radius.block(USER);
  expect(await hub.client.radius.testLogin(USER)).toMatchObject({ result: 'rejected', agrees: true });
  await expect(hub.client.radius.testLogin('nobody')).rejects.toMatchObject({ kind: 'notFound' });
  expect(await hub.client.radius.server()).toMatchObject({ type: 'radiusServer', answers: true });
  world.inject({ system: 'radius', method: 'UDP', path: 'Status-Server', kind: 'hangBefore', times: 3 });
}, 30_000);

test('many accounts at once: each with its own answer', async () => {
  const made = await hub.client.radius.ensureMany([wanted, { ...wanted, username: 'ord-13@isp', nasVendor: 'wispr', downKbps: 8_000_000 }, { ...wanted, username: 'ord-14@isp' }]);
  expect(made).toMatchObject({ type: 'radiusBulk', made: 2, failed: 1, results: [{ username: USER, ok: true, access: 'active' }, { username: 'ord-13@isp', ok: false, kind: 'rateTooHigh' }, { username: 'ord-14@isp', ok: true }] });
  expect((await hub.client.radius.list({ limit: 1 })).map(({ username }) => username)).toEqual([USER]);
  expect((await hub.client.radius.list({ after: USER })).map(({ username }) => username)).toEqual(['ord-14@isp']);
});

test('plans: made, listed, in use, deleted; what lies about is reported', async () => {
  const plan = { planSku: 'FTTH1G', downKbps: 1_000_000, upKbps: 500_000, nasVendor: 'mikrotik' } as const;
  const group = 'plan:FTTH1G:mikrotik:1000000-500000';
  expect(await hub.client.radius.plans.ensure(plan)).toMatchObject({ type: 'radiusPlan', group, subscribers: 0, changed: true });
  expect(await hub.client.radius.strays()).toMatchObject({ unusedPlans: [group], duplicatePassword: [] });
  await hub.client.radius.ensure({ ...wanted, ...plan });
  await expect(hub.client.radius.plans.delete(group)).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining('1 subscribers') });
  await hub.client.radius.remove(USER);
  expect(await hub.client.radius.plans.delete(group)).toEqual({ type: 'radiusPlanDeleted', group, changed: true });
  expect(await hub.client.radius.plans.list()).toEqual([]);
});

test('[access-42] a router is registered with the secret of the hub, which is not shown; without one it is refused', async () => {
  expect(await hub.client.radius.nas.ensure({ name: '127.0.0.1', shortName: 'lab', type: 'mikrotik' })).toEqual({ name: '127.0.0.1', shortName: 'lab', type: 'mikrotik', description: null, hasSecret: true, changed: true, restartNeeded: true });
  const listed = await hub.ask('GET', '/v1/radius/nas');
  expect(listed.text).not.toContain(SECRET);
  await expect(hub.client.radius.nas.ensure({ name: '10.1.1.1', shortName: 'x' })).rejects.toMatchObject({ kind: 'rejectedInput', message: 'There is no secret for NAS 10.1.1.1.' });
});

test('a hub without RADIUS says so', async () => {
  const bare = await testHub();
  await expect(bare.client.radius.ensure(wanted)).rejects.toMatchObject({ kind: 'unavailable', hint: expect.stringContaining('LEADLIGHT_RADIUS') });
  await bare.close();
}, 30_000);
