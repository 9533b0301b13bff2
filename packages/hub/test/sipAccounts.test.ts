import { startRoutr, type RoutrRunning } from '../../sandbox/src/routr/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { ACS, testHub, type TestHub } from './hub.ts';

const DOMAIN = 'sip.gigafibre.example';
const SERIAL = 'RCMG19E01234';
let world: World;
let sim: RoutrRunning;
let hub: TestHub;
let without: TestHub;
beforeAll(async () => {
  world = new World();
  sim = await startRoutr(world, { domains: [DOMAIN] });
  hub = await testHub({ routr: { address: sim.address } });
  without = await testHub();
}, 60_000);
afterAll(async () => {
  for (const one of [hub, without, sim]) await one?.close();
});
beforeEach(() => world.clearFaults());

const settings = (orderId: string, username = orderId.toLowerCase()) => ({ orderId, voip: { username, domain: DOMAIN, registrar: DOMAIN } });
const secretOf = async (serial: string): Promise<string> => ((await hub.ask('GET', `/v1/devices/${serial}/provision`, { key: ACS })).body as unknown as { voip: { password: string } }).voip.password;

test('[S1-170] [S1-115] the account of a device opens to the password the ACS fetches; no answer, event or call record holds it', async () => {
  await hub.client.devices.settings(SERIAL, settings('ORD_1'));
  expect(await hub.client.sipAccounts.get(SERIAL)).toMatchObject({ state: 'absent', changed: false });
  const made = await hub.ask('PUT', `/v1/devices/${SERIAL.toLowerCase()}/sip-account`);
  expect([made.status, made.body]).toEqual([200, { type: 'sipAccount', serial: SERIAL, orderId: 'ORD_1', username: 'ord_1', domain: DOMAIN, aor: `sip:ord_1@${DOMAIN}`, state: 'active', changed: true }]);
  const password = await secretOf(SERIAL);
  expect(sim.registers('ord_1', DOMAIN, password)).toBe(200);
  expect(await hub.client.sipAccounts.ensure(SERIAL)).toMatchObject({ state: 'active', changed: false });
  const read = await hub.ask('GET', `/v1/devices/${SERIAL}/sip-account`);
  expect(read.body).toMatchObject({ state: 'active' });
  for (const text of [made.text, read.text, JSON.stringify(world.calls), JSON.stringify(await hub.client.events.list({ limit: 1000 })), JSON.stringify(await hub.client.audit.list())]) expect(text).not.toContain(password);
  expect(sim.tables.Agents).toHaveLength(1);
});

test('[S1-170] suspended it opens to nobody and stays so when the scan is repeated; resumed it opens to the same password', async () => {
  const password = await secretOf(SERIAL);
  expect(await hub.client.sipAccounts.suspend(SERIAL)).toMatchObject({ state: 'suspended', changed: true });
  expect(sim.registers('ord_1', DOMAIN, password)).toBe(401);
  expect(await hub.client.sipAccounts.ensure(SERIAL)).toMatchObject({ state: 'suspended', changed: false });
  expect(await hub.client.sipAccounts.suspend(SERIAL)).toMatchObject({ changed: false });
  expect(await hub.client.sipAccounts.resume(SERIAL)).toMatchObject({ state: 'active', changed: true });
  expect(await secretOf(SERIAL)).toBe(password);
  expect(sim.registers('ord_1', DOMAIN, password)).toBe(200);
});

test('the ONT of an order is replaced: the account gets the password of the new one', async () => {
  await hub.client.devices.settings('RCMG19E09999', settings('ORD_1'));
  expect(await hub.client.sipAccounts.ensure('RCMG19E09999')).toMatchObject({ aor: `sip:ord_1@${DOMAIN}`, state: 'active', changed: true });
  expect([sim.registers('ord_1', DOMAIN, await secretOf('RCMG19E09999')), sim.registers('ord_1', DOMAIN, await secretOf(SERIAL))]).toEqual([200, 401]);
  await hub.client.sipAccounts.ensure(SERIAL);
});

test('the user name of another order is a conflict, and that order keeps its line', async () => {
  await hub.client.devices.settings('RCMG19E0AAAA', settings('ORD_2', 'ord_1'));
  const reply = await hub.ask('PUT', '/v1/devices/RCMG19E0AAAA/sip-account');
  expect([reply.status, reply.body]).toEqual([409, expect.objectContaining({ type: 'vendorError', vendor: 'Routr', kind: 'conflict', outcome: 'notApplied' })]);
  expect(sim.registers('ord_1', DOMAIN, await secretOf(SERIAL))).toBe(200);
});

test('five requests at once and a lost answer make one account', async () => {
  await hub.client.devices.settings('RCMG19E0BBBB', settings('ORD_3'));
  world.inject({ system: 'routr', method: 'GRPC', path: '^Agents.Create$', kind: 'resetAfter' });
  const all = await Promise.all(Array.from({ length: 5 }, () => hub.client.sipAccounts.ensure('RCMG19E0BBBB')));
  expect(all.map((one) => one.type === 'sipAccount' && one.state)).toEqual(Array.from({ length: 5 }, () => 'active'));
  expect([sim.tables.Agents, sim.tables.Credentials].map((rows) => rows.filter(({ username }) => username === 'ord_3').length)).toEqual([1, 1]);
});

test('Routr away: 503 and nothing claimed; asked again it is made', async () => {
  await hub.client.devices.settings('RCMG19E0CCCC', settings('ORD_4'));
  world.inject({ system: 'routr', method: 'GRPC', kind: 'status', status: 14, times: 3 });
  await expect(hub.client.sipAccounts.ensure('RCMG19E0CCCC')).rejects.toMatchObject({ kind: 'unavailable', outcome: 'notApplied' });
  expect(await hub.client.sipAccounts.ensure('RCMG19E0CCCC')).toMatchObject({ state: 'active' });
});

test('removed, and removed again', async () => {
  expect(await hub.client.sipAccounts.remove('RCMG19E0CCCC')).toMatchObject({ state: 'absent', changed: true });
  expect(await hub.client.sipAccounts.remove('RCMG19E0CCCC')).toMatchObject({ state: 'absent', changed: false });
  expect(await hub.client.sipAccounts.get('RCMG19E0CCCC')).toMatchObject({ state: 'absent' });
});

test('[S1-162] a line of the old tables gets its account with the password its telephone already has', async () => {
  const voip = { username: '4505551234', password: 'old-sip-pass', domain: DOMAIN, registrar: DOMAIN };
  expect(await hub.client.devices.import([{ serial: 'RCMG19E0ABCD', equipment: 'SEQ-1', voip }])).toMatchObject({ items: [{ written: true }] });
  expect(await hub.client.sipAccounts.ensure('RCMG19E0ABCD')).toMatchObject({ state: 'active', aor: `sip:4505551234@${DOMAIN}` });
  expect(sim.registers('4505551234', DOMAIN, 'old-sip-pass')).toBe(200);
});

test('a device without a line is refused as data; an unknown one is not found', async () => {
  await hub.client.devices.settings('RCMG19E0DDDD', { orderId: 'ORD_5', wifi: { ssid: 'Maison' } });
  expect(await hub.client.sipAccounts.ensure('RCMG19E0DDDD')).toMatchObject({ type: 'refused', code: 'noPhoneLine', path: 'serial', hint: expect.any(String) });
  await expect(hub.client.sipAccounts.get('RCMG19E0EEEE')).rejects.toMatchObject({ kind: 'notFound' });
});

test('a hub without Routr passes over every step and says so', async () => {
  await without.client.devices.settings(SERIAL, settings('ORD_1'));
  const { ensure, get, suspend, resume, remove } = without.client.sipAccounts;
  for (const step of [ensure, get, suspend, resume, remove]) expect(await step(SERIAL)).toMatchObject({ type: 'sipAccount', state: 'notManaged', changed: false, aor: `sip:ord_1@${DOMAIN}` });
  expect((await without.ask('GET', '/v1/system')).body).toMatchObject({ systems: { routr: false } });
});
