// One executed example of each operation of the GenieACS node, against the simulated ACS.
import { GenieAcs } from '../../../nodes/GenieAcs/GenieAcs.node.ts';
import { startGenieacs } from '../../../packages/sandbox/src/genieacs/index.ts';
import { World } from '../../../packages/sandbox/src/world.ts';
import { context, failed, only, pick, run } from '../support/n8n.ts';

const node = new GenieAcs();
const ROOT = 'InternetGatewayDevice';
const NTP = `${ROOT}.Time.NTPServer1`;
const serial = pick('serial', 'RCMG19E01234');
const deco = pick('serial', '403F8C0A0B0C');
let world: World;
let acs: Awaited<ReturnType<typeof startGenieacs>>;
let credentials: Record<string, string>;
const call = (resource: string, operation: string, parameters: object = {}) => only(node, { resource, operation, ...parameters }, credentials);
const many = (resource: string, operation: string, parameters: object = {}) => run(node, { items: [{ resource, operation, ...parameters }], credentials });

beforeEach(async () => {
  world = new World('2026-04-01T13:00:00.000Z', true); // nodes sleep by n8n's own clock
  acs = await startGenieacs(world);
  credentials = { baseUrl: acs.url, authentication: 'none' };
  await world.emit('ont.plugged', { serial: 'RCMG19E01234', oltIp: '10.0.0.1', ponPort: 0, productClass: 'HT803G-W', oui: '000E5E' });
  await world.emit('ont.plugged', { serial: '403F8C0A0B0C', oltIp: '10.0.0.1', ponPort: 1, productClass: 'Device2', oui: '403F8C' });
});
afterEach(() => acs.close());

test('Server: Get Status', async () => {
  expect(await call('server', 'getStatus')).toEqual({ type: 'genieacs', version: '1.2.16', devices: 2, certified: true, warnings: [] });
});

test('Device: Get Parameters and Set Parameters ask the device itself', async () => {
  const set = (parameters: object) => call('device', 'setParameters', { device: serial, parameters: JSON.stringify(parameters) });
  expect(await set({ [NTP]: 'ntp.example' })).toMatchObject({ type: 'executed', verified: [NTP] });
  expect(await set({ [`${ROOT}.Nope`]: 1 })).toMatchObject({ type: 'notApplied', paths: [`${ROOT}.Nope`] });
  expect(await call('device', 'getParameters', { device: serial, parameters: `${NTP}, ${ROOT}.DeviceInfo.SoftwareVersion` })).toMatchObject({ type: 'executed', parameters: { [NTP]: { value: 'ntp.example' }, [`${ROOT}.DeviceInfo.SoftwareVersion`]: { value: '5.00.21' } } });
});

test('Device: Count, Get Many by serials, Send Connection Request, Delete', async () => {
  expect(await call('device', 'count', { options: { productClass: 'Device2' } })).toEqual({ devices: 1 });
  expect((await many('device', 'getMany', { options: { serials: '403F8C0A0B0C, NOBODY' } })).map((item) => item.json['serial'])).toEqual(['403F8C0A0B0C']);
  expect(await call('device', 'connectionRequest', { device: deco })).toMatchObject({ type: 'acknowledged' });
  expect(await call('device', 'delete', { device: deco })).toMatchObject({ deleted: true });
  expect(await call('device', 'count')).toEqual({ devices: 1 });
});

test('[S0-111] Device: Diagnose finds a device that is off', async () => {
  expect(await call('device', 'diagnose', { device: serial })).toMatchObject({ type: 'diagnosis', reached: { type: 'acknowledged' }, fromAcs: { type: 'answered' }, fromDevice: { type: 'notTried' }, findings: ['Nothing stands out.'] });
  acs.acs.find('RCMG19E01234')!.online = false;
  expect(await call('device', 'diagnose', { device: serial, options: { host: '192.0.2.10' } })).toMatchObject({ reached: { type: 'silent' }, findings: [expect.stringContaining('does not answer')] });
});

test('Task: Add Object and Delete Object', async () => {
  expect(await call('task', 'addObject', { device: deco, objectName: 'Device.NAT.PortMapping', values: { ExternalPort: 8080 } })).toMatchObject({ type: 'executed', instance: 1 });
  expect(await call('task', 'deleteObject', { device: deco, instancePath: 'Device.NAT.PortMapping.1' })).toMatchObject({ type: 'executed' });
});

test('Task: Factory Reset is refused unless it is confirmed', async () => {
  const device = acs.acs.find('RCMG19E01234')!;
  expect(await call('task', 'factoryReset', { device: serial })).toMatchObject({ type: 'refused', code: 'notConfirmed', path: 'confirmed' });
  expect(device.reboots).toBe(0);
  expect(await call('task', 'factoryReset', { device: serial, confirmed: true })).toMatchObject({ type: 'executed' });
  expect(device.reboots).toBe(1);
});

test('[S0-109] File: Upload, Get, Get Many, picker; Task: Upgrade Firmware, Confirm Upgrade; Many Devices: Roll Out Firmware; File: Delete', async () => {
  const self = context(node, { items: [{ resource: 'file', operation: 'upload', options: { productClass: 'HT803G-W', version: '6.00.00' } }], credentials });
  const bytes = Buffer.from(Uint8Array.from({ length: 1_000 }, (_, i) => i % 256));
  Object.assign(self.helpers, { assertBinaryData: () => ({ fileName: 'ont-6.bin', mimeType: 'application/octet-stream' }), getBinaryDataBuffer: async () => bytes });
  expect((await node.execute.call(self))[0]![0]!.json).toMatchObject({ name: 'ont-6.bin', version: '6.00.00', bytes: 1_000 });
  expect(acs.acs.state.files.get('ont-6.bin')!.bytes.equals(bytes)).toBe(true);
  expect(await call('file', 'get', { file: pick('name', 'ont-6.bin') })).toMatchObject({ productClass: 'HT803G-W' });
  expect(await many('file', 'getMany')).toHaveLength(1);
  expect((await node.methods.listSearch.searchFiles.call(self, 'ONT')).results).toEqual([{ name: 'ont-6.bin (6.00.00)', value: 'ont-6.bin' }]);

  expect((await failed(many('task', 'upgradeFirmware', { device: deco, file: pick('list', 'ont-6.bin') }))).message).toContain('made for HT803G-W');
  const started = await call('task', 'upgradeFirmware', { device: serial, file: pick('list', 'ont-6.bin') });
  expect(started).toMatchObject({ type: 'accepted', before: '5.00.21', wanted: '6.00.00' });
  expect(await call('task', 'confirmUpgrade', { upgrade: JSON.stringify(started) })).toMatchObject({ type: 'accepted' });
  world.clock.advance(120_000);
  expect(await call('task', 'confirmUpgrade', { upgrade: started })).toMatchObject({ type: 'upgraded', version: '6.00.00' });
  expect(await call('bulk', 'rollOutFirmware', { file: pick('list', 'ont-6.bin') })).toMatchObject({ type: 'done', counts: { upgraded: 1, remaining: 0 } });
  expect(await call('file', 'delete', { file: pick('list', 'ont-6.bin') })).toEqual({ name: 'ont-6.bin', deleted: true });
});

test('Task: Get Many, Retry, Delete; Fault: Get Many, Retry, Delete', async () => {
  const device = acs.acs.find('RCMG19E01234')!;
  device.failNext = { code: 'cwmp.9002', message: 'Internal error' };
  const faulted = await call('task', 'reboot', { device: serial });
  expect(faulted).toMatchObject({ type: 'faulted' });
  const taskId = String(faulted['taskId']);
  const faultId = `${device.id}:task_${taskId}`;
  expect((await many('task', 'getMany', { options: { name: 'reboot' } })).map((item) => item.json)).toMatchObject([{ id: taskId, deviceId: device.id }]);
  expect((await many('fault', 'getMany', { options: { code: 'cwmp.9002' } })).map((item) => item.json['id'])).toEqual([faultId]);
  expect(await call('fault', 'retry', { faultId })).toMatchObject({ retried: 'task' });
  expect(await call('task', 'retry', { taskId })).toMatchObject({ retried: true });
  expect(await call('fault', 'delete', { faultId })).toMatchObject({ deleted: false });
  expect(await call('task', 'delete', { taskId })).toEqual({ taskId, deleted: true });
  expect((await failed(many('task', 'retry', { taskId: 'zzz' }))).description).toContain('24 hexadecimal');
});

test('Provision: Save, Get, Get Many, picker, Delete', async () => {
  expect(await call('provision', 'save', { name: 'isp-x', script: 'log("x");' })).toMatchObject({ name: 'isp-x', changed: true });
  expect(await call('provision', 'get', { provision: pick('list', 'isp-x') })).toEqual({ name: 'isp-x', script: 'log("x");' });
  expect(await many('provision', 'getMany')).toHaveLength(1);
  expect((await node.methods.listSearch.searchProvisions.call(context(node, { items: [{}], credentials }), 'ISP')).results).toEqual([{ name: 'isp-x', value: 'isp-x' }]);
  expect((await failed(many('provision', 'save', { name: 'isp-y', script: 'const = 1' }))).message).toContain('SyntaxError');
  expect(await call('provision', 'delete', { provision: pick('name', 'isp-x') })).toEqual({ name: 'isp-x', deleted: true });
});

test('Virtual Parameter: Save, Get, Get Many, picker, Delete', async () => {
  expect(await call('virtualParameter', 'save', { name: 'light' })).toMatchObject({ changed: true });
  expect(await call('virtualParameter', 'get', { virtualParameter: pick('name', 'light') })).toMatchObject({ script: expect.stringContaining('return') });
  expect(await many('virtualParameter', 'getMany')).toHaveLength(1);
  expect((await node.methods.listSearch.searchVirtualParameters.call(context(node, { items: [{}], credentials }), 'dark')).results).toEqual([]);
  expect(await call('virtualParameter', 'delete', { virtualParameter: pick('name', 'light') })).toMatchObject({ deleted: true });
});

test('Preset: Save as it comes filled in, Get, Get Many, picker, Delete; one GenieACS could not read is refused', async () => {
  expect(await call('preset', 'save', { name: 'isp-x' })).toMatchObject({ changed: true, warnings: [] });
  expect(await call('preset', 'get', { preset: pick('list', 'isp-x') })).toMatchObject({ _id: 'isp-x', channel: 'isp-example' });
  expect(await many('preset', 'getMany', { returnAll: true })).toHaveLength(1);
  expect((await node.methods.listSearch.searchPresets.call(context(node, { items: [{}], credentials }))).results).toHaveLength(1);
  expect(await failed(many('preset', 'save', { name: 'isp-x', preset: { weight: 0, channel: '', precondition: 'a =', configurations: [] } }))).toMatchObject({ message: expect.stringContaining('precondition'), description: expect.stringContaining('DeviceID') });
  expect(await call('preset', 'delete', { preset: pick('list', 'isp-x') })).toMatchObject({ deleted: true });
});

test('[S1-130] Preset: Install Set as it comes filled in; again it writes nothing', async () => {
  expect(await call('preset', 'installSet', { options: { dryRun: true } })).toMatchObject({ type: 'planned', writes: [{}, {}, {}, {}, {}, {}] });
  expect(acs.acs.state.presets.size).toBe(0);
  expect(await call('preset', 'installSet')).toMatchObject({ type: 'installed', unchanged: 0 });
  expect(await call('preset', 'installSet')).toMatchObject({ type: 'installed', writes: [], unchanged: 6 });
  await world.emit('cpe.informs', { serial: 'RCMG19E01234', oui: '000E5E', productClass: 'HT803G-W', event: '2 PERIODIC' });
  expect(acs.acs.find('RCMG19E01234')!.tree.get(NTP)!.value).toBe('0.ca.pool.ntp.org');
});

test('Many Devices: Apply as it comes filled in, and resumed', async () => {
  const report = await call('bulk', 'apply');
  expect(report).toMatchObject({ type: 'bulk', total: 2, counts: { executed: 1, missing: 1 }, items: [{ key: 'RCMG19E01234', type: 'executed' }, { key: 'RCMG19E01235', type: 'missing' }] });
  await world.emit('ont.plugged', { serial: 'RCMG19E01235', oltIp: '10.0.0.1', ponPort: 2, productClass: 'HT803G-W', oui: '000E5E' });
  expect(await call('bulk', 'apply', { options: { resume: JSON.stringify(report['items']), concurrency: 2 } })).toMatchObject({ counts: { executed: 2 }, items: [{ carried: true }, { type: 'executed' }] });
});
