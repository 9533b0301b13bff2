import { cpeModels } from './cpeModels.ts';
import { cpeProfile, defaultOntSettings, type CpeDevice, type CpeWanted } from './cpeProfile.ts';

const ont: CpeDevice = { productClass: 'HT803G-W' };
const router: CpeDevice = { productClass: 'Device2', modelName: 'XX230v' };
const profile = (device: CpeDevice, wanted: CpeWanted) => {
  const answer = cpeProfile(device, wanted);
  if (answer.type === 'refused') throw new Error(`${answer.code} ${answer.path}`);
  return answer.value;
};
const rows = (device: CpeDevice, wanted: CpeWanted) => profile(device, wanted).parameters.map(({ path, value, type }) => [path, value, type]);

test('[S1-131] [S1-139] the Raisecom ONT: NTP, DSCP, UPnP off, each with its type', () => {
  expect(rows(ont, defaultOntSettings)).toEqual([
    ['InternetGatewayDevice.Time.NTPServer1', '0.ca.pool.ntp.org', 'string'],
    ['InternetGatewayDevice.Time.NTPServer2', '1.ca.pool.ntp.org', 'string'],
    ['InternetGatewayDevice.Time.LocalTimeZone', '-05:00', 'string'],
    ['InternetGatewayDevice.Services.VoiceService.1.VoiceProfile.1.SIP.DSCPMark', 26, 'unsignedInt'],
    ['InternetGatewayDevice.Services.VoiceService.1.VoiceProfile.1.RTP.DSCPMark', 46, 'unsignedInt'],
    ['InternetGatewayDevice.DeviceInfo.X_CT-COM_UPNP.Enable', false, 'boolean'],
  ]);
});

test('[S1-131] bridge mode: its VLAN first, the bridge last, after everything that still needs the line', () => {
  expect(rows(ont, { ...defaultOntSettings, bridge: { wan: 2, vlanId: 100 } }).slice(-2)).toEqual([
    ['InternetGatewayDevice.WANDevice.1.WANConnectionDevice.2.X_CT-COM_WANGponLinkConfig.VLANIDMark', 100, 'unsignedInt'],
    ['InternetGatewayDevice.WANDevice.1.WANConnectionDevice.2.WANIPConnection.1.ConnectionType', 'IP_Bridged', 'string'],
  ]);
});

test('bridging the connection that carries TR-069 needs a word', () => {
  expect(cpeProfile(ont, { bridge: { wan: 1, vlanId: 100 } })).toMatchObject({ code: 'confirmBridge', path: 'wanted.bridge.confirmed' });
  expect(cpeProfile(ont, { bridge: { wan: 1, vlanId: 100, confirmed: true } })).toMatchObject({ type: 'accepted' });
});

test('[S1-139] a mesh router gets its Wi-Fi; passwords are marked as secrets', () => {
  const { parameters } = profile(router, { wifi: { ssid: 'Maison Tremblay', password: 'soleil-2026' } });
  expect(parameters.map(({ path, secret }) => [path, secret])).toEqual([
    ['Device.WiFi.SSID.1.SSID', false], ['Device.WiFi.AccessPoint.1.Security.KeyPassphrase', true], ['Device.WiFi.SSID.3.SSID', false], ['Device.WiFi.AccessPoint.3.Security.KeyPassphrase', true],
  ]);
});

test('a line is switched on in the word of its model', () => {
  const voip = { username: '5145550100', password: 'secret', registrar: 'sip.example.ca', domain: 'example.ca' };
  expect(rows(ont, { voip }).at(-1)).toEqual(['InternetGatewayDevice.Services.VoiceService.1.VoiceProfile.1.Line.1.Enable', 'Enabled', 'string']);
  expect(rows(router, { voip }).at(-1)).toEqual(['Device.X_TP_Services.X_TP_VoiceService.1.VoiceProfile.1.MultiIsp.1.MultiAccountEnable', 1, 'unsignedInt']);
});

test('paths from documents are flagged, those seen on a device are not', () => {
  expect(profile(ont, { upnp: false }).unverified).toBe(true);
  expect(profile(router, { upnp: false }).unverified).toBe(false);
  expect(profile({ productClass: 'Device2', modelName: 'Deco' }, { ntp: { servers: ['pool.ntp.org'] } })).toMatchObject({ model: 'tplink-deco', unverified: true });
});

test('a model nobody described is refused, not guessed', () => {
  for (const productClass of ['HT803G', 'HT803G-W9', 'Acme', '']) expect(cpeProfile({ productClass }, { upnp: false })).toMatchObject({ code: 'unknownModel' });
});

test('a wish the model has no parameter for is refused by name, not left out', () => {
  expect(cpeProfile(ont, { wifi: { ssid: 'x', password: 'soleil-2026' } })).toMatchObject({ code: 'unsupported', path: 'wanted.wifi.24.ssid' });
  expect(cpeProfile(router, { bridge: { wan: 2, vlanId: 100 } })).toMatchObject({ code: 'unsupported', path: 'wanted.wan.vlan' });
});

test.each<[CpeWanted, string]>([
  [{ dscp: { sip: 64 } }, 'wanted.dscp.sip'], [{ dscp: { rtp: -1 } }, 'wanted.dscp.rtp'], [{ ntp: { servers: [] } }, 'wanted.ntp.servers'], [{ ntp: { servers: ['a'], localTimeZone: 'EST' } }, 'wanted.ntp.localTimeZone'],
  [{ wifi: { ssid: 'x', password: 'short' } }, 'wanted.wifi.password'], [{ wifi: { ssid: 'é'.repeat(17), password: 'soleil-2026' } }, 'wanted.wifi.ssid'], [{ bridge: { wan: 2, vlanId: 4095 } }, 'wanted.bridge.vlanId'], [{ bridge: { wan: 0, vlanId: 1 } }, 'wanted.bridge.wan'],
])('refuses %j', (wanted, path) => {
  const answer = cpeProfile(router, wanted);
  expect(answer).toMatchObject({ code: 'badInput', path });
  expect(JSON.stringify(answer)).not.toContain('short');
});

test('no wish is an empty profile; the table of models is plain data', () => {
  expect(profile(ont, {}).parameters).toEqual([]);
  expect(JSON.parse(JSON.stringify(cpeModels))).toEqual(cpeModels);
});
