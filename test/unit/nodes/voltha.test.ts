import { Voltha } from '../../../nodes/Voltha/Voltha.node.ts';
import { KEY, testHub, type TestHub } from '../../../packages/hub/test/hub.ts';
import { startVoltha, type VolthaRunning } from '../../../packages/sandbox/src/voltha/index.ts';
import { World } from '../../../packages/sandbox/src/world.ts';
import { context, failed, only, pick, run } from '../support/n8n.ts';

const node = new Voltha();
const ont = { serial: 'RCMG19E01234', oltIp: '172.17.128.2', ponPort: 3, productClass: 'HT803G-W', oui: '00259E', rxPowerDbm: -19.5 };
const plan = { sVlan: 121, cVlan: 107, downKbps: 150_000, upKbps: 20_000, profileBase: 'FTTH150I' };
const V2 = 'V5R019C10S120';
let world: World;
let sim: VolthaRunning;
let hub: TestHub;
let credentials: Record<string, string>;
beforeAll(async () => {
  world = new World();
  sim = await startVoltha(world, { olts: [{ ip: '172.17.128.2' }] });
  hub = await testHub({ voltha: { address: sim.address, vgcUrl: sim.vgcUrl } }, { clock: world.clock });
  credentials = { baseUrl: hub.url, apiKey: KEY };
  await world.emit('ont.plugged', ont);
  await world.emit('ont.plugged', { ...ont, serial: 'RCMG19E05678', rxPowerDbm: -28 });
  world.clock.advance(60_000);
}, 60_000);
afterAll(async () => {
  await hub.close();
  await sim.close();
});
const onu = (operation: string, more: object = {}) => only(node, { resource: 'onu', operation, serial: ont.serial, ...more }, credentials);
const olt = (operation: string, more: object = {}) => only(node, { resource: 'olt', operation, olt: pick('id', '172.17.128.2:9191'), ...more }, credentials);
const many = (parameters: object) => run(node, { items: [parameters as never], credentials });

test('[S0-106] ONU: Get and Get Many by OLT, PON and state', async () => {
  expect(await onu('get')).toMatchObject({ type: 'onu', serial: 'RCMG19e01234', ready: true, uni: 'RCMG19e01234-1' });
  const serials = async (options: object, more: object = {}) => (await many({ resource: 'onu', operation: 'getMany', options, ...more })).map(({ json }) => json['serial']);
  expect(await serials({ olt: '172.17.128.2', pon: 3, state: 'up' }, { returnAll: true })).toEqual(['RCMG19e01234', 'RCMG19e05678']);
  expect(await serials({}, { limit: 1 })).toEqual(['RCMG19e01234']);
  expect(await serials({ state: 'down' }, { returnAll: true })).toEqual([]);
});

test('[S0-105] [S1-093] ONU: Read Optical Power with own limits, Scan PON, Optical History', async () => {
  expect(await onu('readOpticalPower')).toMatchObject({ type: 'onuOptical', verdict: 'good', rxPowerDbm: -19.5, trend: 'tooFewSamples' });
  world.clock.advance(1_000);
  expect(await onu('readOpticalPower', { options: { onuWarning: -19 } })).toMatchObject({ verdict: 'warning' });
  world.clock.advance(1_000);
  expect(await onu('scanPon', { olt: pick('list', 'olt-1'), pon: 3 })).toMatchObject({ type: 'ponScan', good: 1, critical: 1, readings: [{ serial: 'RCMG19e01234' }, { serial: 'RCMG19e05678', verdict: 'critical' }] });
  const history = await onu('opticalHistory', { options: { samples: 2 } });
  expect(history['samples']).toHaveLength(2);
  expect(await onu('forgetOpticalHistory')).toMatchObject({ type: 'historyForgotten', samples: 3 });
});

test('[S0-104] [S1-089] ONU: Provision, Get Service, Change Profile, Suspend, Resume, Deprovision', async () => {
  expect(await onu('provision', { ...plan, options: { techProfileId: 65 } })).toMatchObject({ type: 'onuProvisioned', flowStatus: 'ALL_FLOWS_PROVISIONED' });
  expect(await onu('getService')).toMatchObject({ type: 'onuService', active: true, flowing: true, downstreamProfile: 'FTTH150I_d' });
  expect(await onu('suspend')).toMatchObject({ active: false, changed: true });
  expect(await onu('resume')).toMatchObject({ active: true, flowing: true });
  expect(await onu('changeProfile', { downKbps: 500_000, upKbps: 50_000, profileBase: 'FTTH500I' })).toMatchObject({ changed: true, flowing: true, downstreamProfile: 'FTTH500I_d' });
  expect(sim.controller.services[0]!.tag).toMatchObject({ ponSTag: 121, ponCTag: 107, technologyProfileId: 65 });
  expect(await onu('delete')).toMatchObject({ type: 'refused', code: 'onuHasService', hint: expect.stringContaining('Deprovision') });
  expect(await onu('deprovision')).toMatchObject({ changed: true, flowStatus: 'NOT_IN_CONTROLLER' });
});

test('[S0-107] ONU: Disable and Enable by OMCI and PLOAM, Reboot', async () => {
  expect(await onu('disable')).toMatchObject({ adminState: 'DISABLED', connectStatus: 'REACHABLE' });
  expect(await onu('enable')).toMatchObject({ adminState: 'ENABLED' });
  expect(await onu('disable', { options: { by: 'ploam' } })).toMatchObject({ adminState: 'DISABLED', connectStatus: 'UNREACHABLE' });
  expect(await onu('enable', { options: { by: 'serial' } })).toMatchObject({ adminState: 'ENABLED' });
  world.clock.advance(30_000);
  expect(await onu('reboot')).toMatchObject({ operStatus: 'REBOOTED' });
  world.clock.advance(30_000);
});

test('ONU: Get Active Alarms and Get Details', async () => {
  sim.fleet.onus[0]!.alarms = [{ class_id: 11, instance_id: 257, name: 'LAN_LOS', description: 'LAN-LOS' }];
  expect(await onu('activeAlarms')).toEqual({ type: 'onuAlarms', serial: 'RCMG19e01234', alarms: [{ classId: 11, instanceId: 257, name: 'LAN_LOS', description: 'LAN-LOS' }] });
  expect(await onu('getDetails')).toMatchObject({ metres: null, uni: { linkUp: true, speed: 'GIGABIT_ETHERNET_FDX' }, ports: [{ type: 'PON_ONU' }, { name: 'RCMG19e01234-1' }] });
});

test('ONU: Upgrade Image step by step, Get Upgrade Progress, Get Images', async () => {
  const step = (name: string, more: object = {}) => onu('upgradeImage', { step: name, version: V2, ...more });
  expect(await failed(run(node, { items: [{ resource: 'onu', operation: 'upgradeImage', serial: ont.serial, step: 'download', version: V2, url: 'https://images.example/v2.img' }], credentials }))).toMatchObject({ description: expect.stringContaining('http server') });
  expect(await step('download', { url: 'http://images.example/v2.img' })).toMatchObject({ type: 'imageProgress', next: 'wait' });
  world.clock.advance(61_000);
  expect(await onu('getImageProgress', { version: V2 })).toMatchObject({ next: 'activate' });
  expect(await step('activate')).toMatchObject({ imageState: 'IMAGE_ACTIVATING', next: 'wait' });
  world.clock.advance(30_000);
  expect(await step('commit')).toMatchObject({ imageState: 'IMAGE_COMMITTING' });
  world.clock.advance(5_000);
  expect(await onu('getImageProgress', { version: V2 })).toMatchObject({ next: 'done' });
  expect(await onu('getImages')).toMatchObject({ images: expect.arrayContaining([expect.objectContaining({ version: V2, active: true, committed: true })]) });
});

test('[S0-93] OLT: Add, Get, Get Many, Get PON, Enable, Disable, Delete; one that carries ONUs is refused as data', async () => {
  expect(await olt('get')).toMatchObject({ type: 'olt', up: true, onus: 2 });
  expect(await olt('getPon', { pon: 3 })).toMatchObject({ type: 'pon', oltUp: true, up: 2, free: 126, onus: [{ serial: 'RCMG19e01234' }, { serial: 'RCMG19e05678', light: { verdict: 'critical' } }] });
  expect(await olt('disable')).toMatchObject({ type: 'refused', code: 'oltHasOnus', hint: expect.any(String) });
  expect(await olt('delete')).toMatchObject({ type: 'refused', code: 'oltHasOnus' });
  expect(await olt('add', { hostAndPort: '10.9.9.9:9191', options: { kind: 'openolt' } })).toMatchObject({ changed: true, up: true, hostAndPort: '10.9.9.9:9191' });
  expect((await many({ resource: 'olt', operation: 'getMany', returnAll: true })).map(({ json }) => json['hostAndPort'])).toEqual(['172.17.128.2:9191', '10.9.9.9:9191']);
  const other = pick('id', '10.9.9.9');
  expect(await olt('disable', { olt: other })).toMatchObject({ adminState: 'DISABLED', up: false, changed: true });
  expect(await olt('enable', { olt: other })).toMatchObject({ up: true, changed: true });
  const { results } = await node.methods.listSearch.searchOlts.call(context(node, { items: [{}], credentials }), '10.9');
  expect(results).toEqual([{ name: '10.9.9.9:9191', value: 'olt-2' }]);
  expect(await olt('delete', { olt: other })).toMatchObject({ type: 'oltRemoved', changed: true, onus: 0 });
});

test('ONU: Delete of one that is gone; an unknown serial says what to do', async () => {
  sim.fleet.unplug('RCMG19E05678');
  expect(await onu('delete', { serial: 'RCMG19E05678' })).toMatchObject({ type: 'onuRemoved', changed: true, rediscovered: false });
  expect(await failed(run(node, { items: [{ resource: 'onu', operation: 'get', serial: 'RCMG19E05678' }], credentials }))).toMatchObject({ name: 'NodeApiError', description: expect.stringContaining('label') });
});
