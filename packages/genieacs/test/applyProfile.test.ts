import { cpeProfile, defaultOntSettings } from '../../../core/src/network/cpeProfile.ts';
import { bench, failure, SECRET, W24, type Bench } from './harness.ts';

let b: Bench;
beforeEach(async () => { b = await bench(); });
afterEach(() => b.close());
const ROOT = 'InternetGatewayDevice';
const VOICE = `${ROOT}.Services.VoiceService.1.VoiceProfile.1`;
const PROFILE = [
  { path: `${ROOT}.Time.NTPServer1`, value: 'ntp.example' },
  { path: `${ROOT}.DeviceInfo.X_CT-COM_UPNP.Enable`, value: 'false', type: 'xsd:boolean' },
  { path: `${VOICE}.SIP.DSCPMark`, value: '46' },
  { path: `${ROOT}.WANDevice.1.WANConnectionDevice.2.WANIPConnection.1.ConnectionType`, value: 'IP_Bridged' },
];
const parametersOf = (...[device, desired, options]: Parameters<typeof cpeProfile>) => {
  const decided = cpeProfile(device, desired, { allowUnverified: true, ...options });
  if (decided.type !== 'accepted') throw new Error(decided.message);
  return decided.value.parameters;
};

test('[S0-108] the HT803G-W profile is applied, read back in the types of the CPE, and a second run sends no task', async () => {
  const device = await b.plug();
  expect(await b.client.applyProfile(device.id, PROFILE)).toMatchObject({ type: 'executed', changed: true, parameters: PROFILE.map(({ path }) => ({ path, verdict: 'applied' })) });
  expect([device.tree.get(PROFILE[1]!.path)!.value, device.tree.get(PROFILE[2]!.path)!.value]).toEqual([false, 46]);
  b.sent.length = 0;
  expect(await b.client.applyProfile(device.id, PROFILE)).toMatchObject({ type: 'executed', changed: false, parameters: PROFILE.map(({ path }) => ({ path, verdict: 'same' })) });
  expect(b.posts()).toHaveLength(0);
});

test('[S1-131] [S1-139] what core decides for each model exists on that model and can be written', async () => {
  const voip = { 'voip.1.username': '5145550100', 'voip.1.password': 'sip-s3cret', 'voip.1.registrar': 'reg.example', 'voip.1.domain': 'sip.example', 'voip.1.enabled': true };
  const wifi = { 'wifi.24.ssid': 'Maison', 'wifi.24.password': 'correct horse', 'wifi.5.ssid': 'Maison', 'wifi.5.password': 'correct horse' };
  const ont = await b.plug();
  const bridge = { 'wan.vlan': 1203, 'wan.bridge': true };
  const xx = await b.plug('XX23000001', 'Device2', '1C61B4');
  const deco = await b.plug('403F8C000001', 'Device2', '403F8C');
  const tree = async (id: string, ...paths: string[]) => await b.client.devices.get(id, paths);
  const wan = `${ROOT}.WANDevice.1.WANConnectionDevice`;
  for (const [device, parameters] of [
    [ont, parametersOf(await tree(ont.id, wan), { ...defaultOntSettings, ...voip, ...bridge }, { confirm: ['wan.vlan', 'wan.bridge'] })],
    [xx, parametersOf(await tree(xx.id, 'Device.DeviceInfo', 'Device.WiFi'), { ...defaultOntSettings, ...voip, ...wifi })],
    [deco, parametersOf(await tree(deco.id, 'Device.DeviceInfo', 'Device.WiFi'), wifi)],
  ] as const) {
    expect(await b.client.applyProfile(device.id, parameters)).toMatchObject({ type: 'executed', changed: true });
    for (const one of parameters) expect([one.path, String(device.tree.get(one.path)!.value)]).toEqual([one.path, String(one.value)]);
  }
});

test('a missing or read-only parameter stops the whole profile before anything is written, or is left out when asked', async () => {
  const device = await b.plug();
  const wanted = [PROFILE[0]!, { path: `${ROOT}.Nope`, value: 1 }, { path: `${ROOT}.DeviceInfo.SoftwareVersion`, value: '9' }, { path: SECRET, value: 'hunter22' }];
  expect(await b.client.applyProfile(device.id, wanted)).toMatchObject({ type: 'notApplied', changed: false, parameters: [{ verdict: 'held' }, { verdict: 'missing' }, { verdict: 'readOnly' }, { verdict: 'held' }] });
  expect(b.posts()).toHaveLength(0);
  const partly = await b.client.applyProfile(device.id, wanted, { onUnwritable: 'skip' });
  expect(partly).toMatchObject({ type: 'notApplied', changed: true, parameters: [{ verdict: 'applied' }, { verdict: 'missing' }, { verdict: 'readOnly' }, { verdict: 'written' }] });
  expect(device.tree.get(SECRET)!.value).toBe('hunter22');
  expect(JSON.stringify(partly)).not.toContain('hunter22');
});

test('an offline device leaves one waiting task however often it is asked; a newer wish replaces it', async () => {
  const device = await b.plug();
  device.online = false;
  for (const name of ['A', 'A', 'B']) expect(await b.client.applyProfile(device.id, [{ path: `${W24}.SSID`, value: name }])).toMatchObject({ type: 'queued', parameters: [{ verdict: 'queued' }] });
  expect(b.acs.state.tasks).toHaveLength(1);
  await b.world.emit('cpe.informs', { serial: device.serial, oui: device.oui, productClass: device.productClass, event: '2 PERIODIC' });
  expect(device.tree.get(`${W24}.SSID`)!.value).toBe('B');
});

test('[S0-110] a reboot reaches the device once; a factory reset puts the factory values back', async () => {
  const device = await b.plug();
  await b.client.applyProfile(device.id, [{ path: `${W24}.SSID`, value: 'Maison' }]);
  expect(await b.client.tasks.reboot(device.id)).toMatchObject({ type: 'executed' });
  expect([device.reboots, device.tree.get(`${W24}.SSID`)!.value]).toEqual([1, 'Maison']);
  expect(await b.client.tasks.factoryReset(device.id)).toMatchObject({ type: 'executed' });
  expect(device.tree.get(`${W24}.SSID`)!.value).toBe('HT803G-1234');
});

test('a set that went through but could not be read back is unknown, not a success', async () => {
  const device = await b.plug();
  device.sessionsLeft = 1; // the set is its last session
  const outcome = await b.client.tasks.setParameterValues(device.id, [{ path: `${W24}.SSID`, value: 'Maison' }]);
  expect(device.online).toBe(false);
  expect(outcome).toMatchObject({ type: 'unknown' });
});

test('an unknown device is notFound before any task', async () => {
  expect(await failure(b.client.applyProfile('00AA-X-1', PROFILE))).toMatchObject({ kind: 'notFound' });
  expect(b.posts()).toHaveLength(0);
});
