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
  world.inject({ system: 'vgc', path: '/flow-status/', kind: 'status', status: 200, body: '{"FlowProvisionStatus":"ALL_FLOWS_PROVISIONED"}', times: 50 });
  await expect(hub.client.voltha.provision(ont.serial, wanted)).rejects.toMatchObject({ kind: 'deviceSilent', detail: { cause: 'reasonNotReached' } });
  world.clearFaults();
});

test('[S0-105] [S1-093] the optical level with a verdict', async () => {
  await world.emit('ont.plugged', { ...ont, rxPowerDbm: -26.2 });
  world.clock.advance(30_000);
  expect(await hub.client.voltha.optical('52434D4719E01234')).toEqual({
    type: 'onuOptical', serial: 'RCMG19e01234', rxPowerDbm: -26.2, txPowerDbm: 2.31, oltRxPowerDbm: -27.4, verdict: 'warning',
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

test('the routes are in the OpenAPI document; a hub without VOLTHA says so', async () => {
  const doc = (await hub.ask('GET', '/docs/json')).body as { paths?: Record<string, unknown> };
  expect(Object.keys(doc.paths ?? {})).toEqual(expect.arrayContaining(['/v1/voltha/onus/{serial}/provision', '/v1/radius/subscribers/{username}/suspend']));
  const bare = await testHub();
  await expect(bare.client.voltha.get(ont.serial)).rejects.toMatchObject({ kind: 'unavailable', hint: expect.stringContaining('LEADLIGHT_VOLTHA') });
  await bare.close();
}, 30_000);
