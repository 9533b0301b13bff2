// The numbers are those of the ACS reference, section 6. Faults are injected, so this part always runs against the sandbox; what a real
// server can show is in real.test.ts.
import { deviceId } from '../src/index.ts';
import { bench, failure, SECRET, W24, type Bench } from './harness.ts';

let b: Bench;
beforeEach(async () => { b = await bench(); });
afterEach(() => b.close());

describe('ids, look-ups and lists', () => {
  test('[acs-1] an id with %2D is encoded once more in a path; encoded once it would be another device', async () => {
    const device = await b.plug();
    await b.client.devices.tag(device.id, 'vip');
    expect(b.sent.at(-1)!.path).toBe('/devices/000E5E-HT803G%252DW-RCMG19E01234/tags/vip');
    expect([...device.tags]).toEqual(['vip']);
    const wrong = await failure(b.client.devices.tag(decodeURIComponent(device.id), 'vip'));
    expect(wrong).toMatchObject({ kind: 'notFound', status: 404 });
    expect(wrong.message).toContain('No such device');
  });

  test('[acs-2] ids are built from what the CPE reports, byte by byte', () => {
    expect(deviceId({ oui: 'C0B101', productClass: 'ZXHN H199A', serial: 'Z1' })).toBe('C0B101-ZXHN%20H199A-Z1');
    expect(deviceId({ oui: '00AA', productClass: '', serial: 'S1' })).toBe('00AA-S1');
    expect(deviceId({ oui: '00AA', serial: 'é' })).toBe('00AA-%C3%A9');
  });

  test('[acs-3] a tag with a dot and a space arrives as it is; taking an absent tag away is fine', async () => {
    const device = await b.plug();
    await b.client.devices.tag(device.id, 'a.b c');
    expect(b.sent.at(-1)!.path).toContain('/tags/a%2Eb%20c');
    expect((await b.client.devices.get(device.id)).tags).toEqual(['a.b c']);
    await b.client.devices.untag(device.id, 'a.b c');
    await b.client.devices.untag(device.id, 'a.b c');
    expect((await b.client.devices.get(device.id)).tags).toEqual([]);
  });

  test('[acs-4] none is notFound, one is the device, two are refused with both ids, and the OUI decides', async () => {
    expect(await failure(b.client.devices.findBySerial('RCMG19E01234'))).toMatchObject({ kind: 'notFound' });
    const one = await b.plug();
    expect((await b.client.devices.findBySerial('RCMG19E01234')).id).toBe(one.id);
    await b.world.emit('cpe.informs', { serial: 'RCMG19E01234', oui: '1C61B4', productClass: 'Device2', event: '0 BOOTSTRAP' });
    const both = await failure(b.client.devices.findBySerial('RCMG19E01234'));
    expect(both).toMatchObject({ kind: 'conflict', detail: { reason: 'ambiguous', deviceIds: [one.id, '1C61B4-Device2-RCMG19E01234'] } });
    expect((await b.client.devices.findBySerial('RCMG19E01234', { oui: '1C61B4' })).productClass).toBe('Device2');
  });

  test('[acs-5] a serial with * or slashes matches only itself', async () => {
    await b.plug('RCMG1');
    const star = await b.plug('RC*');
    const slashes = await b.plug('/RC/i');
    expect((await b.client.devices.findBySerial('RC*')).id).toBe(star.id);
    expect(JSON.parse(String(b.sent.at(-1)!.query!['query']))).toEqual({ '_deviceId._SerialNumber': { $regex: '^RC\\*$' } });
    expect((await b.client.devices.findBySerial('/RC/i')).id).toBe(slashes.id);
    expect(await failure(b.client.devices.findBySerial('RCMG*'))).toMatchObject({ kind: 'notFound' });
  });

  test('[acs-6] counting asks for no document and gives a whole number', async () => {
    await b.plug('A1');
    await b.plug('A2', 'Device2', '403F8C');
    expect(await b.client.devices.count()).toBe(2);
    expect(await b.client.devices.count({ productClass: 'Device2' })).toBe(1);
    expect(b.sent.every((request) => request.method === 'HEAD')).toBe(true);
    expect((await b.client.status()).devices).toBe(2);
  });

  test('[acs-7] paging gives every device once while others appear between pages', async () => {
    const informs = (n: number) => b.acs.inform({ serial: `S${String(n).padStart(5, '0')}`, oui: '00AA', productClass: 'X', event: '0 BOOTSTRAP' });
    for (let n = 0; n < 260; n += 1) await informs(n * 10);
    const seen: string[] = [];
    for await (const device of b.client.devices.list({ pageSize: 100 })) {
      seen.push(device.serial);
      if (seen.length === 100) { await informs(5); await informs(15); await informs(2_001); }
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((serial) => Number(serial.slice(1)) % 10 === 0)).toHaveLength(260);
    expect(b.sent.every((request) => request.query!['sort'] === '{"_id":1}')).toBe(true);
  });

  test('[acs-8] a list projects unless told otherwise, and shows no secret either way', async () => {
    const device = await b.plug();
    await b.client.tasks.setParameterValues(device.id, [{ path: SECRET, value: 'p@ss w\\ord' }]);
    b.sent.length = 0;
    for await (const one of b.client.devices.list({ projection: [SECRET, `${W24}.SSID`] })) {
      expect(one.parameters[SECRET]).toMatchObject({ value: null, secret: true });
      expect(one.parameters[`${W24}.SSID`]!.value).toBe('HT803G-1234');
      expect(Object.keys(one.parameters)).toHaveLength(2);
    }
    expect(String(b.sent[0]!.query!['projection'])).toContain('_deviceId');
    const whole = [];
    for await (const one of b.client.devices.list({ full: true })) whole.push(one);
    expect(b.sent.at(-1)!.query!['projection']).toBeUndefined();
    expect(JSON.stringify(whole)).not.toContain('p@ss');
    expect(device.known.get(SECRET)!.value).toBe('p@ss w\\ord'); // GenieACS itself keeps what it sent, in clear
  });
});

describe('what became of a task', () => {
  const ssid = (value: string) => [{ path: `${W24}.SSID`, value }];

  test('[acs-9] without a connection request it is queued at once, with its id', async () => {
    const device = await b.plug();
    const outcome = await b.client.tasks.setParameterValues(device.id, ssid('Maison'), { connectionRequest: false, uniqueKey: 'wifi' });
    expect(outcome).toMatchObject({ type: 'queued', reason: 'accepted', taskId: expect.stringMatching(/^[0-9a-f]{24}$/) });
    expect(b.sent).toHaveLength(1);
    expect(await b.client.tasks.list(device.id)).toMatchObject([{ name: 'setParameterValues', uniqueKey: 'wifi' }]);
  });

  test('[acs-10] executed means read back from the CPE; a 200 that did nothing is notApplied and names the paths', async () => {
    const device = await b.plug();
    expect(await b.client.tasks.setParameterValues(device.id, ssid('Maison'))).toMatchObject({ type: 'executed', verified: [`${W24}.SSID`] });
    expect(device.tree.get(`${W24}.SSID`)!.value).toBe('Maison');
    const silent = [{ path: `${W24}.Nope`, value: 1 }, { path: 'InternetGatewayDevice.DeviceInfo.SoftwareVersion', value: '9' }, ...ssid('Chalet')];
    expect(await b.client.tasks.setParameterValues(device.id, silent)).toMatchObject({ type: 'notApplied', paths: [`${W24}.Nope`, 'InternetGatewayDevice.DeviceInfo.SoftwareVersion'] });
    // The CPE acknowledges and keeps its value; GenieACS' own copy then holds what was sent, so only the CPE can tell.
    device.stubborn.add(`${W24}.SSID`);
    expect(await b.client.tasks.setParameterValues(device.id, ssid('Autre'))).toMatchObject({ type: 'notApplied', paths: [`${W24}.SSID`] });
  });

  test('[acs-11] an offline device leaves the task queued, or taken back when asked', async () => {
    const device = await b.plug();
    device.online = false;
    expect(await b.client.tasks.setParameterValues(device.id, ssid('Maison'))).toMatchObject({ type: 'queued', reason: 'offline' });
    expect(b.acs.state.tasks).toHaveLength(1);
    expect(await failure(b.client.tasks.setParameterValues(device.id, ssid('Maison'), { failIfOffline: true }))).toMatchObject({ kind: 'deviceSilent', outcome: 'notApplied' });
    expect(b.acs.state.tasks).toHaveLength(1);
    // It comes back, and what waited is done.
    await b.world.emit('cpe.informs', { serial: device.serial, oui: device.oui, productClass: device.productClass, event: '2 PERIODIC' });
    expect(device.tree.get(`${W24}.SSID`)!.value).toBe('Maison');
    expect(b.acs.state.tasks).toHaveLength(0);
  });

  test('[acs-12] queued but processed a little later is executed, and then read back', async () => {
    const device = await b.plug();
    device.sessionDelayMs = 9_000;
    const before = b.world.clock.ms;
    const outcome = await b.client.tasks.setParameterValues(device.id, ssid('Maison'));
    expect(outcome).toMatchObject({ type: 'executed', verified: [`${W24}.SSID`] });
    expect(b.world.clock.ms - before).toBeGreaterThanOrEqual(9_000);
    expect(b.posts().filter((post) => JSON.stringify(post.body).includes('setParameterValues'))).toHaveLength(1);
  });

  test('[acs-13] a fault comes with its code and the parameters to blame, and can be cleared', async () => {
    const device = await b.plug();
    const outcome = await b.client.tasks.setParameterValues(device.id, ssid('é'.repeat(17)));
    if (outcome.type !== 'faulted') throw new Error(outcome.type);
    expect(outcome.fault).toMatchObject({ id: `${device.id}:task_${outcome.taskId}`, code: 'cwmp.9003', message: 'Invalid arguments', parameters: [{ path: `${W24}.SSID`, code: '9007' }] });
    expect(await b.client.faults.list(device.id)).toHaveLength(1);
    await b.client.faults.delete(outcome.fault.id);
    expect(b.acs.state.tasks).toHaveLength(0);
    expect(await b.client.faults.list(device.id)).toHaveLength(0);
  });

  test('[acs-14] a proxy that swallows reason phrases changes nothing but the wording', async () => {
    const device = await b.plug();
    b.acs.state.stripReasons = true;
    expect(await b.client.tasks.setParameterValues(device.id, ssid('A'))).toMatchObject({ type: 'executed' });
    device.sessionDelayMs = 9_000;
    expect(await b.client.tasks.setParameterValues(device.id, ssid('B'))).toMatchObject({ type: 'executed' });
    device.sessionDelayMs = 0;
    expect(await b.client.tasks.setParameterValues(device.id, ssid('x'.repeat(33)))).toMatchObject({ type: 'faulted' });
    device.online = false;
    expect(await b.client.tasks.setParameterValues(device.id, ssid('C'))).toMatchObject({ type: 'queued', reason: 'unstated' });
  });

  test('[acs-15] a bare connection request is acknowledged, or the device is silent', async () => {
    const device = await b.plug();
    expect(await b.client.connectionRequest(device.id)).toEqual({ type: 'acknowledged', deviceId: device.id });
    device.online = false;
    const error = await failure(b.client.connectionRequest(device.id));
    expect(error).toMatchObject({ kind: 'deviceSilent', status: 504 });
    expect(error.message).toContain('Device is offline');
  });

  test('[acs-16] what would kill an NBI worker is refused here: not one request leaves', async () => {
    const device = await b.plug();
    const { tasks, devices } = b.client;
    const bad: (() => Promise<unknown>)[] = [
      () => tasks.setParameterValues(device.id, []),
      () => tasks.setParameterValues(device.id, null as never),
      () => tasks.setParameterValues(device.id, [{ path: `${W24}.SSID`, value: null as never }]),
      () => tasks.setParameterValues(device.id, [{ path: `${W24}.SSID`, value: Number.NaN }]),
      () => tasks.setParameterValues(device.id, [{ path: `${W24}.*.SSID`, value: 'x' }]),
      () => tasks.setParameterValues(device.id, [null as never]),
      () => tasks.setParameterValues('', ssid('x')),
      () => tasks.getParameterValues(device.id, []),
      () => tasks.refreshObject(device.id, 'InternetGatewayDevice..X'),
      () => tasks.runProvisions(device.id, []),
      () => tasks.runProvisions(device.id, ['']),
      () => tasks.delete('zzz'),
      () => devices.list({ raw: { $foo: [] } }).next(),
      () => devices.list({ raw: { _id: { $foo: 1 } } }).next(),
      () => devices.list({ raw: { $and: {} } }).next(),
      () => devices.list({ raw: { _id: { $ne: 'a', $gt: 'b' } } }).next(),
      () => b.client.applyProfile(device.id, []),
      () => b.client.applyProfile(device.id, [{ path: 'A.B', value: 1 }, { path: 'A.B', value: 2 }]),
    ];
    for (const call of bad) expect(await failure(call())).toMatchObject({ kind: 'rejectedInput', outcome: 'notApplied' });
    expect(b.sent).toHaveLength(0);
    expect(b.acs.state.crashes).toBe(0);
  });

  test('[acs-16] a device in its very first session is left alone, since a connection request would kill the worker', async () => {
    const device = await b.plug();
    device.lastInform = null;
    expect(await failure(b.client.tasks.reboot(device.id))).toMatchObject({ kind: 'deviceSilent' });
    expect(b.posts()).toHaveLength(0);
    expect(await failure(b.client.tasks.reboot('00AA-X-1'))).toMatchObject({ kind: 'notFound' });
  });

  test('[acs-20] a task with a connection request gets the time GenieACS itself may take', async () => {
    const device = await b.plug();
    await b.client.tasks.reboot(device.id, { sessionTimeoutMs: 8_000 });
    const post = b.posts()[0]!;
    expect(post.query).toMatchObject({ timeout: 8_000 });
    expect(post.timeoutMs).toBeGreaterThanOrEqual(8_000 + 155_000);
  });

  test('[acs-26] several tasks are several posts, never a list', async () => {
    const device = await b.plug();
    await b.client.applyProfile(device.id, Array.from({ length: 2 }, (_, i) => ({ path: `InternetGatewayDevice.LANDevice.1.WLANConfiguration.${i + 1}.SSID`, value: `n${i}` })));
    expect(b.posts().every((post) => !Array.isArray(post.body))).toBe(true);
    expect(await failure(b.client.tasks.setParameterValues(device.id, [[`${W24}.SSID`, 'x']] as never))).toMatchObject({ kind: 'rejectedInput' });
  });

  test('[acs-28] names and passphrases arrive byte for byte; a secret is never claimed to be verified', async () => {
    const device = await b.plug();
    const name = 'Café & <Chez> "Léo" 日本';
    const pass = 'p@ss w\\ord%2D#1';
    const outcome = await b.client.tasks.setParameterValues(device.id, [...ssid(name), { path: SECRET, value: pass }]);
    expect(outcome).toMatchObject({ type: 'executed', verified: [`${W24}.SSID`], unverifiable: [SECRET] });
    expect([device.tree.get(`${W24}.SSID`)!.value, device.tree.get(SECRET)!.value]).toEqual([name, pass]);
    expect(JSON.stringify(outcome)).not.toContain('p@ss');
  });
});

describe('when the network or GenieACS fails', () => {
  test('[acs-17] silence after a task POST is unknown: no second POST, a look for the key instead', async () => {
    await b.close();
    b = await bench({ waitMs: 150 });
    const device = await b.plug();
    device.online = false;
    b.world.inject({ system: 'genieacs', method: 'POST', path: '/tasks', kind: 'hangAfter' });
    const known = await b.client.tasks.setParameterValues(device.id, [{ path: SECRET, value: 'x' }], { uniqueKey: 'wifi' });
    expect(known).toMatchObject({ type: 'queued', taskId: b.acs.state.tasks[0]!._id });
    expect(b.posts()).toHaveLength(1);

    b.world.inject({ system: 'genieacs', method: 'POST', path: '/tasks', kind: 'hangBefore' });
    expect(await b.client.tasks.setParameterValues(device.id, [{ path: SECRET, value: 'x' }], { uniqueKey: 'other' })).toMatchObject({ type: 'unknown', taskId: null });
    expect(b.posts()).toHaveLength(2);
    expect(b.sent.at(-1)!.query!['query']).toContain('"uniqueKey":"other"');

    device.online = true;
    b.world.inject({ system: 'genieacs', method: 'POST', path: '/tasks', kind: 'hangAfter' });
    expect(await b.client.tasks.setParameterValues(device.id, [{ path: `${W24}.SSID`, value: 'Maison' }], { uniqueKey: 'ssid' })).toMatchObject({ type: 'executed', taskId: null, verified: [`${W24}.SSID`] });
    expect(b.posts()).toHaveLength(3);
  });

  test('[acs-18] a read is tried three times; a task POST once', async () => {
    const device = await b.plug();
    b.world.inject({ system: 'genieacs', method: 'GET', kind: 'resetBefore', times: 2 });
    expect((await b.client.devices.get(device.id)).id).toBe(device.id);
    expect(b.sent).toHaveLength(3);
    b.world.inject({ system: 'genieacs', method: 'GET', kind: 'resetBefore', times: 3 });
    expect(await failure(b.client.devices.get(device.id))).toMatchObject({ kind: 'unavailable' });
    b.world.inject({ system: 'genieacs', method: 'POST', kind: 'resetAfter' });
    expect(await b.client.tasks.reboot(device.id)).toMatchObject({ type: 'unknown' });
    expect(b.posts()).toHaveLength(1);
    expect(device.reboots).toBe(1);
    b.world.inject({ system: 'genieacs', method: 'POST', kind: 'html' });
    expect(await b.client.tasks.factoryReset(device.id)).toMatchObject({ type: 'unknown' });
    expect(b.posts()).toHaveLength(2);
  });

  test('[acs-19] a delete during a session waits and tries again, then says busy', async () => {
    const device = await b.plug();
    device.inSession = true;
    const before = b.world.clock.ms;
    expect(await failure(b.client.devices.delete(device.id))).toMatchObject({ kind: 'conflict', status: 503, detail: { reason: 'inSession' } });
    expect(b.sent).toHaveLength(3);
    expect(b.world.clock.ms).toBeGreaterThan(before);
    device.inSession = false;
    await b.client.devices.delete(device.id);
    expect(await failure(b.client.devices.get(device.id))).toMatchObject({ kind: 'notFound' });
    expect(await b.client.devices.delete(device.id)).toMatchObject({ deleted: true });
  });

  test('[acs-23] a stale fault is cleared by its own id though its task is gone', async () => {
    const device = await b.plug();
    b.acs.state.faults.set(`${device.id}:task_${'a'.repeat(24)}`, { _id: `${device.id}:task_${'a'.repeat(24)}`, device: device.id, channel: `task_${'a'.repeat(24)}`, timestamp: b.world.clock.now(), code: 'cwmp.9016', message: 'File transfer failure', retries: 0 });
    expect(await b.client.tasks.delete('a'.repeat(24))).toEqual({ taskId: 'a'.repeat(24), deleted: false });
    const [fault] = await b.client.faults.list(device.id);
    await b.client.faults.delete(fault!.id);
    expect(b.acs.state.faults.size).toBe(0);
  });

  test('[acs-33] a cut list is an error, not an empty list; a proxy page is typed, short, and keeps secrets', async () => {
    await b.plug();
    b.world.inject({ system: 'genieacs', kind: 'truncate' });
    expect((await b.client.devices.findBySerial('RCMG19E01234')).serial).toBe('RCMG19E01234'); // read again
    b.world.inject({ system: 'genieacs', kind: 'truncate', times: 3 });
    expect(await failure(b.client.devices.findBySerial('RCMG19E01234'))).toMatchObject({ kind: 'unavailable' });
    for (const [status, kind] of [[401, 'unauthorised'], [403, 'unauthorised'], [502, 'unavailable']] as const) {
      b.world.inject({ system: 'genieacs', kind: 'html', status, times: 3 });
      const error = await failure(b.client.status());
      expect(error).toMatchObject({ kind, status });
      expect(error.message).not.toContain('<html>');
      b.world.clearFaults();
    }
    b.world.inject({ system: 'genieacs', kind: 'status', status: 400, body: 'SyntaxError: KeyPassphrase: hunter22 at position 3' });
    expect((await failure(b.client.status())).message).not.toContain('hunter22');
  });

  test('[acs-32] a server of the 1.3 line is named as not certified', async () => {
    await b.close();
    b = await bench({ version: '1.3.0-dev' });
    expect((await b.client.status()).warnings[0]).toContain('1.3.0-dev');
  });
});
