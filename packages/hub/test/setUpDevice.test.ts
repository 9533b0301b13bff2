// The hub beside Oktopus, which fetches nothing: profile and settings are brought to the device, over either protocol.
import { startOktopus, type OktopusDevice, type OktopusSandbox } from '../../sandbox/src/oktopus/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { ACS, testHub, type TestHub } from './hub.ts';

const LOGIN = { email: 'ops@example.ca', password: 'oss-password-for-tests' };
let world: World;
let oss: OktopusSandbox;
let hub: TestHub;
beforeAll(async () => {
  world = new World();
  oss = await startOktopus(world, { users: { [LOGIN.email]: LOGIN.password } });
  hub = await testHub({ oktopus: { url: oss.url, ...LOGIN } });
}, 60_000);
afterAll(async () => {
  await hub.close();
  await oss.close();
});

const settings = { orderId: 'o1', wifi: { ssid: 'Chez Marie' }, voip: { username: '4505551234', domain: 'sip.example.ca', registrar: 'reg.example.ca' } };
const wanted = { 'ntp.server1': '0.ca.pool.ntp.org', 'upnp.enabled': false };
const router = (serial: string, over: 'mqtt' | 'cwmp', productClass = 'XX230v') => oss.plug({ serial, oui: '1C61B4', productClass, over });
const read = ({ tree }: OktopusDevice, path: string) => tree.get(path)?.value;
const secretsOf = async (serial: string) => (await hub.ask('GET', `/v1/devices/${serial}/provision`, { key: ACS })).body as unknown as { wifi: { password: string }; voip: { password: string } };
const VOICE = 'Device.X_TP_Services.X_TP_VoiceService.1.VoiceProfile.1';

test.each(['mqtt', 'cwmp'] as const)('[S1-133] [S1-135] profile and settings stand on a device that came over %s, secrets too; the answer and the log hold none', async (over) => {
  const serial = `XX230V${over.toUpperCase()}1`;
  const device = await router(serial, over);
  await hub.client.devices.settings(serial, settings);
  const reply = await hub.ask('POST', `/v1/devices/${serial}/setup`, { body: { wanted } });
  expect(reply).toMatchObject({ status: 200, body: { type: 'deviceSetUp', serial, model: 'tplink-xx230v', needsReboot: false, leftOut: ['voip.1.uri'] } });
  const { wifi, voip } = await secretsOf(serial);
  expect(['Device.WiFi.SSID.1.SSID', 'Device.WiFi.SSID.3.SSID', 'Device.WiFi.AccessPoint.1.Security.KeyPassphrase', 'Device.WiFi.AccessPoint.3.Security.KeyPassphrase', `${VOICE}.MultiIsp.1.MultiAuthPassword`, `${VOICE}.MultiIsp.1.MultiAccountEnable`, 'Device.Time.NTPServer1', 'Device.NAT.X_TP_UPnPCfg.Enable'].map((path) => read(device, path))).toEqual(
    ['Chez Marie', 'Chez Marie', wifi.password, wifi.password, voip.password, 1, '0.ca.pool.ntp.org', false],
  );
  expect(read(device, 'Device.WiFi.SSID.6.SSID')).toMatch(/^guest/);
  const audit = JSON.stringify(await hub.client.audit.list({ limit: 1000 }));
  for (const text of [reply.text, audit]) for (const secret of [wifi.password, voip.password]) expect(text).not.toContain(secret);
  // Once more: nothing else becomes of it.
  expect(await hub.client.devices.setUp(serial, { wanted })).toMatchObject({ type: 'deviceSetUp' });
  expect(read(device, 'Device.WiFi.SSID.1.SSID')).toBe('Chez Marie');
});

test('[S1-133] a TR-098 ONT over CWMP is set up by its own tree', async () => {
  const device = await router('RCMG0A0A0001', 'cwmp', 'HT803G-W');
  await hub.client.devices.settings('RCMG0A0A0001', { ...settings, wifi: { ssid: 'ChezMarie' }, vlan: 100 });
  expect(await hub.client.devices.setUp('RCMG0A0A0001', { wanted })).toMatchObject({ type: 'deviceSetUp', model: 'raisecom-ht803g-w-a', leftOut: [] });
  expect(['LANDevice.1.WLANConfiguration.1.SSID', 'LANDevice.1.WLANConfiguration.5.SSID', 'Services.VoiceService.1.VoiceProfile.1.Line.1.Enable', 'WANDevice.1.WANConnectionDevice.2.X_CT-COM_WANGponLinkConfig.VLANIDMark', 'WANDevice.1.WANConnectionDevice.1.X_CT-COM_WANGponLinkConfig.VLANIDMark'].map((path) => read(device, `InternetGatewayDevice.${path}`))).toEqual(
    ['ChezMarie', 'ChezMarie', 'Enabled', 100, 4000],
  );
});

test('a device that keeps its own value is refused by name, never a success', async () => {
  const device = await router('XX230VSTUBBORN', 'mqtt');
  await hub.client.devices.settings('XX230VSTUBBORN', settings);
  device.stubborn.add('Device.WiFi.SSID.1.SSID');
  expect(await hub.client.devices.setUp('XX230VSTUBBORN')).toMatchObject({ type: 'refused', code: 'settingsNotTaken', path: 'Device.WiFi.SSID.1.SSID', hint: expect.any(String), facts: { parameters: [{ path: 'Device.WiFi.SSID.1.SSID', verdict: 'notApplied' }] } });
});

test('no settings, no such device, a device that is away, a hub without Oktopus: each its own failure', async () => {
  await router('XX230VNOTHING1', 'mqtt');
  expect(await hub.ask('POST', '/v1/devices/XX230VNOTHING1/setup', { body: {} })).toMatchObject({ status: 404, body: { operation: 'devices.setUp', kind: 'notFound' } });
  await hub.client.devices.settings('XX230VNOWHERE1', settings);
  expect(await hub.ask('POST', '/v1/devices/XX230VNOWHERE1/setup', { body: {} })).toMatchObject({ status: 404, body: { vendor: 'oktopus', kind: 'notFound' } });
  await hub.client.devices.settings('XX230VNOTHING1', settings);
  await oss.leave({ serial: 'XX230VNOTHING1' });
  expect(await hub.ask('POST', '/v1/devices/XX230VNOTHING1/setup', { body: {} })).toMatchObject({ status: 504, body: { kind: 'deviceSilent' } });
  const alone = await testHub();
  expect(await alone.ask('POST', '/v1/devices/XX230VNOTHING1/setup', { body: {} })).toMatchObject({ status: 503, body: { hint: expect.stringContaining('LEADLIGHT_OKTOPUS_URL') } });
  await alone.close();
});
