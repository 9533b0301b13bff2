import { createHash } from 'node:crypto';
import { anywhere, bench, failure, rig, sandboxOnly, unique, withDevice, type Bench, type Rig } from './harness.ts';

let r: Rig;
beforeEach(async () => { r = await rig(); });
afterEach(() => r.close());
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const every = Uint8Array.from({ length: 200_000 }, (_, i) => (i * 7) % 256);

anywhere('[acs-21] a file arrives whole with its four headers, under any name, and is replaced', async () => {
  const name = unique('fw é 1.2 (a).bin');
  try {
    const stored = await r.client.files.upload(name, every.subarray(8, 150_008), { oui: '00AA', productClass: 'X-1', version: '1.2' });
    expect(stored).toMatchObject({ name, bytes: 150_000, fileType: '1 Firmware Upgrade Image', oui: '00AA', productClass: 'X-1', version: '1.2' });
    const put = r.sent.find((one) => one.method === 'PUT')!;
    expect(put.headers).toMatchObject({ fileType: '1 Firmware Upgrade Image', oui: '00AA', productClass: 'X-1', version: '1.2' });
    expect((await r.client.files.list()).map((one) => one.name)).toContain(name);
    // The NBI gives no bytes; genieacs-fs does.
    const fs = process.env['LEADLIGHT_GENIEACS_FS_URL'];
    const bytes = r.bench ? r.bench.acs.state.files.get(name)!.bytes : fs ? new Uint8Array(await (await fetch(`${fs.replace(/\/+$/, '')}/${encodeURIComponent(name)}`)).arrayBuffer()) : undefined;
    if (bytes) expect(sha(bytes)).toBe(sha(every.subarray(8, 150_008)));
    expect(await r.client.files.upload(name, every, { version: '1.3' })).toMatchObject({ bytes: 200_000, version: '1.3', oui: null });
    expect(await r.client.files.get(name)).toMatchObject({ version: '1.3' });
  } finally {
    expect(await r.client.files.delete(name)).toEqual({ name, deleted: true });
  }
});

anywhere('[acs-21] a file that is not there is notFound and no DELETE is sent: it would cost a worker', async () => {
  expect(await failure(r.client.files.delete(unique('none')))).toMatchObject({ kind: 'notFound' });
  expect(await failure(r.client.files.get(unique('none')))).toMatchObject({ kind: 'notFound' });
  expect(r.sent.every((one) => one.method === 'GET')).toBe(true);
});

anywhere('[acs-21] a delete whose answer was lost is looked at; an upload that was lost is not called done', async () => {
  const name = unique('lost.bin');
  await r.client.files.upload(name, every);
  r.plant({ method: 'DELETE', kind: 'hang' });
  expect(await failure(r.client.files.delete(name))).toMatchObject({ kind: 'unavailable', outcome: 'notApplied' });
  r.plant({ method: 'DELETE', kind: 'hangAfter' });
  expect(await r.client.files.delete(name)).toEqual({ name, deleted: true });
  r.plant({ method: 'PUT', kind: 'status', status: 201 });
  expect(await failure(r.client.files.upload(name, every))).toMatchObject({ kind: 'unexpectedReply', outcome: 'unknown' });
});

withDevice('[acs-22] a file that is missing, of another type or for another model is refused here; nothing reaches the device', async () => {
  const { id } = await r.device();
  const name = unique('fw.bin');
  try {
    expect(await failure(r.client.upgrade.start(id, name))).toMatchObject({ kind: 'notFound' });
    await r.client.files.upload(name, every, { oui: 'FFFFFF', version: '1' });
    expect(await failure(r.client.upgrade.start(id, name))).toMatchObject({ kind: 'rejectedInput', message: expect.stringContaining('FFFFFF') });
    await r.client.files.upload(name, every, { fileType: '3 Vendor Configuration File' });
    expect(await failure(r.client.upgrade.start(id, name))).toMatchObject({ kind: 'rejectedInput' });
    expect(r.posts()).toHaveLength(0);
  } finally {
    await r.client.files.delete(name);
  }
});

withDevice('[acs-22] a device that runs the version already is told so, without a task', async () => {
  const { id, root } = await r.device();
  const name = unique('fw.bin');
  const running = String((await r.client.devices.get(id, [`${root}.DeviceInfo.SoftwareVersion`])).parameters[`${root}.DeviceInfo.SoftwareVersion`]!.value);
  await r.client.files.upload(name, every, {});
  try {
    expect(await r.client.upgrade.start(id, name, { version: running })).toMatchObject({ type: 'same', version: running, taskId: null });
    expect(r.posts()).toHaveLength(0);
  } finally {
    await r.client.files.delete(name);
  }
});

describe('with a device that may be flashed', () => {
  let b: Bench;
  beforeEach(async () => {
    b = await bench();
    await b.client.files.upload('ont-6.bin', every, { oui: '000E5E', productClass: 'HT803G-W', version: '6.00.00' });
  });
  afterEach(() => b.close());
  const why = 'a real device is not ours to flash';

  sandboxOnly(why, '[acs-22] [S0-109] accepted is not upgraded; the version is; the wait is the caller\'s', async () => {
    const device = await b.plug();
    const started = await b.client.upgrade.start(device.id, 'ont-6.bin');
    expect(started).toMatchObject({ type: 'accepted', before: '5.00.21', wanted: '6.00.00', version: '5.00.21' });
    expect(await b.client.upgrade.confirm(started)).toMatchObject({ type: 'accepted' });
    expect(await b.client.upgrade.confirm(started, { waitMs: 600_000 })).toMatchObject({ type: 'upgraded', version: '6.00.00' });
    expect(device.reboots).toBe(1);
    expect(await b.client.upgrade.start(device.id, 'ont-6.bin')).toMatchObject({ type: 'same' });
    expect(b.posts()).toHaveLength(1);
  });

  sandboxOnly(why, '[acs-22] a transfer that fails minutes later is failed, with its fault, though its task is gone', async () => {
    const device = await b.plug();
    device.failTransfer = { code: 'cwmp.9016', message: 'File transfer server authentication failure' };
    const started = await b.client.upgrade.start(device.id, 'ont-6.bin');
    expect(started.type).toBe('accepted');
    expect(await b.client.upgrade.confirm(started, { waitMs: 600_000 })).toMatchObject({ type: 'failed', fault: { code: 'cwmp.9016' } });
    expect(await b.client.tasks.list({ deviceId: device.id })).toEqual([]);
    expect(await failure(b.client.faults.retry(`${device.id}:task_${started.taskId!}`))).toMatchObject({ kind: 'notFound' });
    expect(await b.client.faults.delete(`${device.id}:task_${started.taskId!}`)).toMatchObject({ deleted: true });
  });

  sandboxOnly(why, '[acs-22] offline waits, another version than promised is said, silence is unknown and later upgraded', async () => {
    const device = await b.plug();
    device.online = false;
    const waiting = await b.client.upgrade.start(device.id, 'ont-6.bin');
    expect(waiting.type).toBe('queued');
    expect(await b.client.upgrade.confirm(waiting)).toMatchObject({ type: 'queued' });
    await b.world.emit('cpe.informs', { serial: device.serial, oui: device.oui, productClass: device.productClass, event: '2 PERIODIC' });
    expect(await b.client.upgrade.confirm(waiting, { waitMs: 600_000 })).toMatchObject({ type: 'upgraded' });
    expect(await b.client.upgrade.confirm({ ...waiting, wanted: '7.0' })).toMatchObject({ type: 'otherVersion', version: '6.00.00' });
    const other = await b.plug('RCMG19E05678');
    b.plant({ method: 'POST', kind: 'resetAfter' });
    const silent = await b.client.upgrade.start(other.id, 'ont-6.bin');
    expect(silent).toMatchObject({ type: 'unknown', taskId: null });
    expect(await b.client.upgrade.confirm(silent, { waitMs: 600_000 })).toMatchObject({ type: 'upgraded' });
  });

  sandboxOnly(why, '[S0-109] a rollout goes in waves, survives a restart, orders nobody twice, leaves held devices out and ends', async () => {
    const serials = Array.from({ length: 7 }, (_, n) => `RCMG19E0000${n}`);
    for (const serial of serials) await b.plug(serial);
    await b.plug('403F8C0A0B0C', 'Device2', '403F8C');
    b.acs.find(serials[6]!)!.tags.add('leadlight-firmware-hold');
    const step = () => b.client.rollout({ file: 'ont-6.bin', waveSize: 4, concurrency: 2 });
    expect(await step()).toMatchObject({ type: 'running', counts: { upgraded: 0, pending: 4, failed: 0, remaining: 2 } });
    expect(await step()).toMatchObject({ type: 'running', counts: { pending: 4, remaining: 2 } }); // too early: nobody is ordered again
    expect(b.posts().filter((one) => one.path.endsWith('/tasks'))).toHaveLength(4);
    b.world.clock.advance(120_000);
    expect(await step()).toMatchObject({ type: 'running', counts: { upgraded: 4, pending: 2, remaining: 0 } });
    b.world.clock.advance(120_000);
    expect(await step()).toMatchObject({ type: 'done', counts: { upgraded: 6, pending: 0, failed: 0, remaining: 0 } });
    expect(serials.flatMap((serial) => [...b.acs.find(serial)!.tags])).toEqual(['leadlight-firmware-hold']);
    expect(serials.map((serial) => b.acs.find(serial)!.reboots)).toEqual([1, 1, 1, 1, 1, 1, 0]);
  });

  sandboxOnly(why, '[S0-109] a rollout stops when devices fail, and they are marked', async () => {
    const serials = Array.from({ length: 6 }, (_, n) => `RCMG19E0000${n}`);
    for (const serial of serials) (await b.plug(serial)).failTransfer = { code: 'cwmp.9018', message: 'File corrupted' };
    const step = () => b.client.rollout({ file: 'ont-6.bin', waveSize: 2, stopAfterFailures: 2 });
    await step();
    b.world.clock.advance(120_000);
    expect(await step()).toMatchObject({ type: 'stopped', counts: { failed: 2, pending: 0, remaining: 4 } });
    expect(await step()).toMatchObject({ type: 'stopped' });
    expect(serials.filter((serial) => b.acs.find(serial)!.tags.has('leadlight-firmware-failed'))).toHaveLength(2);
    expect(b.posts().filter((one) => one.path.endsWith('/tasks'))).toHaveLength(2);
  });
});
