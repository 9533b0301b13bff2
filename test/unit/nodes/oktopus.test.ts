import { Oktopus } from '../../../nodes/Oktopus/Oktopus.node.ts';
import { startOktopus, type OktopusDevice } from '../../../packages/sandbox/src/oktopus/index.ts';
import { World } from '../../../packages/sandbox/src/world.ts';
import { context, failed, only, pick, run } from '../support/n8n.ts';

const node = new Oktopus();
const USP = pick('serial', 'XX230V0001234');
const CWMP = pick('serial', 'RCMG19E01234');
const SSID = 'Device.WiFi.SSID.1.SSID';
const OLD_SSID = 'InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.SSID';
let world: World;
let oss: Awaited<ReturnType<typeof startOktopus>>;
let usp: OktopusDevice;
let cwmp: OktopusDevice;
let credentials: Record<string, string>;
beforeEach(async () => {
  world = new World();
  oss = await startOktopus(world, { users: { 'ops@example.ca': 'secret' } });
  usp = await oss.plug({ serial: 'XX230V0001234', oui: '1C61B4', productClass: 'XX230v', over: 'mqtt' });
  cwmp = await oss.plug({ serial: 'RCMG19E01234', oui: '000E5E', productClass: 'HT803G-W', over: 'cwmp' });
  credentials = { baseUrl: oss.url, email: 'ops@example.ca', password: 'secret' };
});
afterEach(() => oss.close());
const one = (resource: string, operation: string, more: object = {}) => only(node, { resource, operation, ...more }, credentials);

test('Device: Get tells how a device is connected', async () => {
  expect(await one('device', 'get', { device: USP })).toMatchObject({ type: 'device', serial: 'XX230V0001234', model: 'XX230v', status: 'online', transports: { mqtt: 'online', cwmp: 'offline' } });
});

test('Device: Get Many gives one item each, by filter and limit', async () => {
  const many = (more: object) => run(node, { items: [{ resource: 'device', operation: 'getMany', ...more }], credentials });
  expect(await many({})).toHaveLength(2);
  expect((await many({ options: { productClass: 'HT803G-W' } })).map(({ json }) => json['serial'])).toEqual(['RCMG19E01234']);
  expect(await many({ limit: 1 })).toHaveLength(1);
  expect(await many({ returnAll: true, options: { status: 'offline' } })).toEqual([]);
});

test('the picker finds by serial, alias and model', async () => {
  usp.alias = 'Vitrine';
  const names = async (filter?: string) => (await node.methods.listSearch.searchDevices.call(context(node, { items: [{}], credentials }), filter)).results.map(({ name }) => name);
  expect(await names()).toEqual(['Vitrine (XX230V0001234, XX230v, online)', 'RCMG19E01234 (HT803G-W, online)']);
  expect(await names('vitr')).toEqual(['Vitrine (XX230V0001234, XX230v, online)']);
  expect(await names('rcmg19')).toHaveLength(1);
  expect(await names('nobody')).toEqual([]);
});

test('Device: Delete forgets one, and does not mind one that is forgotten', async () => {
  expect(await one('device', 'delete', { device: USP })).toMatchObject({ deleted: true });
  expect(await one('device', 'delete', { device: USP })).toMatchObject({ deleted: false });
});

test('Device: Set Alias is read back', async () => {
  expect(await one('device', 'setAlias', { device: USP, alias: 'Léo & fils' })).toMatchObject({ alias: 'Léo & fils' });
});

test('[S0-110] Device: Reboot and Factory Reset go by the protocol of the device', async () => {
  expect(await one('device', 'reboot', { device: USP })).toMatchObject({ type: 'operated', protocol: 'usp', outcome: 'accepted' });
  expect(await one('device', 'reboot', { device: CWMP })).toMatchObject({ protocol: 'cwmp', outcome: 'accepted' });
  expect(await one('device', 'factoryReset', { device: CWMP, protocol: 'cwmp' })).toMatchObject({ command: 'FactoryReset' });
  expect([usp.reboots, cwmp.reboots, cwmp.resets]).toEqual([1, 2, 1]);
});

test('Device: Download File is an order that was taken', async () => {
  const url = 'https://firmware.example.com/a.bin?x=1&y=2';
  expect(await one('device', 'download', { device: CWMP, url })).toMatchObject({ protocol: 'cwmp', command: 'Download', outcome: 'accepted' });
  expect(await one('device', 'download', { device: USP, url, options: { image: 1 } })).toMatchObject({ protocol: 'usp', command: 'Device.DeviceInfo.FirmwareImage.1.Download()', outcome: 'accepted' });
  expect([cwmp.downloads, usp.downloads]).toEqual([[url], [url]]);
});

test('Parameter: Get reads what is there and names what is not; secrets come as null', async () => {
  expect(await one('parameter', 'get', { device: USP })).toMatchObject({ protocol: 'usp', values: { 'Device.DeviceInfo.SoftwareVersion': '0.6.0 3.0.0 v6066' } });
  expect(await one('parameter', 'get', { device: USP, paths: 'Device.WiFi.AccessPoint.1.Security., Device.Nothing' })).toMatchObject({ values: { 'Device.WiFi.AccessPoint.1.Security.KeyPassphrase': null }, errors: [{ path: 'Device.Nothing', code: 7026 }] });
  expect(await one('parameter', 'get', { device: CWMP, paths: OLD_SSID })).toMatchObject({ protocol: 'cwmp', values: { [OLD_SSID]: 'HT803G-1234' } });
});

test('[S1-134] Parameter: Set writes by either protocol and reads back; the example works as it is', async () => {
  expect(await one('parameter', 'set', { device: USP })).toMatchObject({ outcome: 'applied', parameters: [{ path: SSID, verdict: 'applied' }] });
  expect(usp.tree.get(SSID)!.value).toBe('Maison Tremblay');
  expect(await one('parameter', 'set', { device: CWMP, parameters: { [OLD_SSID]: 'Chez <Léo> & fils' } })).toMatchObject({ protocol: 'cwmp', outcome: 'applied' });
  expect(cwmp.tree.get(OLD_SSID)!.value).toBe('Chez <Léo> & fils');
  const refused = await failed(run(node, { items: [{ resource: 'parameter', operation: 'set', device: USP, parameters: { [SSID]: 'x', 'Device.DeviceInfo.SoftwareVersion': '9' } }], credentials }));
  expect(refused).toMatchObject({ message: expect.stringContaining('Device.DeviceInfo.SoftwareVersion'), context: { itemIndex: 0 } });
  expect(await one('parameter', 'set', { device: USP, parameters: { [SSID]: 'x', 'Device.DeviceInfo.SoftwareVersion': '9' }, options: { allowPartial: true } })).toMatchObject({ outcome: 'partial' });
});

test('Parameter: Add Object and Delete Object', async () => {
  expect(await one('parameter', 'add', { device: USP })).toMatchObject({ path: 'Device.NAT.PortMapping.1.', outcome: 'applied' });
  expect(await one('parameter', 'delete', { device: USP, object: 'Device.NAT.PortMapping.1.' })).toMatchObject({ deleted: true });
  expect(await one('parameter', 'delete', { device: USP, object: 'Device.NAT.PortMapping.1' })).toMatchObject({ deleted: false });
});

test('Parameter: Operate gives what the command returns', async () => {
  expect(await one('parameter', 'operate', { device: USP })).toMatchObject({ outcome: 'finished', output: { Status: 'Complete', SuccessCount: '3' } });
  expect((await failed(run(node, { items: [{ resource: 'parameter', operation: 'operate', device: CWMP }], credentials }))).description).toContain('CWMP');
});

test('Parameter: Get Supported says what may be written', async () => {
  expect(await one('parameter', 'getSupported', { device: USP })).toMatchObject({ type: 'supported', objects: [{ path: 'Device.DeviceInfo.' }] });
  expect(await one('parameter', 'getSupported', { device: CWMP, objects: 'InternetGatewayDevice.Time.' })).toMatchObject({ type: 'names', names: expect.arrayContaining([{ path: 'InternetGatewayDevice.Time.NTPServer1', writable: true }]) });
});

test('[acs-34] all items of an execution share one login; a wrong password fails each after one try', async () => {
  const items = [1, 2, 3, 4].map(() => ({ resource: 'device', operation: 'get', device: USP }));
  expect(await run(node, { items, credentials })).toHaveLength(4);
  expect(oss.state.logins).toBe(1);
  const out = await run(node, { items, credentials: { ...credentials, password: 'wrong' }, continueOnFail: true });
  expect(out.map(({ json }) => (json['details'] as { kind: string }).kind)).toEqual(['unauthorised', 'unauthorised', 'unauthorised', 'unauthorised']);
  expect(oss.state.logins).toBe(2);
  expect(JSON.stringify(out)).not.toContain('wrong"');
});

test('a device that is away says so, and the others go on', async () => {
  await oss.leave({ serial: 'RCMG19E01234' });
  const out = await run(node, { items: [{ resource: 'device', operation: 'reboot', device: CWMP }, { resource: 'device', operation: 'reboot', device: USP }], credentials, continueOnFail: true });
  expect(out).toMatchObject([{ json: { details: { kind: 'deviceSilent', outcome: 'notApplied' } }, pairedItem: { item: 0 } }, { json: { outcome: 'accepted' }, pairedItem: { item: 1 } }]);
});

test('the credential is tested by a login and leaves requests as they are', async () => {
  const { LeadlightOktopusApi } = await import('../../../credentials/LeadlightOktopusApi.credentials.ts');
  const credential = new LeadlightOktopusApi();
  expect(credential.test.request).toMatchObject({ method: 'PUT', url: '/api/auth/login', body: { email: '={{$credentials.email}}', password: '={{$credentials.password}}' } });
  const request = { url: 'http://x', headers: { authorization: 'raw-token' } };
  expect(await credential.authenticate(credentials, request)).toEqual(request);
});
