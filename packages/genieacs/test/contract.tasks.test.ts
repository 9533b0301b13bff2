import { anywhere, bench, failure, rig, sandboxOnly, SECRET, unique, W24, withDevice, type Bench, type Rig } from './harness.ts';

let r: Rig;
beforeEach(async () => { r = await rig(); });
afterEach(() => r.close());
const steered = 'a real device cannot be made to misbehave on demand';

withDevice('[acs-9] without a connection request it is queued at once, with its id, listed, and can be taken back', async () => {
  const { id, parameter } = await r.device();
  const uniqueKey = unique('queued');
  const { outcome } = await r.client.tasks.getParameterValues(id, [parameter], { connectionRequest: false, uniqueKey });
  if (outcome.type !== 'queued') throw new Error(outcome.type);
  expect(outcome).toMatchObject({ reason: 'accepted', taskId: expect.stringMatching(/^[0-9a-f]{24}$/) });
  expect(await r.client.tasks.list({ deviceId: id, uniqueKey })).toMatchObject([{ id: outcome.taskId, name: 'getParameterValues', deviceId: id }]);
  expect(await r.client.tasks.retry(outcome.taskId)).toMatchObject({ retried: true, deviceId: id });
  expect(await r.client.tasks.delete(outcome.taskId)).toEqual({ taskId: outcome.taskId, deleted: true });
  expect(await r.client.tasks.delete(outcome.taskId)).toEqual({ taskId: outcome.taskId, deleted: false });
});

withDevice('[acs-10] executed means read back from the CPE; a 200 that did nothing is notApplied and names the paths', async () => {
  const { id, root, parameter } = await r.device();
  const before = (await r.client.devices.get(id, [parameter])).parameters[parameter]?.value ?? '';
  const code = `LL-${Date.now() % 100_000}`;
  expect(await r.client.tasks.setParameterValues(id, [{ path: parameter, value: code }])).toMatchObject({ type: 'executed', verified: [parameter] });
  const silent = [`${root}.DeviceInfo.LeadlightHasNoSuchThing`, `${root}.DeviceInfo.SoftwareVersion`];
  expect(await r.client.tasks.setParameterValues(id, silent.map((path) => ({ path, value: '9' })))).toMatchObject({ type: 'notApplied', paths: silent });
  expect(await r.client.applyProfile(id, [{ path: parameter, value: code }])).toMatchObject({ type: 'executed', changed: false });
  await r.client.tasks.setParameterValues(id, [{ path: parameter, value: String(before) }]);
});

withDevice('[acs-13] a fault comes with code and message by the id of its task, is retried, and cleared with its task', async () => {
  const { id } = await r.device();
  const name = unique('faulty');
  await r.client.provisions.put(name, 'throw new Error("leadlight meant it");');
  try {
    const outcome = await r.client.tasks.runProvisions(id, [name], { waitMs: 30_000 });
    if (outcome.type !== 'faulted') throw new Error(`${outcome.type}: ${outcome.because}`);
    expect(outcome.fault).toMatchObject({ id: `${id}:task_${outcome.taskId}`, code: 'script.Error', message: 'leadlight meant it' });
    expect((await r.client.faults.list({ deviceId: id, code: 'script.Error' })).map((one) => one.id)).toContain(outcome.fault.id);
    expect(await r.client.faults.retry(outcome.fault.id)).toEqual({ faultId: outcome.fault.id, deviceId: id, retried: 'task' });
    await r.client.tasks.delete(outcome.taskId);
    expect(await r.client.faults.delete(outcome.fault.id)).toMatchObject({ deleted: false });
    expect(await failure(r.client.faults.retry(outcome.fault.id))).toMatchObject({ kind: 'notFound' });
  } finally {
    await r.client.provisions.delete(name);
  }
});

withDevice('[acs-14] a proxy that swallows reason phrases changes nothing but the wording', async () => {
  const { id, parameter } = await r.device();
  const name = unique('faulty');
  await r.client.provisions.put(name, 'throw new Error("leadlight meant it");');
  try {
    r.plant({ kind: 'noReason', times: 1_000 });
    expect(await r.client.tasks.getParameterValues(id, [parameter])).toMatchObject({ outcome: { type: 'executed' } });
    const outcome = await r.client.tasks.runProvisions(id, [name], { waitMs: 30_000 });
    expect(outcome.type).toBe('faulted');
    await r.client.tasks.delete(outcome.taskId!);
  } finally {
    r.clear();
    await r.client.provisions.delete(name);
  }
});

withDevice('[acs-15] a bare connection request is acknowledged', async () => {
  const { id } = await r.device();
  expect(await r.client.connectionRequest(id)).toEqual({ type: 'acknowledged', deviceId: id });
});

withDevice('[acs-20] a task with a connection request gets the time GenieACS itself may take', async () => {
  const { id, parameter } = await r.device();
  await r.client.tasks.getParameterValues(id, [parameter], { sessionTimeoutMs: 8_000 });
  const post = r.posts()[0]!;
  expect(post.query).toMatchObject({ timeout: 8_000 });
  expect(post.timeoutMs).toBeGreaterThanOrEqual(8_000 + 155_000);
});

withDevice('[acs-26] several tasks are several posts in order; one that does not run holds the rest, or not, as asked', async () => {
  const { id, root } = await r.device();
  const name = unique('faulty');
  await r.client.provisions.put(name, 'throw new Error("leadlight meant it");');
  const list = [{ name: 'refreshObject', objectName: `${root}.DeviceInfo` }, { name: 'provisions', provisions: [[name]] }, { name: 'refreshObject', objectName: `${root}.ManagementServer` }] as const;
  try {
    r.sent.length = 0;
    const stopped = await r.client.tasks.runAll(id, list, { waitMs: 30_000 });
    expect(stopped).toMatchObject({ type: 'partly', tasks: [{ type: 'executed' }, { type: 'faulted' }, { type: 'held' }] });
    expect(r.posts()).toHaveLength(2);
    const onward = await r.client.tasks.runAll(id, list, { waitMs: 30_000, afterFailure: 'goOn' });
    expect(onward.tasks.map((one) => one.type)).toEqual(['executed', 'faulted', 'executed']);
    expect(r.posts().every((post) => !Array.isArray(post.body))).toBe(true);
    for (const { tasks } of [stopped, onward]) for (const one of tasks) if (one.type === 'faulted') await r.client.tasks.delete(one.taskId);
  } finally {
    await r.client.provisions.delete(name);
  }
});

withDevice('[acs-28] a text with every kind of sign arrives byte for byte', async () => {
  const { id, parameter } = await r.device();
  const before = (await r.client.devices.get(id, [parameter])).parameters[parameter]?.value ?? '';
  for (const value of ['Café & <Chez> "Léo" 日本', 'p@ss w\\ord%2D#1']) expect(await r.client.tasks.setParameterValues(id, [{ path: parameter, value }])).toMatchObject({ type: 'executed', verified: [parameter] });
  await r.client.tasks.setParameterValues(id, [{ path: parameter, value: String(before) }]);
});

anywhere('[acs-16] what would kill an NBI worker is refused here: not one request leaves', async () => {
  const { tasks, devices, files, pingHost } = r.client;
  const id = '00AA-X-1';
  const ssid = (value: unknown) => [{ path: `${W24}.SSID`, value }] as never;
  const bad: (() => Promise<unknown>)[] = [
    () => tasks.setParameterValues(id, []), () => tasks.setParameterValues(id, null as never), () => tasks.setParameterValues(id, ssid(null)), () => tasks.setParameterValues(id, ssid(Number.NaN)),
    () => tasks.setParameterValues(id, [{ path: `${W24}.*.SSID`, value: 'x' }]), () => tasks.setParameterValues(id, [null as never]), () => tasks.setParameterValues('', ssid('x')),
    () => tasks.setParameterValues(id, [[`${W24}.SSID`, 'x']] as never), () => tasks.setParameterValues(id, ssid('é'.repeat(17))),
    () => tasks.getParameterValues(id, []), () => tasks.refreshObject(id, 'InternetGatewayDevice..X'), () => tasks.runProvisions(id, []), () => tasks.runProvisions(id, ['']),
    () => tasks.deleteObject(id, 'Device.NAT.PortMapping'), () => tasks.deleteObject(id, 'Device.NAT.*'),
    () => tasks.delete('zzz'), () => tasks.retry('zzz'), () => tasks.runAll(id, []), () => tasks.runAll(id, [{ name: 'reboot' }, { name: 'nonsense' } as never]), () => tasks.runAll(id, [[{ name: 'reboot' }] as never]),
    () => devices.list({ raw: { $foo: [] } }).next(), () => devices.list({ raw: { _id: { $foo: 1 } } }).next(), () => devices.list({ raw: { $and: {} } }).next(), () => devices.list({ raw: { _id: { $ne: 'a', $gt: 'b' } } }).next(),
    () => r.client.applyProfile(id, []), () => r.client.applyProfile(id, [{ path: 'A.B', value: 1 }, { path: 'A.B', value: 2 }]),
    () => files.upload('', new Uint8Array(1)), () => files.upload('x', new Uint8Array()), () => files.upload('x', new Uint8Array(1), { version: 'é' }),
    () => pingHost('a b; reboot'), () => r.client.pingFromDevice(id, '$(x)'), () => r.client.bulk([{ key: 'nobody' }], { do: 'reboot' }), () => r.client.poll([]),
  ];
  for (const call of bad) expect(await failure(call())).toMatchObject({ kind: 'rejectedInput', outcome: 'notApplied', hint: expect.stringMatching(/.{10}/) });
  expect(r.sent).toHaveLength(0);
});

anywhere('[acs-16] an unknown device is notFound before any task', async () => {
  expect(await failure(r.client.tasks.reboot('00AA-LEADLIGHT-1'))).toMatchObject({ kind: 'notFound' });
  expect(r.posts()).toHaveLength(0);
});

describe('with a device that can be steered', () => {
  let b: Bench;
  beforeEach(async () => { b = await bench(); });
  afterEach(() => b.close());
  const ssid = (value: string) => [{ path: `${W24}.SSID`, value }];

  sandboxOnly(steered, '[acs-10] a CPE that acknowledges and keeps its value is caught, though GenieACS\' copy agrees', async () => {
    const device = await b.plug();
    device.stubborn.add(`${W24}.SSID`);
    expect(await b.client.tasks.setParameterValues(device.id, ssid('Autre'))).toMatchObject({ type: 'notApplied', paths: [`${W24}.SSID`] });
  });

  sandboxOnly(steered, '[acs-11] an offline device leaves the task queued, or taken back when asked', async () => {
    const device = await b.plug();
    device.online = false;
    expect(await b.client.tasks.setParameterValues(device.id, ssid('Maison'))).toMatchObject({ type: 'queued', reason: 'offline' });
    expect(await failure(b.client.tasks.setParameterValues(device.id, ssid('Maison'), { failIfOffline: true }))).toMatchObject({ kind: 'deviceSilent', outcome: 'notApplied' });
    expect(b.acs.state.tasks).toHaveLength(1);
    // It comes back, and what waited is done.
    await b.world.emit('cpe.informs', { serial: device.serial, oui: device.oui, productClass: device.productClass, event: '2 PERIODIC' });
    expect([device.tree.get(`${W24}.SSID`)!.value, b.acs.state.tasks.length]).toEqual(['Maison', 0]);
  });

  sandboxOnly(steered, '[acs-12] queued but processed a little later is executed, and then read back', async () => {
    const device = await b.plug();
    device.sessionDelayMs = 9_000;
    const before = b.world.clock.ms;
    expect(await b.client.tasks.setParameterValues(device.id, ssid('Maison'))).toMatchObject({ type: 'executed', verified: [`${W24}.SSID`] });
    expect(b.world.clock.ms - before).toBeGreaterThanOrEqual(9_000);
    expect(b.posts().filter((post) => JSON.stringify(post.body).includes('setParameterValues'))).toHaveLength(1);
  });

  sandboxOnly(steered, '[acs-13] a refused set names the parameters to blame', async () => {
    const device = await b.plug();
    const outcome = await b.client.tasks.setParameterValues(device.id, [{ path: `${W24}.Enable`, value: 'perhaps' }]);
    expect(outcome).toMatchObject({ type: 'faulted', fault: { code: 'cwmp.9003', parameters: [{ path: `${W24}.Enable`, code: '9006' }] } });
  });

  sandboxOnly(steered, '[acs-14] without reasons a late session, an offline device and a fault are still told apart', async () => {
    const device = await b.plug();
    b.acs.state.stripReasons = true;
    device.sessionDelayMs = 9_000;
    expect(await b.client.tasks.setParameterValues(device.id, ssid('B'))).toMatchObject({ type: 'executed' });
    device.sessionDelayMs = 0;
    device.failNext = { code: 'cwmp.9001', message: 'Request denied' };
    expect(await b.client.tasks.setParameterValues(device.id, ssid('C'))).toMatchObject({ type: 'faulted' });
    device.online = false;
    expect(await b.client.tasks.setParameterValues(device.id, ssid('D'))).toMatchObject({ type: 'queued', reason: 'unstated' });
  });

  sandboxOnly(steered, '[acs-15] a silent device is a typed error', async () => {
    const device = await b.plug();
    device.online = false;
    expect(await failure(b.client.connectionRequest(device.id))).toMatchObject({ kind: 'deviceSilent', status: 504, message: expect.stringContaining('Device is offline') });
  });

  sandboxOnly(steered, '[acs-16] a device in its very first session is left alone, since a connection request would kill the worker', async () => {
    const device = await b.plug();
    device.lastInform = null;
    expect(await failure(b.client.tasks.reboot(device.id))).toMatchObject({ kind: 'deviceSilent' });
    expect(b.posts()).toHaveLength(0);
  });

  sandboxOnly('a passphrase of a real device is not ours to set', '[acs-28] a secret arrives byte for byte and is never claimed to be verified', async () => {
    const device = await b.plug();
    const pass = 'p@ss w\\ord%2D#1';
    const outcome = await b.client.tasks.setParameterValues(device.id, [...ssid('Maison'), { path: SECRET, value: pass }]);
    expect(outcome).toMatchObject({ type: 'executed', verified: [`${W24}.SSID`], unverifiable: [SECRET] });
    expect(device.tree.get(SECRET)!.value).toBe(pass);
    expect(JSON.stringify(outcome)).not.toContain('p@ss');
  });

  sandboxOnly('real devices differ in what may grow', 'an instance is added, found by comparing, read back and deleted; what cannot grow is notApplied', async () => {
    const device = await b.plug('XX23000001', 'Device2', '1C61B4');
    const first = await b.client.tasks.addObject(device.id, 'Device.NAT.PortMapping', { ExternalPort: 8080, InternalClient: '192.168.1.9' });
    expect(first).toMatchObject({ type: 'executed', instance: 1, verified: ['Device.NAT.PortMapping.1.ExternalPort', 'Device.NAT.PortMapping.1.InternalClient'] });
    expect(await b.client.tasks.addObject(device.id, 'Device.NAT.PortMapping.', { ExternalPort: 8081 })).toMatchObject({ type: 'executed', instance: 2 });
    expect(await b.client.tasks.addObject(device.id, 'Device.WiFi.SSID')).toMatchObject({ type: 'notApplied', instance: null });
    expect(await b.client.tasks.deleteObject(device.id, 'Device.NAT.PortMapping.1')).toMatchObject({ type: 'executed', instance: 1, because: expect.stringContaining('no longer') });
    expect([...device.tree.keys()].filter((path) => path.startsWith('Device.NAT.PortMapping.'))).toHaveLength(5);
    device.stubborn.add('Device.NAT.PortMapping.2');
    expect(await b.client.tasks.deleteObject(device.id, 'Device.NAT.PortMapping.2')).toMatchObject({ type: 'notApplied', paths: ['Device.NAT.PortMapping.2'] });
    device.online = false;
    expect(await b.client.tasks.addObject(device.id, 'Device.NAT.PortMapping', { ExternalPort: 1 })).toMatchObject({ type: 'queued', instance: null });
    expect(b.posts().filter((post) => JSON.stringify(post.body).includes('addObject'))).toHaveLength(4);
  });
});
