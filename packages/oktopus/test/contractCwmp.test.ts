// CWMP through the controller: envelopes, faults, one at a time, and devices that are away.
import { bench, both, CWMP, failure, faults, needs, USP, withDevice, type Bench } from './harness.ts';
import { protocolOf } from '../src/index.ts';

let b: Bench;
beforeEach(async () => { b = await bench(); });
afterEach(() => b.close());
const W24 = 'InternetGatewayDevice.LANDevice.1.WLANConfiguration.1';
const SSID = `${W24}.SSID`;
const KEY = `${W24}.PreSharedKey.1.KeyPassphrase`;
const NTP = 'InternetGatewayDevice.Time.NTPServer1';
const VERSION = 'InternetGatewayDevice.DeviceInfo.SoftwareVersion';
const device = needs('a CPE that misbehaves on demand');
const sentTo = (route: string) => b.sent.filter(({ path }) => path.endsWith(`/${route}`));

describe('envelopes and faults', () => {
  device('[acs-39] what is written arrives byte for byte, markup and all', async () => {
    const odd = `Café & <Chez> "Léo" 日本`;
    expect(await b.client.cwmp.setParameterValues(CWMP, [{ path: SSID, value: odd }, { path: NTP, value: `ntp'1'&amp;.example` }])).toMatchObject({ outcome: 'applied', needsReboot: false, parameters: [{ verdict: 'applied' }, { verdict: 'applied' }] });
    expect([b.cwmp.tree.get(SSID)!.value, b.cwmp.tree.get(NTP)!.value]).toEqual([odd, `ntp'1'&amp;.example`]);
    expect(String(sentTo('setParameterValues')[0]!.body)).toContain('Café &amp; &lt;Chez&gt; &quot;Léo&quot; 日本');
  });

  withDevice('cwmp')('[acs-39] a harmless parameter with markup is written, read back and put back', async () => {
    const { names } = await b.client.cwmp.getParameterNames(CWMP, '', true);
    const path = `${names.find((one) => /^(InternetGateway)?Device\.$/.test(one.path))!.path}Time.NTPServer2`;
    const before = (await b.client.cwmp.getParameterValues(CWMP, [path])).values[path] ?? '';
    const value = 'a&b<"leadlight">.test';
    expect(await b.client.cwmp.setParameterValues(CWMP, [{ path, value }])).toMatchObject({ outcome: 'applied', parameters: [{ path, verdict: 'applied' }] });
    expect((await b.client.cwmp.getParameterValues(CWMP, [path])).values[path]).toBe(value);
    expect(await b.client.cwmp.setParameterValues(CWMP, [{ path, value: before }])).toMatchObject({ outcome: 'applied' });
  });

  withDevice('cwmp')('[acs-40] two calls of one client on one device at once are both answered', async () => {
    const root = (await b.client.cwmp.getParameterNames(CWMP, '', true)).names.find((one) => /^(InternetGateway)?Device\.$/.test(one.path))!.path;
    const paths = [`${root}DeviceInfo.SoftwareVersion`, `${root}DeviceInfo.SerialNumber`];
    expect((await Promise.all(paths.map((path) => b.client.cwmp.getParameterValues(CWMP, [path])))).map(({ values }) => Object.keys(values))).toEqual(paths.map((path) => [path]));
  });

  device('[acs-39] types are the device’s own: it is asked first, and only what differs is sent', async () => {
    const wanted = [{ path: 'InternetGatewayDevice.Time.Enable', value: 'true' }, { path: 'InternetGatewayDevice.ManagementServer.PeriodicInformInterval', value: '240' }, { path: SSID, value: 'Maison' }];
    expect(await b.client.cwmp.setParameterValues(CWMP, wanted)).toMatchObject({ outcome: 'applied', parameters: [{ verdict: 'same' }, { verdict: 'applied' }, { verdict: 'applied' }] });
    expect(String(sentTo('setParameterValues')[0]!.body)).toMatch(/ParameterValueStruct\[2\][\s\S]*xsi:type="xsd:unsignedInt">240</);
    expect(await b.client.cwmp.setParameterValues(CWMP, wanted)).toMatchObject({ outcome: 'applied', changed: false });
    expect(sentTo('setParameterValues')).toHaveLength(1);
  });

  device('[acs-39] a fault that came with 200 is typed and names the parameters, not their values', async () => {
    const error = await failure(b.client.cwmp.setParameterValues(CWMP, [{ path: VERSION, value: 'nine' }, { path: SSID, value: 'Maison' }]));
    expect(error).toMatchObject({ kind: 'rejectedInput', status: 200, outcome: 'notApplied', detail: { reason: 'cwmpFault', code: 9003, parameters: [{ path: VERSION, code: 9008 }] } });
    expect(error.message).toContain(VERSION);
    expect(b.cwmp.tree.get(SSID)!.value).not.toBe('Maison');
    b.cwmp.tree.set('InternetGatewayDevice.X.SSID', { value: '', type: 'xsd:string', writable: true });
    const typed = await failure(b.client.cwmp.setParameterValues(CWMP, [{ path: 'InternetGatewayDevice.Time.LocalTimeZone', value: 'x-secret-x', type: 'unsignedInt' }]));
    expect(typed).toMatchObject({ detail: { parameters: [{ code: 9006 }] } });
    expect(JSON.stringify(typed)).not.toContain('x-secret-x');
  });

  withDevice('cwmp')('[acs-39] a name the device lacks is notFound and named', async () => {
    const nothing = 'Device.LeadlightNothing';
    expect(await failure(b.client.cwmp.getParameterValues(CWMP, [nothing]))).toMatchObject({ kind: 'notFound', detail: { code: 9005, parameters: [{ path: nothing, code: 9005 }] } });
    expect(await failure(b.client.cwmp.setParameterValues(CWMP, [{ path: nothing, value: 1 }]))).toMatchObject({ kind: 'notFound', outcome: 'notApplied' });
    expect(sentTo('setParameterValues')).toHaveLength(0);
  });

  device('[acs-39] status 1 is taken and not yet in force', async () => {
    b.cwmp.deferred.add(NTP);
    expect(await b.client.cwmp.setParameterValues(CWMP, [{ path: NTP, value: 'ntp.example' }])).toMatchObject({ needsReboot: true, outcome: 'applied', parameters: [{ verdict: 'pendingReboot' }] });
  });

  device('success is what is read back; a secret is written and never shown', async () => {
    b.cwmp.stubborn.add(SSID);
    expect(await b.client.cwmp.setParameterValues(CWMP, [{ path: SSID, value: 'Maison' }, { path: KEY, value: 'p@ss w\\ord%2D#1' }])).toMatchObject({ outcome: 'partial', parameters: [{ verdict: 'notApplied' }, { verdict: 'written' }] });
    expect(b.cwmp.tree.get(KEY)!.value).toBe('p@ss w\\ord%2D#1');
    expect((await b.client.cwmp.getParameterValues(CWMP, [`${W24}.`])).values[KEY]).toBeNull();
  });

  withDevice('cwmp')('names say what may be written', async () => {
    const { names } = await b.client.cwmp.getParameterNames(CWMP, '', true);
    expect(names.length).toBeGreaterThan(0);
    for (const one of names) expect(one).toEqual({ path: expect.any(String), writable: expect.any(Boolean) });
  });

  device('objects are made with their parameters, and deleted; reboot, factory reset and download are taken once', async () => {
    const made = await b.client.cwmp.addObject(CWMP, 'InternetGatewayDevice.NAT.PortMapping', [{ name: 'ExternalPort', value: 8080 }]);
    expect(made).toMatchObject({ path: 'InternetGatewayDevice.NAT.PortMapping.1.', outcome: 'applied', parameters: [{ verdict: 'applied' }] });
    expect(await b.client.cwmp.addObject(CWMP, 'InternetGatewayDevice.NAT.PortMapping', [{ name: 'Nope', value: 1 }])).toMatchObject({ outcome: 'partial', parameters: [{ verdict: 'refused', code: 9005 }] });
    expect(await b.client.cwmp.deleteObject(CWMP, made.path)).toMatchObject({ deleted: true });
    expect(await b.client.cwmp.deleteObject(CWMP, made.path)).toMatchObject({ deleted: false });
    expect(await b.client.cwmp.reboot(CWMP)).toMatchObject({ outcome: 'accepted', command: 'Reboot' });
    expect(await b.client.cwmp.factoryReset(CWMP)).toMatchObject({ outcome: 'accepted' });
    expect(await b.client.cwmp.download(CWMP, { fileType: '1 Firmware Upgrade Image', url: 'https://fw.example/a?x=1&y=2', username: 'u', password: 'hidden' })).toMatchObject({ outcome: 'accepted', output: { Status: '1' } });
    expect({ reboots: b.cwmp.reboots, resets: b.cwmp.resets, downloads: b.cwmp.downloads }).toEqual({ reboots: 2, resets: 1, downloads: ['https://fw.example/a?x=1&y=2'] });
    expect(await failure(Promise.resolve().then(() => b.client.cwmp.download(CWMP, { fileType: '1 Firmware Upgrade Image', url: 'nothing' })))).toMatchObject({ kind: 'rejectedInput' });
  });
});

describe('one at a time, and devices that are away', () => {
  device('[acs-40] all CWMP calls of a client go one after the other, whatever the device', async () => {
    const more = await Promise.all(['A1', 'A2', 'A3'].map((serial) => b.oss.plug({ serial, oui: '000E5E', productClass: 'HT803G-W', over: 'cwmp' })));
    let open!: () => void;
    b.cwmp.gate = new Promise((resolve) => (open = resolve));
    const calls = [b.cwmp, ...more].map(({ serial }) => b.client.cwmp.getParameterValues(serial, [SSID]));
    for (let i = 0; i < 5_000 && b.oss.state.peakCwmp < 1; i += 1) await new Promise((resolve) => setImmediate(resolve));
    await b.client.devices.get(USP);
    expect(sentTo('getParameterValues')).toHaveLength(1);
    open();
    expect(await Promise.all(calls)).toHaveLength(4);
    expect(b.oss.state.peakCwmp).toBe(1);
  });

  device('[acs-40] why one at a time: behind a dead device of another client a call gets no answer, although its device did it', async () => {
    const dead = await b.oss.plug({ serial: 'DEAD', oui: '000E5E', productClass: 'HT803G-W', over: 'cwmp' });
    dead.silent = true;
    let open!: () => void;
    dead.gate = new Promise((resolve) => (open = resolve));
    const inside = async (count: number) => {
      for (let i = 0; i < 5_000 && b.oss.state.peakCwmp < count; i += 1) await new Promise((resolve) => setImmediate(resolve));
    };
    const first = failure(b.another().cwmp.reboot('DEAD'));
    await inside(1);
    const second = failure(b.client.cwmp.reboot(CWMP));
    await inside(2);
    open();
    expect(await first).toMatchObject({ kind: 'timedOut', status: 408, outcome: 'unknown' });
    expect(await second).toMatchObject({ kind: 'unavailable', status: 500, outcome: 'unknown', detail: { reason: 'backend' } });
    expect(b.cwmp.reboots).toBe(1);
  });

  device('[acs-40] each way of not reaching a device is told apart, and changes nothing', async () => {
    const ssid = () => failure(b.client.cwmp.setParameterValues(CWMP, [{ path: SSID, value: 'Maison' }]));
    b.cwmp.reach = 'no';
    const away = await ssid();
    expect(away).toMatchObject({ kind: 'deviceSilent', status: 400, outcome: 'notApplied', detail: { reason: 'connectionRequest' } });
    expect(JSON.stringify(away)).not.toContain(b.cwmp.ip);
    b.cwmp.reach = 'refuses';
    expect((await ssid()).message).toContain('credentials');
    b.cwmp.reach = 'yes';
    b.oss.restartAcs();
    expect(await ssid()).toMatchObject({ kind: 'deviceSilent', status: 404, detail: { reason: 'notConnected' } });
    b.oss.state.down.add('acs');
    expect(await ssid()).toMatchObject({ kind: 'unavailable', status: 500, outcome: 'notApplied', detail: { reason: 'backend' } });
  });

  both('[acs-40] 409 is busy and 408 after a write is unknown until looked up', async () => {
    const plan = faults();
    const client = b.another(undefined, plan.wrap);
    plan.plan({ fits: /\/generic$/, kind: 'status', status: 409, body: '"Device is busy"' });
    expect(await failure(client.cwmp.reboot('LEADLIGHT-NOBODY'))).toMatchObject({ kind: 'conflict', outcome: 'notApplied', detail: { reason: 'busy' } });
    plan.plan({ fits: /\/generic$/, kind: 'status', status: 408, body: '"Request timeout"' });
    expect(await failure(client.cwmp.reboot('LEADLIGHT-NOBODY'))).toMatchObject({ kind: 'timedOut', outcome: 'unknown' });
    plan.plan({ fits: /\/generic$/, kind: 'status', status: 500, body: '"Error to communicate with nats: nats: timeout"' });
    expect(await failure(client.cwmp.reboot('LEADLIGHT-NOBODY'))).toMatchObject({ kind: 'unavailable', outcome: 'unknown', detail: { reason: 'backend' } });
  });

  device('[acs-40] a cut connection after the write is looked up; nothing is sent twice', async () => {
    const plan = faults();
    const client = b.another(undefined, plan.wrap);
    for (const kind of ['resetAfter', 'hang', 'truncate', 'status'] as const) {
      plan.plan({ fits: /setParameterValues$/, kind, status: 500, body: '"Error to communicate with nats: nats: timeout"' });
      const value = `Maison ${kind}`;
      const set = await client.cwmp.setParameterValues(CWMP, [{ path: SSID, value }]).catch((error: unknown) => error);
      expect(set).toMatchObject(kind === 'status' ? { outcome: 'notApplied', detail: { reason: 'notApplied' } } : { outcome: 'applied' });
    }
    expect(sentTo('setParameterValues')).toHaveLength(3);
  });

  device('[acs-40] in bulk: a device that is away is held and comes again, or is reported with its key; one outcome per task, in order', async () => {
    const serials = ['B1', 'B2', 'B3'];
    const [first, second] = await Promise.all(serials.map((serial) => b.oss.plug({ serial, oui: '000E5E', productClass: 'HT803G-W', over: 'cwmp' })));
    first!.reach = 'no';
    second!.reach = 'no';
    const told: string[] = [];
    const outcomes = await b.client.bulk(
      [...serials, 'GONE'].map((key) => ({ key, run: () => b.client.cwmp.setParameterValues(key, [{ path: key === 'B3' ? VERSION : NTP, value: 'ntp.example' }]) })),
      { rounds: 3, waitMs: 60_000, report: ({ key, type }) => { told.push(`${key} ${type}`); first!.reach = 'yes'; } },
    );
    expect(outcomes).toMatchObject([{ key: 'B1', type: 'done' }, { key: 'B2', type: 'held', reason: 'connectionRequest', attempts: 3 }, { key: 'B3', type: 'failed', error: { kind: 'rejectedInput' } }, { key: 'GONE', type: 'held', reason: 'notConnected' }]);
    expect(told).toEqual(['B3 failed', 'B1 done', 'B2 held', 'GONE held']);
    expect(b.oss.state.peakCwmp).toBe(1);
  });

  device('[acs-40] in bulk: when Oktopus itself is away the walk stops and all the rest is held', async () => {
    b.oss.state.down.add('acs');
    const outcomes = await b.client.bulk(['C1', 'C2', 'C3', 'C4', 'C5'].map((key) => ({ key, run: () => b.client.cwmp.reboot(key) })), { breakAfter: 2 });
    expect(outcomes.map(({ type }) => type)).toEqual(['held', 'held', 'held', 'held', 'held']);
    expect(sentTo('generic')).toHaveLength(2);
  });

  device('[acs-40] a task whose outcome is unknown is not run again', async () => {
    b.cwmp.silent = true;
    expect(await b.client.bulk([{ key: CWMP, run: () => b.client.cwmp.reboot(CWMP) }], { rounds: 5 })).toMatchObject([{ type: 'failed', error: { outcome: 'unknown' } }]);
    expect(sentTo('generic')).toHaveLength(1);
  });
});

describe('one verb over either protocol', () => {
  device('[S1-134] auto takes the way the device is connected by', async () => {
    expect(await b.client.parameters.get(USP, ['Device.DeviceInfo.SoftwareVersion'])).toMatchObject({ protocol: 'usp' });
    expect(await b.client.parameters.get(CWMP, [VERSION])).toMatchObject({ protocol: 'cwmp', values: { [VERSION]: '5.00.21' } });
    expect(await b.client.parameters.set(CWMP, [{ path: SSID, value: 'Maison' }])).toMatchObject({ protocol: 'cwmp', outcome: 'applied' });
    expect(await b.client.parameters.set(USP, [{ path: 'Device.WiFi.SSID.1.SSID', value: 'Maison' }])).toMatchObject({ protocol: 'usp', outcome: 'applied' });
    expect(await b.client.parameters.reboot(CWMP)).toMatchObject({ protocol: 'cwmp' });
    expect(await b.client.parameters.factoryReset(USP)).toMatchObject({ protocol: 'usp', command: 'Device.FactoryReset()' });
    expect(b.usp.resets).toBe(1);
    await b.oss.leave({ serial: USP });
    expect(await failure(b.client.parameters.reboot(USP))).toMatchObject({ kind: 'deviceSilent', detail: { reason: 'offline' } });
    expect(protocolOf({ status: 'online', transports: { mqtt: 'offline', websockets: 'online', stomp: 'offline', cwmp: 'online' } } as never)).toBe('usp');
  });
});
