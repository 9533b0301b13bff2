import { startVoltha, type VolthaRunning } from '../../sandbox/src/voltha/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { testHub, type TestHub } from './hub.ts';

const ont = { serial: 'RCMG19E01234', oltIp: '172.17.128.2', ponPort: 3, productClass: 'HT803G-W', oui: '00259E', rxPowerDbm: -19.5 };
const wanted = { sVlan: 121, cVlan: 107, downKbps: 150_000, upKbps: 20_000, profileBase: 'FTTH150I' };
let world: World;
let sim: VolthaRunning;
let hub: TestHub;

beforeAll(async () => {
  world = new World();
  sim = await startVoltha(world, { olts: [{ ip: '172.17.128.2' }] });
  hub = await testHub({ voltha: { address: sim.address, vgcUrl: sim.vgcUrl } }, { clock: world.clock });
}, 60_000);
afterAll(async () => {
  await hub.close();
  await sim.close();
});
beforeEach(() => {
  world.clearFaults();
  sim.fleet.onus.length = 0;
  sim.controller.services.length = 0;
  sim.controller.profiles.clear();
});

test('[S0-104] [S1-089] from plugged in to flows in, waiting for an ONU that is just coming up', async () => {
  await world.emit('ont.plugged', ont);
  expect(await hub.client.voltha.get(ont.serial)).toMatchObject({ type: 'onu', serial: 'RCMG19e01234', ready: false, uni: null, operStatus: 'DISCOVERED' });
  expect(await hub.client.voltha.provision(ont.serial, wanted)).toEqual({ type: 'onuProvisioned', serial: 'RCMG19e01234', port: 'RCMG19e01234-1', flowStatus: 'ALL_FLOWS_PROVISIONED', upstreamProfile: 'FTTH150I_u', downstreamProfile: 'FTTH150I_d', changed: true });
  expect(await hub.client.voltha.get(ont.serial)).toMatchObject({ ready: true, reason: 'omci-flows-pushed', uni: 'RCMG19e01234-1' });
  expect(await hub.client.voltha.provision(ont.serial, wanted)).toMatchObject({ changed: false, flowStatus: 'ALL_FLOWS_PROVISIONED' });
});

test('[S0-93] [S0-88] an ONT nobody plugged in: 404 at once, nothing written', async () => {
  const before = world.clock.ms;
  const reply = await hub.ask('POST', `/v1/voltha/onus/${ont.serial}/provision`, { body: wanted });
  expect([reply.status, reply.body['type'], reply.body['detail']]).toEqual([404, 'vendorError', expect.objectContaining({ cause: 'onuNotFound' })]);
  expect(world.clock.ms - before).toBe(0);
  expect(sim.controller.profiles.size).toBe(0);
});

test('[S0-88] an ONT without light: 504 deviceSilent, with what VOLTHA says about it', async () => {
  await world.emit('ont.plugged', ont);
  sim.fleet.unplug(ont.serial);
  const reply = await hub.ask('POST', `/v1/voltha/onus/${ont.serial}/provision`, { body: wanted });
  expect([reply.status, reply.body['kind'], reply.body['detail']]).toEqual([504, 'deviceSilent', expect.objectContaining({ connectStatus: 'UNREACHABLE' })]);
});

test('the controller says all is in but VOLTHA does not: not a success', async () => {
  await world.emit('ont.plugged', ont);
  world.clock.advance(30_000);
  world.inject({ system: 'vgc', method: 'POST', path: '/services/', kind: 'status', status: 200, body: '' });
  world.inject({ system: 'vgc', path: '/flow-status/', kind: 'status', status: 200, body: '{"FlowProvisionStatus":"ALL_FLOWS_PROVISIONED"}', skip: 1, times: 50 });
  await expect(hub.client.voltha.provision(ont.serial, wanted)).rejects.toMatchObject({ kind: 'deviceSilent', detail: { cause: 'reasonNotReached' } });
  world.clearFaults();
});

test('[S0-105] [S1-093] the optical level with a verdict', async () => {
  await world.emit('ont.plugged', { ...ont, rxPowerDbm: -26.2 });
  world.clock.advance(30_000);
  expect(await hub.client.voltha.optical('52434D4719E01234')).toEqual({
    type: 'onuOptical', at: world.clock.now(), serial: 'RCMG19e01234', oltDeviceId: 'olt-1', ponPort: 3, rxPowerDbm: -26.2, txPowerDbm: 2.31, oltRxPowerDbm: -27.4, laserBiasMa: 9.8, temperatureC: 41.25, verdict: 'warning',
    trend: 'tooFewSamples', policyVersion: '2026-01',
    because: ['The ONT receives -26.20 dBm, below -25 dBm: weak.', 'The OLT receives -27.40 dBm, below -26 dBm: weak.'],
  });
});

test('[S0-107] disable, enable, reboot answer with the state read back', async () => {
  await world.emit('ont.plugged', ont);
  world.clock.advance(30_000);
  expect(await hub.client.voltha.disable(ont.serial)).toMatchObject({ adminState: 'DISABLED', ready: false });
  expect(await hub.client.voltha.enable(ont.serial)).toMatchObject({ adminState: 'ENABLED' });
  world.clock.advance(30_000);
  expect(await hub.client.voltha.reboot(ont.serial)).toMatchObject({ operStatus: 'REBOOTED' });
});

test('a reboot whose answer is lost is 503 with an unknown outcome, sent once', async () => {
  await world.emit('ont.plugged', ont);
  world.clock.advance(30_000);
  world.calls.length = 0;
  world.inject({ system: 'voltha', method: 'GRPC', path: 'RebootDevice', kind: 'resetAfter' });
  await expect(hub.client.voltha.reboot(ont.serial)).rejects.toMatchObject({ kind: 'unavailable', outcome: 'unknown' });
  expect(world.calls.filter((call) => call.path === 'RebootDevice')).toHaveLength(1);
});

test('deprovision works for an ONT that is gone, and twice', async () => {
  await world.emit('ont.plugged', ont);
  await hub.client.voltha.provision(ont.serial, wanted);
  sim.fleet.onus.length = 0;
  expect(await hub.client.voltha.deprovision(ont.serial)).toMatchObject({ changed: true, port: 'RCMG19e01234-1', flowStatus: 'NOT_IN_CONTROLLER' });
  expect(await hub.client.voltha.deprovision(ont.serial)).toMatchObject({ changed: false, flowStatus: 'NOT_IN_CONTROLLER' });
  expect(sim.controller.services).toEqual([]);
});

test.each([
  [{ ...wanted, sVlan: 4095 }, 'sVlan'], [{ ...wanted, cVlan: '107' }, 'cVlan'], [{ ...wanted, profileBase: '../x' }, 'profileBase'], [{ ...wanted, vlan: 1 }, 'vlan'], [{ sVlan: 1 }, 'cVlan'],
])('bad input %# names its field and asks nobody', async (body, path) => {
  const before = world.calls.length;
  const reply = await hub.ask('POST', `/v1/voltha/onus/${ont.serial}/provision`, { body });
  expect([reply.status, reply.body['path']]).toEqual([400, path]);
  expect(world.calls).toHaveLength(before);
});

test('[S0-104] suspend, resume and another speed, each read back; a dark ONT resumes without flows and says so', async () => {
  await world.emit('ont.plugged', ont);
  await hub.client.voltha.provision(ont.serial, wanted);
  expect(await hub.client.voltha.suspend(ont.serial)).toMatchObject({ type: 'onuService', serial: 'RCMG19e01234', active: false, flowing: false, changed: true });
  expect(await hub.client.voltha.service(ont.serial)).toMatchObject({ active: false, downstreamProfile: 'FTTH150I_d' });
  sim.fleet.unplug(ont.serial);
  expect(await hub.client.voltha.resume(ont.serial)).toMatchObject({ active: true, flowing: false, changed: true });
  await world.emit('ont.plugged', ont);
  world.clock.advance(30_000);
  expect(await hub.client.voltha.changeProfile(ont.serial, { downKbps: 500_000, upKbps: 50_000, profileBase: 'FTTH500I' })).toMatchObject({ flowing: true, downstreamProfile: 'FTTH500I_d' });
  expect(await hub.client.voltha.service(ont.serial)).toMatchObject({ flowing: true, upstreamProfile: 'FTTH500I_u' });
});

test('[S0-105] light is kept, thinned by the policy, and compared with its own normal; a loss is told once a day', async () => {
  await world.emit('ont.plugged', ont);
  world.clock.advance(30_000);
  await hub.client.voltha.forgetHistory(ont.serial);
  const read = async (rx: number, times: number, everyMs: number) => {
    for (let time = 0; time < times; time += 1) {
      sim.fleet.onus[0]!.rxPowerDbm = rx;
      world.clock.advance(everyMs);
      await hub.client.voltha.optical(ont.serial);
    }
  };
  const DAY = 86_400_000;
  await read(-19.5, 6, 3_600_000);
  await read(-21, 4, 3_600_000);
  expect(await hub.client.voltha.opticalHistory(ont.serial)).toMatchObject({ trend: 'steady', baselineDbm: -19.5 });
  world.clock.advance(31 * DAY);
  await read(-23, 3, 1_000);
  const history = await hub.client.voltha.opticalHistory('52434D4719E01234');
  expect(history).toMatchObject({ trend: 'degrading', baselineDbm: -19.5, recentDbm: -23, because: [expect.stringContaining('3.50 dB weaker'), expect.anything()] });
  // The five of the baseline, the weakest of each old day, and today's.
  expect(history.samples.map((one) => one.rxPowerDbm)).toEqual([-19.5, -19.5, -19.5, -19.5, -19.5, -21, -23, -23, -23]);
  world.clock.advance(401 * DAY);
  await read(-23, 1, 1_000);
  expect((await hub.client.voltha.opticalHistory(ont.serial)).samples.map((one) => one.rxPowerDbm)).toEqual([-19.5, -19.5, -19.5, -19.5, -19.5, -23]);
  const told = (await hub.client.events.list({ types: 'onu.light', limit: 100 })).filter((event) => event.data['trend'] === 'degrading');
  expect(told.map((event) => event.data['serial'])).toEqual(['RCMG19e01234']);
});

test('[S0-105] a PON is scanned, kept, and shown with who is on it', async () => {
  await world.emit('ont.plugged', ont);
  await world.emit('ont.plugged', { ...ont, serial: 'RCMG19E05678', rxPowerDbm: -27.5 });
  await world.emit('ont.plugged', { ...ont, serial: 'RCMG19E09999' });
  world.clock.advance(30_000);
  sim.fleet.unplug('RCMG19E09999');
  expect(await hub.client.voltha.olts.scan('172.17.128.2', 3)).toMatchObject({ type: 'ponScan', good: 1, critical: 1, noReading: 1, readings: [{ serial: 'RCMG19e01234' }, { serial: 'RCMG19e05678', verdict: 'critical' }, { serial: 'RCMG19e09999', rxPowerDbm: null }] });
  const pon = await hub.client.voltha.olts.pon('olt-1', 3);
  expect(pon).toMatchObject({ type: 'pon', oltUp: true, up: 2, free: 125 });
  expect(pon.onus.map((one) => [one.serial, one.ready, one.light?.verdict ?? null])).toEqual([['RCMG19e01234', true, 'good'], ['RCMG19e05678', true, 'critical'], ['RCMG19e09999', false, null]]);
});

test('[S0-106] a look tells what changed since the last one, once, as events', async () => {
  await hub.client.voltha.poll();
  await world.emit('ont.plugged', ont);
  world.clock.advance(30_000);
  expect((await hub.client.voltha.poll()).changes).toEqual([{ type: 'onu.discovered', deviceId: expect.any(String), serial: 'RCMG19e01234' }, { type: 'onu.up', deviceId: expect.any(String), serial: 'RCMG19e01234' }]);
  sim.fleet.unplug(ont.serial);
  world.clock.advance(1_000);
  const looks = await Promise.all([hub.client.voltha.poll(), hub.client.voltha.poll()]);
  expect(looks.flatMap((one) => one.changes).map((one) => one.type)).toEqual(['onu.down']);
  const events = await hub.client.events.list({ stream: 'device-RCMG19E01234', limit: 100 });
  expect(events.map((event) => event.type).filter((type) => /^onu\.(down|up|disc)/.test(type))).toEqual(['onu.discovered', 'onu.up', 'onu.down']);
});

test('[S0-106] twenty thousand ONUs are listed and looked at', async () => {
  sim.fleet.fill(20_000);
  const page = await hub.client.voltha.list({ state: 'up', limit: 10 });
  expect([page.total, page.onus.length]).toEqual([20_000, 10]);
  expect(await hub.client.voltha.olts.pon('olt-1', 5)).toMatchObject({ up: 1_250, free: 0 });
}, 120_000);

test('[S0-93] an OLT with ONUs on it is neither disabled nor deleted unless told so', async () => {
  await world.emit('ont.plugged', ont);
  world.clock.advance(30_000);
  for (const [method, path] of [['POST', '/v1/voltha/olts/olt-1/disable'], ['DELETE', '/v1/voltha/olts/olt-1']] as const) {
    const reply = await hub.ask(method, path);
    expect([reply.status, reply.body['type'], reply.body['code']]).toEqual([409, 'refused', 'oltHasOnus']);
  }
  expect(world.calls.filter((call) => /DisableDevice|DeleteDevice/.test(call.path) && call.body.includes('olt-1'))).toEqual([]);
  expect(await hub.client.voltha.olts.disable('olt-1', true)).toMatchObject({ changed: true, adminState: 'DISABLED', up: false });
  expect(await hub.client.voltha.olts.enable('olt-1')).toMatchObject({ changed: true, up: true });
});

test.each([['POST', '/v1/voltha/olts', { hostAndPort: '10.0.0.1' }, 'hostAndPort'], ['GET', '/v1/voltha/onus?pon=x', undefined, 'pon'], ['POST', '/v1/voltha/olts/a%20b/enable', {}, 'olt'], ['POST', '/v1/voltha/onus/RCMG19E01234/disable', { by: 'hammer' }, 'by'], ['POST', '/v1/voltha/onus/RCMG19E01234/image-upgrade/download', { version: 'V2' }, 'url']] as const)('%s %s: bad input names its field', async (method, path, body, field) => {
  const reply = await hub.ask(method, path, body ? { body } : {});
  expect([reply.status, reply.body['path']]).toEqual([400, field]);
});

test('every VOLTHA route has its answer in the OpenAPI document', async () => {
  const { paths } = (await hub.ask('GET', '/docs/json')).body as unknown as { paths: Record<string, Record<string, { responses: Record<string, { description: string; content: Record<string, { schema: { properties?: object; items?: object } }> }> }>> };
  const routes = Object.entries(paths).filter(([path]) => path.startsWith('/v1/voltha/')).flatMap(([path, methods]) => Object.entries(methods).map(([method, route]) => [`${method} ${path}`, route] as const));
  expect(routes.length).toBeGreaterThan(28);
  for (const [name, { responses }] of routes) {
    const schema = responses['200']?.content['application/json']?.schema;
    expect({ name, shown: !!(schema?.properties ?? schema?.items) }).toEqual({ name, shown: true });
  }
});

test('the routes are in the OpenAPI document; a hub without VOLTHA says so', async () => {
  const doc = (await hub.ask('GET', '/docs/json')).body as { paths?: Record<string, unknown> };
  expect(Object.keys(doc.paths ?? {})).toEqual(expect.arrayContaining(['/v1/voltha/onus/{serial}/provision', '/v1/radius/subscribers/{username}/suspend']));
  const bare = await testHub();
  await expect(bare.client.voltha.get(ont.serial)).rejects.toMatchObject({ kind: 'unavailable', hint: expect.stringContaining('LEADLIGHT_VOLTHA') });
  await bare.close();
}, 30_000);
