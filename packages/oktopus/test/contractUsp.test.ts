// USP through the controller: what a 200 hides, whose answer it is, and what is true after silence.
import { bench, both, CWMP, failure, faults, needs, real, USP, withDevice, type Bench } from './harness.ts';

let b: Bench;
beforeEach(async () => { b = await bench(); });
afterEach(() => b.close());
const SSID = 'Device.WiFi.SSID.1.SSID';
const KEY = 'Device.WiFi.AccessPoint.1.Security.KeyPassphrase';
const VERSION = 'Device.DeviceInfo.SoftwareVersion';
const device = needs('a USP agent that misbehaves on demand');
const sentTo = (op: string) => b.sent.filter(({ path }) => path.endsWith(`/${op}`));

describe('what a 200 hides', () => {
  withDevice('usp')('[acs-36] a path the device lacks is an error of that path; the others are read', async () => {
    const read = await b.client.usp.get(USP, [VERSION, 'Device.DeviceInfo.LeadlightNothing']);
    expect(read.values[VERSION]).toMatch(/./);
    expect(read.errors).toMatchObject([{ path: 'Device.DeviceInfo.LeadlightNothing', code: expect.any(Number) }]);
  });

  withDevice('usp')('[acs-36] a USP error is a failure with the device’s code and parameters', async () => {
    const error = await failure(b.client.usp.set(USP, [{ path: VERSION, value: 'leadlight' }]));
    expect(error).toMatchObject({ outcome: 'notApplied', detail: { reason: 'uspError', code: expect.any(Number) } });
    expect(error.message).toMatch(/USP 7\d{3}/);
  });

  withDevice('usp')('[acs-36] a harmless parameter is written, read back and put back', async () => {
    const path = 'Device.Time.NTPServer2';
    const before = (await b.client.usp.get(USP, [path])).values[path] ?? '';
    expect(await b.client.usp.set(USP, [{ path, value: 'leadlight.test' }])).toMatchObject({ outcome: 'applied', parameters: [{ path, verdict: 'applied' }] });
    expect((await b.client.usp.get(USP, [path])).values[path]).toBe('leadlight.test');
    expect(await b.client.usp.set(USP, [{ path, value: before }])).toMatchObject({ outcome: 'applied' });
  });

  device('[acs-36] all or nothing: one refused parameter, nothing changed, each named', async () => {
    const error = await failure(b.client.usp.set(USP, [{ path: SSID, value: 'Maison' }, { path: VERSION, value: '9' }, { path: 'Device.WiFi.SSID.1.Nope', value: '1' }]));
    expect(error).toMatchObject({ kind: 'rejectedInput', detail: { code: 7004, parameters: [{ path: 'Device.WiFi.SSID.1.Nope', code: 7010 }, { path: VERSION, code: 7013, message: 'parameter is read-only' }] } });
    expect(b.usp.tree.get(SSID)!.value).not.toBe('Maison');
  });

  device('[acs-36] in part: a verdict for each, and the good ones are in force', async () => {
    const set = await b.client.usp.set(USP, [{ path: SSID, value: 'Maison' }, { path: 'Device.WiFi.SSID.1.Nope', value: '1' }, { path: 'Device.WiFi.SSID.77.SSID', value: 'x' }], { allowPartial: true });
    expect(set).toMatchObject({ outcome: 'partial', changed: true, parameters: [{ path: SSID, verdict: 'applied' }, { verdict: 'missing', code: 7010 }, { verdict: 'missing', code: 7016 }] });
    expect(b.usp.tree.get(SSID)!.value).toBe('Maison');
  });

  device('[acs-36] success is what is read back: a device that keeps its own value is found out', async () => {
    b.usp.stubborn.add(SSID);
    expect(await b.client.usp.set(USP, [{ path: SSID, value: 'Maison' }])).toMatchObject({ outcome: 'notApplied', parameters: [{ verdict: 'notApplied' }] });
  });

  device('[acs-37] `any` on a device that has CWMP alone: an empty 200 is told as no USP transport', async () => {
    expect(await failure(b.client.usp.get(CWMP, [VERSION]))).toMatchObject({ kind: 'rejectedInput', detail: { reason: 'noMtp' }, hint: expect.stringContaining('CWMP') });
    await b.oss.leave({ serial: USP });
    expect(await failure(b.client.usp.get(USP, [VERSION]))).toMatchObject({ kind: 'deviceSilent', status: 503, detail: { reason: 'offline' } });
    b.usp.transports.Mqtt = 1;
    expect(await failure(b.client.usp.get(USP, [VERSION]))).toMatchObject({ kind: 'deviceSilent', detail: { reason: 'associating' } });
    b.oss.state.down.add('adapter');
    expect(await failure(b.client.usp.get(USP, [VERSION]))).toMatchObject({ kind: 'unavailable', status: 500, detail: { reason: 'backend' }, outcome: 'notApplied' });
  });
});

describe('whose answer', () => {
  withDevice('usp')('[acs-38] two clients ask one device different things at once, again and again: nobody is given the other’s answer', async () => {
    const serialNumber = 'Device.DeviceInfo.SerialNumber';
    const rival = b.another();
    for (let round = 0; round < 4; round += 1) {
      const [mine, theirs] = await Promise.all([b.client.usp.get(USP, [VERSION]), rival.usp.get(USP, [serialNumber])].map((one) => one.then(({ values }) => Object.keys(values), (error: Error) => error)));
      for (const [got, own] of [[mine, VERSION], [theirs, serialNumber]] as const) expect(got instanceof Error ? got : { keys: got }).toMatchObject(got instanceof Error ? { detail: { reason: 'foreignReply' } } : { keys: [own] });
    }
  });

  device('[acs-38] two calls of one client on one device go one after the other; two devices do not wait for each other', async () => {
    const other = await b.oss.plug({ serial: 'XXAGENT0002', oui: '1C61B4', productClass: 'XX230v', over: 'mqtt' });
    let open!: () => void;
    b.usp.gate = new Promise((resolve) => (open = resolve));
    const first = b.client.usp.get(USP, [SSID]);
    const second = b.client.usp.get(USP, [VERSION]);
    expect((await b.client.usp.get(other.serial, [SSID])).values).toHaveProperty([SSID]);
    expect(sentTo('get').filter(({ path }) => path.includes(USP))).toHaveLength(1);
    open();
    expect([Object.keys((await first).values), Object.keys((await second).values)]).toEqual([[SSID], [VERSION]]);
    expect(b.usp.peakWaiters).toBe(1);
  });

  device('[acs-38] the real fault: two clients at once, one answer for both; it is refused by whom it is not for, and read again', async () => {
    const rival = b.another();
    let open!: () => void;
    b.usp.gate = new Promise((resolve) => (open = resolve));
    const both = [b.client.usp.get(USP, [SSID]), rival.usp.get(USP, [VERSION])];
    for (let i = 0; i < 2_000 && b.usp.waiters.size < 2; i += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(b.usp.waiters.size).toBe(2);
    open();
    expect((await Promise.all(both)).map(({ values }) => Object.keys(values))).toEqual([[SSID], [VERSION]]);
    expect(sentTo('get').length).toBeGreaterThan(2);
  });

  device('[acs-38] a late answer meets the next caller, who throws it away', async () => {
    b.usp.late = true;
    expect(await failure(b.client.usp.get(USP, [SSID]))).toMatchObject({ kind: 'timedOut', status: 504, outcome: 'notApplied', detail: { reason: 'timeout' } });
    expect((await b.client.usp.get(USP, [VERSION])).values).toHaveProperty([VERSION]);
    expect(sentTo('get')).toHaveLength(3);
  });

  device('[acs-38] an answer that is never ours ends in an error, not in somebody else’s data', async () => {
    b.usp.lateReplies.push(...[1, 2, 3].map(() => ({ req_path_results: [{ requested_path: KEY, resolved_path_results: [{ resolved_path: 'Device.WiFi.AccessPoint.1.Security.', result_params: { KeyPassphrase: 'hunter2!' } }] }] })));
    const error = await failure(b.client.usp.get(USP, [VERSION]));
    expect(error).toMatchObject({ kind: 'unexpectedReply', detail: { reason: 'foreignReply' } });
    expect(JSON.stringify(error)).not.toContain('hunter2');
  });

  device('[acs-38] a write that got another’s answer is looked up, not repeated', async () => {
    b.usp.lateReplies.push({ req_path_results: [{ requested_path: VERSION }] });
    expect(await b.client.usp.set(USP, [{ path: SSID, value: 'Maison' }])).toMatchObject({ outcome: 'applied', parameters: [{ verdict: 'applied' }] });
    expect(sentTo('set')).toHaveLength(1);
  });
});

describe('after silence', () => {
  device('[acs-37] a 504 after a write that arrived: looked up and found applied, sent once', async () => {
    b.usp.late = true;
    expect(await b.client.usp.set(USP, [{ path: SSID, value: 'Maison' }])).toMatchObject({ outcome: 'applied' });
    expect(sentTo('set')).toHaveLength(1);
  });

  device('[acs-37] a 504 after a write that did not arrive, and a device that stays silent: unknown, sent once', async () => {
    b.usp.silent = true;
    expect(await failure(b.client.usp.set(USP, [{ path: SSID, value: 'Maison' }]))).toMatchObject({ kind: 'timedOut', outcome: 'unknown' });
    expect(sentTo('set')).toHaveLength(1);
  });

  device('a connection cut after the write: looked up; before it: looked up and told that nothing changed', async () => {
    const plan = faults();
    const client = b.another(undefined, plan.wrap);
    plan.plan({ fits: /\/set$/, kind: 'resetAfter' });
    expect(await client.usp.set(USP, [{ path: SSID, value: 'Maison' }])).toMatchObject({ outcome: 'applied' });
    plan.plan({ fits: /\/set$/, kind: 'html' });
    expect(await failure(client.usp.set(USP, [{ path: SSID, value: 'Chalet' }]))).toMatchObject({ outcome: 'notApplied', detail: { reason: 'notApplied' } });
    plan.plan({ fits: /\/set$/, kind: 'truncate' });
    expect(await client.usp.set(USP, [{ path: SSID, value: 'Chalet' }])).toMatchObject({ outcome: 'applied' });
    plan.plan({ fits: /\/add$/, kind: 'hang' });
    expect(await failure(client.usp.add(USP, 'Device.NAT.PortMapping'))).toMatchObject({ kind: 'timedOut', outcome: 'unknown' });
    expect((await client.usp.instances(USP, ['Device.NAT.PortMapping'])).paths).toEqual(['Device.NAT.PortMapping.1.']);
  });

  device('a secret is written, never shown, and after silence nobody knows', async () => {
    const secret = 'p@ss w\\ord%2D#1';
    expect(await b.client.usp.set(USP, [{ path: KEY, value: secret }])).toMatchObject({ outcome: 'applied', parameters: [{ verdict: 'written' }] });
    expect(b.usp.tree.get(KEY)!.value).toBe(secret);
    expect((await b.client.usp.get(USP, ['Device.WiFi.AccessPoint.1.'])).values[KEY]).toBeNull();
    b.usp.late = true;
    const error = await failure(b.client.usp.set(USP, [{ path: KEY, value: secret }]));
    expect(error).toMatchObject({ outcome: 'unknown' });
    expect(JSON.stringify(error) + error.message).not.toContain(secret);
  });
});

describe('objects, commands, the data model', () => {
  device('add makes one, gives its path, and a verdict per parameter; delete takes it away and does not mind its absence', async () => {
    const made = await b.client.usp.add(USP, 'Device.NAT.PortMapping', [{ name: 'Enable', value: true }, { name: 'ExternalPort', value: 8080 }]);
    expect(made).toMatchObject({ outcome: 'applied', path: 'Device.NAT.PortMapping.1.', parameters: [{ verdict: 'applied' }, { path: 'Device.NAT.PortMapping.1.ExternalPort', verdict: 'applied' }] });
    expect(await b.client.usp.delete(USP, made.path)).toMatchObject({ deleted: true });
    expect(await b.client.usp.delete(USP, made.path)).toMatchObject({ deleted: false });
    expect(await failure(b.client.usp.add(USP, 'Device.WiFi.Radio'))).toMatchObject({ detail: { code: 7017 }, outcome: 'notApplied' });
    b.usp.late = true;
    const again = await b.client.usp.add(USP, 'Device.NAT.PortMapping').catch((error: unknown) => error);
    expect(again).toMatchObject({ kind: 'timedOut', outcome: 'unknown' });
  });

  device('operate takes a command once; what the device refuses has its code; a request that runs on has its path', async () => {
    expect(await b.client.usp.operate(USP, 'Device.Reboot()')).toMatchObject({ outcome: 'accepted', command: 'Device.Reboot()' });
    expect(b.usp.reboots).toBe(1);
    expect(await b.client.usp.operate(USP, 'Device.IP.Diagnostics.IPPing()', { Host: 'example.ca' })).toMatchObject({ outcome: 'finished', output: { SuccessCount: '3' } });
    expect(await b.client.usp.operate(USP, 'Device.DeviceInfo.FirmwareImage.2.Download()', { URL: 'https://fw.example/x.bin' })).toMatchObject({ outcome: 'accepted', request: 'Device.LocalAgent.Request.1.' });
    expect(await failure(b.client.usp.operate(USP, 'Device.Nothing()'))).toMatchObject({ detail: { code: 7022 } });
    const before = b.sent.length;
    expect(await failure(b.client.usp.operate(USP, 'Device.Reboot'))).toMatchObject({ kind: 'rejectedInput' });
    expect(b.sent).toHaveLength(before);
    b.usp.late = true;
    expect(await failure(b.client.usp.operate(USP, 'Device.Reboot()'))).toMatchObject({ outcome: 'unknown' });
    expect(sentTo('operate').filter(({ body }) => (body as { command: string }).command === 'Device.Reboot()')).toHaveLength(2);
  });

  withDevice('usp')('the data model says what may be written', async () => {
    const { objects } = await b.client.usp.supported(USP, ['Device.DeviceInfo.']);
    expect(objects[0]!.parameters.find(({ name }) => name === 'SoftwareVersion')).toEqual({ name: 'SoftwareVersion', writable: false });
  });

  device('a path with a wildcard or a search is written wherever it fits and read back everywhere', async () => {
    const set = await b.client.usp.set(USP, [{ path: 'Device.WiFi.SSID.[LowerLayers=="Device.WiFi.Radio.2."].Enable', value: false }]);
    expect(set).toMatchObject({ outcome: 'applied' });
    expect([3, 8, 9].map((i) => b.usp.tree.get(`Device.WiFi.SSID.${i}.Enable`)!.value)).toEqual([false, false, false]);
    expect(b.usp.tree.get('Device.WiFi.SSID.1.Enable')!.value).toBe(true);
  });

  both('what cannot be right is not sent', async () => {
    const before = b.sent.length;
    for (const wanted of [[], [{ path: '', value: 'x' }], [{ path: 'Device.WiFi.', value: 'x' }], [{ path: 'A.B', value: null as never }], [{ path: 'A.B', value: 'a\u0000' }], [{ path: SSID, value: 'é'.repeat(17) }], [{ path: 'A.B', value: 1 }, { path: 'A.B', value: 2 }]]) {
      expect(await failure(b.client.usp.set(USP, wanted))).toMatchObject({ kind: 'rejectedInput', outcome: 'notApplied' });
    }
    expect(await failure(b.client.usp.get(USP, []))).toMatchObject({ kind: 'rejectedInput' });
    expect(b.sent).toHaveLength(before);
  });
});

if (real) test('this ran against the server of LEADLIGHT_OKTOPUS_URL', () => expect(real!.url).toMatch(/^https?:/));
