// The scripts Leadlight installs in GenieACS run here for real, against simulated CPEs and a small hub.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { deviceSettings, genieacs, presetDocuments, provisionScripts } from '../src/index.ts';
import { bench, W24, W50, type Bench } from './harness.ts';

const TOKEN = 'acs-token-0123456789';
const WIFI = { ssid: 'Chez Léo & fils', password: 'p@ss w\\ord#1' };
const VOIP = { username: '5145550100', password: 'sip-s3cret', domain: 'sip.example', registrar: 'reg.sip.example' };

let seen: { method: string; path: string; authorization: string; body: string }[];
let answer: { status: number; body: object };
let hub: http.Server;
let b: Bench;
const url = () => `http://127.0.0.1:${(hub.address() as AddressInfo).port}`;

beforeEach(async () => {
  seen = [];
  answer = { status: 200, body: { wifi: WIFI, voip: VOIP, vlan: 1203 } };
  hub = http.createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    seen.push({ method: request.method!, path: request.url!, authorization: request.headers.authorization ?? '', body });
    response.writeHead(request.method === 'POST' ? 200 : answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(request.method === 'POST' ? {} : answer.body));
  });
  await new Promise<void>((resolve) => hub.listen(0, '127.0.0.1', resolve));
  b = await bench({ ext: { url: url(), token: TOKEN } });
});
afterEach(async () => {
  await b.close();
  hub.closeAllConnections();
  await new Promise((resolve) => hub.close(resolve));
});

test('[acs-30] a plugged ONT tells the hub that it bootstrapped, with what the hub needs to match it; told twice with one identity', async () => {
  await b.plug();
  const told = seen.filter((one) => one.path === '/v1/device-events').map((one) => ({ ...one, body: JSON.parse(one.body) as Record<string, unknown> }));
  const bootstraps = told.filter((one) => one.body['event'] === 'bootstrap');
  expect(bootstraps).toHaveLength(2);
  expect(bootstraps[0]).toEqual(bootstraps[1]);
  expect(bootstraps[0]).toMatchObject({
    method: 'POST', authorization: `Bearer ${TOKEN}`,
    body: { deviceId: '000E5E-HT803G%2DW-RCMG19E01234', serial: 'RCMG19E01234', oui: '000E5E', productClass: 'HT803G-W', at: '2026-04-01T13:00:00.000Z', firmware: '5.00.21', ip: expect.stringMatching(/^10\./) },
  });
});

test('[acs-30] a hub that is away does not fault the channel of an event', async () => {
  hub.closeAllConnections();
  await new Promise((resolve) => hub.close(resolve));
  await b.plug();
  expect(b.acs.state.faults.size).toBe(0);
  hub = http.createServer();
  await new Promise<void>((resolve) => hub.listen(0, '127.0.0.1', resolve));
});

test('[S1-115] an HT803G-W fetches Wi-Fi, phone and VLAN from the hub by itself; guests stay as they were', async () => {
  const device = await b.plug();
  const outcome = await b.client.tasks.runProvisions(device.id, [deviceSettings]);
  expect(outcome).toMatchObject({ type: 'executed' });
  const at = (path: string) => device.tree.get(path)?.value;
  for (const radio of [W24, W50]) expect([at(`${radio}.SSID`), at(`${radio}.PreSharedKey.1.KeyPassphrase`)]).toEqual([WIFI.ssid, WIFI.password]);
  for (const guest of [2, 6]) expect(at(`InternetGatewayDevice.LANDevice.1.WLANConfiguration.${guest}.SSID`)).toBe(`guest-${guest}`);
  const voice = 'InternetGatewayDevice.Services.VoiceService.1.VoiceProfile.1';
  expect([at(`${voice}.Line.1.SIP.AuthUserName`), at(`${voice}.Line.1.SIP.AuthPassword`), at(`${voice}.Line.1.SIP.URI`), at(`${voice}.SIP.RegistrarServer`), at(`${voice}.Line.1.Enable`)]).toEqual([VOIP.username, VOIP.password, 'sip:5145550100@sip.example', VOIP.registrar, 'Enabled']);
  // The VLAN goes where the subscriber's traffic is; the connection that carries TR-069 keeps its own.
  expect([1, 2].map((i) => at(`InternetGatewayDevice.WANDevice.1.WANConnectionDevice.${i}.X_CT-COM_WANGponLinkConfig.VLANIDMark`))).toEqual([4000, 1203]);
  expect(seen.filter((one) => one.method === 'GET').every((one) => one.path === '/v1/devices/RCMG19E01234/provision' && one.authorization === `Bearer ${TOKEN}`)).toBe(true);
  // Nothing the client sent or received held a secret: they went from the hub to the ACS only.
  expect(JSON.stringify([outcome, b.sent])).not.toMatch(/p@ss|s3cret/);
  const { device: read } = await b.client.tasks.getParameterValues(device.id, [`${W24}.SSID`, `${W24}.PreSharedKey.1.KeyPassphrase`]);
  expect(read.parameters[`${W24}.SSID`]!.value).toBe(WIFI.ssid);
  expect(device.known.get(`${W24}.PreSharedKey.1.KeyPassphrase`)!.value).toBe(''); // as real CPEs report it
});

test('[S1-116] a Deco gets its Wi-Fi on the main network of each band, found by LowerLayers; guests and backhaul are not touched', async () => {
  answer.body = { wifi: WIFI };
  const deco = await b.plug('403F8C0A0B0C', 'Device2', '403F8C');
  expect(await b.client.tasks.runProvisions(deco.id, [deviceSettings])).toMatchObject({ type: 'executed' });
  const ssids = [1, 3, 6, 8, 9].map((i) => [i, deco.tree.get(`Device.WiFi.SSID.${i}.SSID`)!.value === WIFI.ssid, deco.tree.get(`Device.WiFi.AccessPoint.${i}.Security.KeyPassphrase`)!.value === WIFI.password]);
  expect(ssids).toEqual([[1, true, true], [3, true, true], [6, false, false], [8, false, false], [9, false, false]]);
});

test('a phone line on an XX230v goes to the voice tree that works', async () => {
  answer.body = { voip: VOIP };
  const device = await b.plug('XX23000001', 'Device2', '1C61B4');
  expect(await b.client.tasks.runProvisions(device.id, [deviceSettings])).toMatchObject({ type: 'executed' });
  const account = 'Device.X_TP_Services.X_TP_VoiceService.1.VoiceProfile.1.MultiIsp.1';
  expect(['MultiAuthUserName', 'MultiAuthPassword', 'MultiDomain', 'MultiRegistrarServer', 'MultiAccountEnable'].map((name) => device.tree.get(`${account}.${name}`)!.value)).toEqual([VOIP.username, VOIP.password, VOIP.domain, VOIP.registrar, 1]);
});

test('a VLAN for a device whose only connection carries TR-069 is refused by the script, not written', async () => {
  answer.body = { vlan: 1203 };
  const device = await b.plug();
  device.tree.get('InternetGatewayDevice.WANDevice.1.WANConnectionDevice.2.WANIPConnection.1.X_CT-COM_ServiceList')!.value = 'TR069,INTERNET';
  expect(await b.client.tasks.runProvisions(device.id, [deviceSettings])).toMatchObject({ type: 'faulted', fault: { code: 'script.Error' } });
  expect(device.tree.get('InternetGatewayDevice.WANDevice.1.WANConnectionDevice.2.X_CT-COM_WANGponLinkConfig.VLANIDMark')!.value).toBe(0);
});

test('two callers at once: each task runs once, one session after the other', async () => {
  const device = await b.plug();
  const outcomes = await Promise.all([b.client.tasks.runProvisions(device.id, [deviceSettings]), b.client.tasks.reboot(device.id), b.client.tasks.setParameterValues(device.id, [{ path: 'InternetGatewayDevice.Time.NTPServer1', value: 'ntp' }])]);
  expect(outcomes.map((one) => one.type)).toEqual(['executed', 'executed', 'executed']);
  expect([device.reboots, b.acs.state.tasks.length]).toEqual([1, 0]);
});

test('a hub without settings is a fault one can see, and nothing is written', async () => {
  const device = await b.plug();
  answer = { status: 404, body: { message: 'unknown' } };
  const outcome = await b.client.tasks.runProvisions(device.id, [deviceSettings]);
  expect(outcome).toMatchObject({ type: 'faulted', fault: { code: 'ext.HubError', message: 'The hub answered 404' } });
  expect(device.tree.get(`${W24}.SSID`)!.value).toBe('HT803G-1234');
  // Asked again later, with settings there, the waiting task is replaced and runs.
  answer = { status: 200, body: { wifi: WIFI } };
  expect(await b.client.tasks.runProvisions(device.id, [deviceSettings])).toMatchObject({ type: 'executed' });
  expect(b.acs.state.tasks).toHaveLength(0);
});

test('install() puts scripts and presets on a bare ACS, and only those', async () => {
  await b.close();
  b = await bench();
  await b.client.provisions.put('inform', 'log("stock");');
  await b.client.install();
  expect((await b.client.provisions.list()).map((one) => one.name)).toEqual(['inform', ...Object.keys(provisionScripts)].sort());
  expect((await b.client.presets.list()).map((one) => one._id)).toEqual(Object.keys(presetDocuments).sort());
  expect(genieacs).toBeDefined();
});

describe('the extension file for the ACS host', () => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const extension = require('../acs/ext/leadlight.js') as Record<'notify' | 'settings', (args: string[], callback: (error: Error | null, value?: unknown) => void) => void>;
  const run = (name: 'notify' | 'settings', ...args: string[]) => new Promise<{ error: Error | null; value: unknown }>((resolve) => extension[name](args, (error, value) => resolve({ error, value })));
  beforeEach(() => { process.env['LEADLIGHT_HUB_URL'] = `${url()}/`; process.env['LEADLIGHT_ACS_TOKEN'] = TOKEN; });

  test('[acs-30] speaks to the hub as the simulated one does, and never throws an event away loudly', async () => {
    expect(await run('notify', 'bootstrap', JSON.stringify({ serial: 'R1' }))).toEqual({ error: null, value: { delivered: true } });
    expect(seen[0]).toMatchObject({ method: 'POST', path: '/v1/device-events', authorization: `Bearer ${TOKEN}`, body: '{"serial":"R1","event":"bootstrap"}' });
    expect(await run('notify', 'bootstrap', 'not json')).toEqual({ error: null, value: { delivered: false } });
    expect((await run('settings', 'R 1')).value).toEqual(answer.body);
    expect(seen.at(-1)!.path).toBe('/v1/devices/R%201/provision');
    answer = { status: 404, body: {} };
    expect((await run('settings', 'R1')).error).toMatchObject({ name: 'HubError', message: 'The hub answered 404' });
    process.env['LEADLIGHT_HUB_URL'] = 'http://127.0.0.1:1';
    expect(await run('notify', 'boot', '{}')).toEqual({ error: null, value: { delivered: false } });
    expect((await run('settings', 'R1')).error).toMatchObject({ name: 'HubError' });
  });
});
