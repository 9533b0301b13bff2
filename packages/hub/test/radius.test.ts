import { World } from '../../sandbox/src/world.ts';
import { startNas, type NasRunning } from '../../sandbox/src/radius/index.ts';
import { testHub, type TestHub } from './hub.ts';

const SECRET = 'nas-secret-of-the-test';
const USER = 'ord-12@isp';
const wanted = { username: USER, planSku: 'FTTH150I', downKbps: 150_000, upKbps: 20_000, framedIp: '100.64.0.10', nasVendor: 'mikrotik' } as const;
let world: World;
let hub: TestHub;
let nas: NasRunning;

beforeAll(async () => {
  world = new World();
  // The NAS needs a port before the hub can be told it, and the hub's database before it can report there.
  let db: TestHub['deps']['db'];
  nas = await startNas(world, { secret: SECRET, requireMessageAuthenticator: true, db: { query: (sql, params) => db.query(sql, params) } });
  hub = await testHub({ radius: { coaPort: nas.port, nasSecrets: { '127.0.0.1': SECRET } } }, { clock: world.clock });
  db = hub.deps.db;
}, 60_000);
afterAll(async () => {
  await hub.close();
  await nas.close();
});
beforeEach(async () => {
  for (const { acctSessionId } of [...nas.sessions]) await nas.stopSession(acctSessionId);
  await hub.deps.db.script('TRUNCATE radcheck, radreply, radgroupcheck, radgroupreply, radusergroup, radacct');
});

test('[S0-100] an account is made, read back, and made again without a change', async () => {
  const made = await hub.client.radius.ensure(wanted);
  expect(made).toEqual({
    type: 'radiusSubscriber', username: USER, access: 'active', planGroup: 'plan:FTTH150I:mikrotik:150000-20000', framedIp: '100.64.0.10', sessions: [], changed: true,
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

test('a hub without RADIUS says so', async () => {
  const bare = await testHub();
  await expect(bare.client.radius.ensure(wanted)).rejects.toMatchObject({ kind: 'unavailable', hint: expect.stringContaining('LEADLIGHT_RADIUS') });
  await bare.close();
}, 30_000);
