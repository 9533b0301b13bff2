import { anywhere, bench, failure, rig, sandboxOnly, SECRET, unique, W24, withDevice, type Bench, type Rig } from './harness.ts';

let r: Rig;
beforeEach(async () => { r = await rig(); });
afterEach(() => r.close());
const posted = /\/tasks$/;

withDevice('[acs-17] silence after a task POST is unknown: no second POST, a look for the key instead', async () => {
  const { id, parameter } = await r.device();
  const uniqueKey = unique('silent');
  // The request was lost on its way: nothing waits there, nobody knows, and it is not sent again.
  r.plant({ method: 'POST', path: posted, kind: 'hang' });
  expect(await r.client.tasks.getParameterValues(id, [parameter], { uniqueKey })).toMatchObject({ outcome: { type: 'unknown', taskId: null } });
  expect(r.posts()).toHaveLength(1);
  expect(r.sent.some((one) => String(one.query?.['query']).includes(`"uniqueKey":"${uniqueKey}"`))).toBe(true);
  // The answer was lost: the task is found by its key.
  r.plant({ method: 'POST', path: posted, kind: 'hangAfter' });
  const { outcome } = await r.client.tasks.getParameterValues(id, [parameter], { uniqueKey, connectionRequest: false });
  expect(outcome).toMatchObject({ type: 'queued', taskId: expect.stringMatching(/^[0-9a-f]{24}$/) });
  expect(r.posts()).toHaveLength(2);
  await r.client.tasks.delete(outcome.taskId!);
});

withDevice('[acs-17] a set whose answer was lost is executed when the values are there', async () => {
  const { id, parameter } = await r.device();
  const before = (await r.client.devices.get(id, [parameter])).parameters[parameter]?.value ?? '';
  r.plant({ method: 'POST', path: posted, kind: 'hangAfter' });
  expect(await r.client.tasks.setParameterValues(id, [{ path: parameter, value: `LL-${Date.now() % 10_000}` }], { uniqueKey: unique('set') })).toMatchObject({ type: 'executed', taskId: null, verified: [parameter] });
  expect(r.posts()).toHaveLength(1);
  await r.client.tasks.setParameterValues(id, [{ path: parameter, value: String(before) }]);
});

anywhere('[acs-18] a read is tried three times, then unavailable', async () => {
  r.plant({ method: 'GET', kind: 'reset', times: 2 });
  expect((await r.client.status()).type).toBe('genieacs');
  expect(r.sent).toHaveLength(3);
  for (const kind of ['reset', 'hang', 'refused'] as const) {
    r.plant({ method: 'GET', kind, times: 3 });
    expect(await failure(r.client.status())).toMatchObject({ kind: expect.stringMatching(/unavailable|timedOut/), outcome: 'notApplied' });
  }
  expect(r.sent).toHaveLength(12);
});

withDevice('[acs-18] a task POST is sent once, whatever happens to its answer; refused before it left, it is unavailable', async () => {
  const { id, parameter } = await r.device();
  for (const kind of ['reset', 'resetAfter', 'html', 'htmlAfter'] as const) {
    r.plant({ method: 'POST', path: posted, kind });
    expect(await r.client.tasks.getParameterValues(id, [parameter])).toMatchObject({ outcome: { type: 'unknown' } });
  }
  expect(r.posts()).toHaveLength(4);
  r.plant({ method: 'POST', path: posted, kind: 'refused' });
  expect(await failure(r.client.tasks.getParameterValues(id, [parameter]))).toMatchObject({ kind: 'unavailable', outcome: 'notApplied' });
  expect(r.posts()).toHaveLength(5);
});

anywhere('[acs-19] a delete that meets a session waits and tries again, then says busy; a stranger is not deleted', async () => {
  expect(await r.client.devices.delete('00AA-LEADLIGHT-1')).toEqual({ deviceId: '00AA-LEADLIGHT-1', deleted: false });
  const name = unique('busy');
  await r.client.provisions.put(name, 'log("x");');
  r.sent.length = 0;
  r.plant({ method: 'DELETE', kind: 'status', status: 503, body: 'Device is in session', times: 3 });
  expect(await failure(r.client.provisions.delete(name))).toMatchObject({ kind: 'conflict', status: 503, detail: { reason: 'inSession' } });
  expect(r.sent.filter((one) => one.method === 'DELETE')).toHaveLength(3);
  r.plant({ method: 'DELETE', kind: 'status', status: 503, body: 'Device is in session' });
  expect(await r.client.provisions.delete(name)).toEqual({ name, deleted: true });
});

anywhere('[acs-23] retry of a task that is gone is notFound, and nothing is sent: GenieACS would lose a worker', async () => {
  expect(await failure(r.client.tasks.retry('a'.repeat(24)))).toMatchObject({ kind: 'notFound' });
  expect(r.posts()).toHaveLength(0);
  expect(await r.client.faults.delete('00AA-LEADLIGHT-1:default')).toMatchObject({ deleted: false });
});

anywhere('[acs-33] a cut list is an error, not an empty list; a proxy page is typed, short, and keeps secrets', async () => {
  r.plant({ kind: 'truncate', method: 'GET' });
  expect((await r.client.status()).type).toBe('genieacs'); // read again
  expect(r.sent).toHaveLength(2);
  r.plant({ kind: 'truncate', method: 'GET', times: 3 });
  expect(await failure(r.client.presets.list())).toMatchObject({ kind: 'unavailable' });
  for (const [status, kind] of [[401, 'unauthorised'], [403, 'unauthorised'], [502, 'unavailable']] as const) {
    r.clear();
    r.plant({ kind: 'html', status, times: 3 });
    const error = await failure(r.client.status());
    expect(error).toMatchObject({ kind, status, hint: expect.stringMatching(/.{20}/) });
    expect(error.message).not.toContain('<html>');
  }
  r.clear();
  r.plant({ kind: 'status', status: 400, body: 'SyntaxError: KeyPassphrase: hunter22 at position 3' });
  expect((await failure(r.client.status())).message).not.toContain('hunter22');
  // A proxy that takes headers away: a count is not zero, it is unknown.
  r.plant({ method: 'HEAD', kind: 'status', status: 200, body: '' });
  expect(await failure(r.client.devices.count())).toMatchObject({ kind: 'unexpectedReply' });
});

describe('with a device and a server that can be steered', () => {
  let b: Bench;
  beforeEach(async () => { b = await bench(); });
  afterEach(() => b.close());
  const steered = 'a real device cannot be made to misbehave on demand';

  sandboxOnly(steered, '[acs-17] a secret whose answer was lost stays unknown: it cannot be read back', async () => {
    const device = await b.plug();
    b.plant({ method: 'POST', path: posted, kind: 'hangAfter' });
    expect(await b.client.tasks.setParameterValues(device.id, [{ path: SECRET, value: 'x' }], { uniqueKey: 'k' })).toMatchObject({ type: 'unknown', taskId: null });
    expect(b.posts()).toHaveLength(1);
  });

  sandboxOnly('a real device is not ours to restart', '[acs-18] a lost answer to a reboot does not restart the device twice', async () => {
    const device = await b.plug();
    b.plant({ method: 'POST', kind: 'resetAfter' });
    expect(await b.client.tasks.reboot(device.id)).toMatchObject({ type: 'unknown' });
    expect([b.posts().length, device.reboots]).toEqual([1, 1]);
    b.world.inject({ system: 'genieacs', method: 'POST', kind: 'hangBefore' });
    expect(await b.client.tasks.factoryReset(device.id)).toMatchObject({ type: 'unknown' });
    expect(b.posts()).toHaveLength(2);
  });

  sandboxOnly('a real device is not ours to delete', '[acs-19] a device is deleted once its session is over, and looked for', async () => {
    const device = await b.plug();
    device.inSession = true;
    const before = b.world.clock.ms;
    expect(await failure(b.client.devices.delete(device.id))).toMatchObject({ kind: 'conflict', status: 503 });
    expect(b.sent.filter((one) => one.method === 'DELETE')).toHaveLength(3);
    expect(b.world.clock.ms).toBeGreaterThan(before);
    device.inSession = false;
    expect(await b.client.devices.delete(device.id)).toEqual({ deviceId: device.id, deleted: true });
    expect(await failure(b.client.devices.get(device.id))).toMatchObject({ kind: 'notFound' });
  });

  sandboxOnly('a fault without a task cannot be made on demand', '[acs-23] a stale fault is cleared by its own id though its task is gone; retrying it says so', async () => {
    const device = await b.plug();
    const task = 'a'.repeat(24);
    b.acs.state.faults.set(`${device.id}:task_${task}`, { _id: `${device.id}:task_${task}`, device: device.id, channel: `task_${task}`, timestamp: b.world.clock.now(), code: 'cwmp.9016', message: 'File transfer failure', retries: 0 });
    expect(await b.client.tasks.delete(task)).toEqual({ taskId: task, deleted: false });
    const [fault] = await b.client.faults.list(device.id);
    expect(await failure(b.client.faults.retry(fault!.id))).toMatchObject({ kind: 'notFound', hint: expect.stringContaining('id of the fault') });
    expect(await b.client.faults.delete(fault!.id)).toMatchObject({ deleted: true });
    expect([b.acs.state.faults.size, b.acs.state.crashes]).toEqual([0, 0]);
  });

  sandboxOnly('faults of presets depend on the operator\'s own', '[acs-23] retrying the fault of a preset frees its channel', async () => {
    const device = await b.plug();
    await b.client.provisions.put('leadlight-x', 'throw new Error("once");');
    await b.client.presets.put('leadlight-x', { weight: 0, channel: 'leadlight-x', precondition: '', configurations: [{ type: 'provision', name: 'leadlight-x' }] });
    const informs = () => b.world.emit('cpe.informs', { serial: device.serial, oui: device.oui, productClass: device.productClass, event: '2 PERIODIC' });
    await informs();
    await b.client.provisions.put('leadlight-x', `declare("${W24}.SSID", null, { value: "Fixed" });`);
    await informs();
    expect(device.tree.get(`${W24}.SSID`)!.value).not.toBe('Fixed'); // still waits out its pause
    expect(await b.client.faults.retry(`${device.id}:leadlight-x`)).toMatchObject({ retried: 'preset' });
    await informs();
    expect(device.tree.get(`${W24}.SSID`)!.value).toBe('Fixed');
  });

  sandboxOnly('the version is the server\'s', '[acs-32] a server of the 1.3 line is named as not certified, and warns about presets on events', async () => {
    b.acs.state.version = '1.3.0-dev';
    expect(await b.client.status()).toMatchObject({ certified: false, warnings: [expect.stringContaining('1.3.0-dev')] });
    await b.client.provisions.put('p', 'log("x");');
    const preset = { weight: 0, channel: 'x', precondition: '', configurations: [{ type: 'provision' as const, name: 'p' }] };
    expect((await b.client.presets.put('leadlight-x', { ...preset, events: { '0 BOOTSTRAP': true } })).warnings[0]).toContain('events');
    expect((await b.client.presets.put('leadlight-y', preset)).warnings).toEqual([]);
  });
});
