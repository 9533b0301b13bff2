// What holds on any VOLTHA. Faults of the transport are made on the wire in front of it; what is made here is taken away again.
import { message, methods, ponPortNo } from '../src/index.ts';
import { coreBench, disturbing, realCore, serial, withOnu, type CoreBench } from './bench.ts';

const PATIENCE = realCore ? 120_000 : 20_000;
let bench: CoreBench;
beforeEach(async () => { bench = await coreBench(); });
afterEach(() => bench.close());

describe('[access-1] the descriptor', () => {
  // Bytes written by hand from the official field numbers, so that a wrong number here and in the sandbox cannot agree.
  test.each([
    ['common.ID', { id: 'onu-1' }, '0a056f6e752d31'],
    ['device.Device', { type: 'openolt', host_and_port: 'a:1' }, '12076f70656e6f6c74aa0103613a31'],
    ['device.Device', { admin_state: 'DISABLED', oper_status: 'REBOOTED', connect_status: 'REACHABLE', parent_port_no: 3 }, '800103880108900102a00103'],
    ['device.Device', { reason: 'x', proxy_address: { channel_id: 2 } }, '9a01021802b2010178'],
    ['device.Port', { label: 'u', type: 'ETHERNET_UNI', ofp_port: { name: 'A-1' } }, '12017518027a051a03412d31'],
    ['extension.SingleGetValueRequest', { targetId: 'o', request: { onuOpticalInfo: { empty: {} } } }, '0a016f120422020a00'],
    ['extension.SingleGetValueRequest', { targetId: 'o', request: { oltRxPower: { port_label: 'p', onu_sn: 's' } } }, '0a016f12085a060a0170120173'],
    ['extension.SingleGetValueRequest', { targetId: 'o', request: { onuActiveAlarms: { empty: {} } } }, '0a016f120462020a00'],
    ['extension.GetValueResponse', { status: 'ERROR', errReason: 'TIMEOUT' }, '08021004'],
    ['device.OnuSerialNumberOnOLTPon', { olt_device_id: { id: 'o' }, port: { port_no: 3 }, serial_number: 's' }, '0a030a016f120208031a0173'],
    ['device.DeviceImageDownloadRequest', { device_id: [{ id: 'o' }], image: { version: 'v', url: 'u', crc32: 1 }, commitOnSuccess: true }, '0a030a016f12081201764201755001' + '2001'],
    ['device.DeviceImageResponse', { device_image_states: [{ device_id: 'o', imageState: { download_state: 'DOWNLOAD_FAILED', reason: 'INVALID_URL', image_state: 'IMAGE_DOWNLOADING' } }] }, '0a0b0a016f120610041801200a'],
    ['device.OnuImages', { items: [{ version: 'v', isCommited: true, isValid: true }] }, '0a070a017610012001'],
  ])('%s %j', (type, value, hex) => expect(message(type).encode(value).toString('hex')).toBe(hex));
  test('paths are the official ones', () => expect([methods['ListDevices']?.path, methods['GetExtValue']?.path]).toEqual(['/voltha.VolthaService/ListDevices', '/extension.Extension/GetExtValue']));
});

test('[access-2] unknown fields are skipped; an unknown enum value surfaces as its number', () => {
  const unknown = Buffer.from('880163' + '920300' + 'd03e01' + 'c2060178', 'hex');
  expect(message('device.Device').decode(Buffer.concat([Buffer.from('0a056f6e752d31', 'hex'), unknown]))).toMatchObject({ id: 'onu-1', oper_status: 99, admin_state: 'UNKNOWN' });
});

test('it is a VOLTHA and says its version', async () => expect(await bench.client.version()).toMatch(/\d+\.\d+/));

test('[access-3] [S0-88] a serial nobody has: a typed cause with how many were looked at', async () => {
  const all = await bench.client.onus.list();
  await expect(bench.client.onus.findBySerial('LLXX00000000')).rejects.toMatchObject({ kind: 'notFound', outcome: 'notApplied', detail: { cause: 'onuNotFound', scanned: all.length } });
});

withOnu('[access-3] [access-4] every spelling is the same device, in VOLTHA’s own casing, with the UNI named by its port', async () => {
  const vendor = serial!.slice(0, 4);
  const hex = [...vendor].map((letter) => letter.charCodeAt(0).toString(16)).join('').toUpperCase() + serial!.slice(4).toUpperCase();
  const onu = await bench.client.onus.findBySerial(serial!);
  for (const spelling of [serial!.toUpperCase(), vendor + serial!.slice(4).toLowerCase(), hex, `${vendor}-${serial!.slice(4)}`]) expect((await bench.client.onus.findBySerial(spelling)).deviceId).toBe(onu.deviceId);
  expect(onu.uni).toBe(`${onu.serial}-1`);
  const ports = await bench.client.onus.ports(serial!);
  expect(ports.find((port) => port.type === 'ETHERNET_UNI')?.name).toBe(onu.uni);
  const listed = await bench.client.onus.list({ oltDeviceId: onu.oltDeviceId, ponPort: onu.ponPort });
  expect(listed.map((one) => one.deviceId)).toContain(onu.deviceId);
  expect(ponPortNo(onu.ponPort)).toBe(0x2000_0000 + onu.ponPort);
});

withOnu('[access-5] [S0-105] light from both ends, rounded, or a typed reason why not', async () => {
  const reading = await bench.client.optical(serial!).catch((error: unknown) => error as { kind: string; detail: object });
  if ('kind' in reading) return void expect(reading).toMatchObject({ kind: expect.stringMatching(/deviceSilent|unexpectedReply/), detail: { errReason: expect.any(String) } });
  for (const dbm of [reading.rxPowerDbm, reading.txPowerDbm, reading.oltRxPowerDbm]) if (dbm !== null) expect(Math.abs(dbm * 100 - Math.round(dbm * 100))).toBeLessThan(1e-6);
  expect(reading.because.length).toBeGreaterThanOrEqual(2);
  expect(['good', 'warning', 'critical', 'noReading']).toContain(reading.verdict);
}, PATIENCE);

withOnu('[access-6] readers of one ONU take turns', async () => {
  const { deviceId } = await bench.client.onus.findBySerial(serial!);
  await Promise.all([1, 2, 3].map(() => bench.client.optical(serial!).catch(() => undefined)));
  expect(bench.sent.filter((call) => call === 'GetExtValue').length).toBeGreaterThanOrEqual(3);
  expect(bench.most.get(deviceId)).toBe(1);
}, PATIENCE);

withOnu('[S0-93] [S0-106] its OLT is up and counts it; who is on the PON', async () => {
  const onu = await bench.client.onus.findBySerial(serial!);
  const olt = await bench.client.olts.get(onu.oltDeviceId);
  expect(olt).toMatchObject({ deviceId: onu.oltDeviceId, up: true });
  expect(olt.onus).toBeGreaterThanOrEqual(1);
  expect((await bench.client.olts.get(olt.hostAndPort)).deviceId).toBe(olt.deviceId);
});

withOnu('[access-7] enabled already is success without a change', async () => {
  expect(await bench.client.onus.enable(serial!)).toMatchObject({ changed: false, onu: { adminState: 'ENABLED' } });
  const { deviceId } = await bench.client.onus.findBySerial(serial!);
  // What the core itself says to it.
  await expect(bench.channel.call('EnableDevice', { id: deviceId }, { deadlineMs: 15_000, write: true })).rejects.toMatchObject({ kind: 'conflict', status: 9, outcome: 'notApplied' });
});

test('[access-8] what is not there is deleted already; NOT_FOUND is the core’s word for an id it does not know', async () => {
  expect(await bench.client.onus.remove('LLXX00000000')).toEqual({ changed: false, rediscovered: false });
  expect(await bench.client.olts.remove('leadlight-contract.invalid:9191')).toEqual({ changed: false, onus: 0 });
  expect(bench.sent).not.toContain('DeleteDevice');
  await expect(bench.channel.call('DeleteDevice', { id: 'leadlight-contract' }, { deadlineMs: 60_000, write: true })).rejects.toMatchObject({ kind: 'notFound', status: 5 });
});

disturbing('[access-9] [S0-107] a reboot whose answer is cut off: one request, outcome unknown, never repeated', async () => {
  await bench.client.onus.findBySerial(serial!);
  bench.disturb('RebootDevice', 'cutOnAnswer');
  const before = bench.wire.requests();
  await expect(bench.client.onus.reboot(serial!)).rejects.toMatchObject({ kind: expect.stringMatching(/unavailable|timedOut/), outcome: 'unknown', hint: expect.stringContaining('Read') });
  expect(bench.sent.filter((call) => call === 'RebootDevice')).toHaveLength(1);
  // The list and the reboot.
  expect(bench.wire.requests() - before).toBe(2);
  await bench.client.onus.ensureReady(serial!);
}, realCore ? 300_000 : 20_000);

withOnu('[access-10] an OLT registered already is found, not made again', async () => {
  const olt = await bench.client.olts.get((await bench.client.onus.findBySerial(serial!)).oltDeviceId);
  expect(await bench.client.olts.create(olt.hostAndPort, olt.type)).toMatchObject({ created: false, olt: { deviceId: olt.deviceId } });
});

test('[access-10] [S1-089] an OLT is registered, found by its address and deleted again', async () => {
  const address = 'leadlight-contract.invalid:9191';
  try {
    expect(await bench.client.olts.create(address)).toMatchObject({ created: true, olt: { hostAndPort: address, adminState: 'PREPROVISIONED', up: false, onus: 0 } });
    expect(await bench.client.olts.create(address)).toMatchObject({ created: false });
  } finally {
    expect(await bench.client.olts.remove(address)).toMatchObject({ changed: true });
  }
  expect((await bench.client.olts.list()).map((olt) => olt.hostAndPort)).not.toContain(address);
}, PATIENCE);

test('[access-11] a core that never answers is left at the deadline', async () => {
  await bench.client.version();
  bench.deadline(300);
  bench.wire.arm('swallow');
  const start = Date.now();
  await expect(bench.channel.call('RebootDevice', { id: 'leadlight-contract' }, { deadlineMs: 300, write: true })).rejects.toMatchObject({ kind: 'timedOut', outcome: 'unknown' });
  expect(Date.now() - start).toBeLessThan(3_000);
});

test('[access-12] away: unavailable with the address; back on the same port: the next call reconnects', async () => {
  await bench.client.version();
  await bench.wire.down();
  await expect(bench.channel.call('RebootDevice', { id: 'leadlight-contract' }, { deadlineMs: 5_000, write: true })).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringContaining(bench.wire.address) });
  await bench.wire.up();
  let version = '';
  for (let attempt = 0; attempt < 20 && !version; attempt += 1) version = await bench.client.version().catch(() => new Promise<string>((resolve) => setTimeout(() => resolve(''), 100)));
  expect(version).toMatch(/\d+\.\d+/);
}, PATIENCE);

describe('[access-14] software', () => {
  withOnu('an https address is refused before anything is sent', async () => {
    for (const url of ['https://images.example/v2.img', 'ftp://images.example/v2.img', 'http://user:secret@images.example/v2.img', 'v2.img']) {
      const error = await bench.client.images.download(serial!, { version: 'LL-V2', url }).catch((one: unknown) => one as Error);
      expect(error).toMatchObject({ kind: 'rejectedInput', outcome: 'notApplied', detail: { cause: 'imageUrl' } });
      expect(JSON.stringify(error)).not.toContain('secret');
    }
    expect(bench.sent).toEqual([]);
  });
  test('the core puts the failure of one device inside an OK answer', async () => {
    const reply = await bench.channel.call<{ device_image_states: object[] }>('DownloadImageToDevice', { device_id: [{ id: 'leadlight-contract' }], image: { version: 'LL-V2', url: 'http://127.0.0.1:9/v2.img' } }, { deadlineMs: 15_000, write: true });
    expect(reply.device_image_states).toEqual([{ device_id: 'leadlight-contract', imageState: expect.objectContaining({ download_state: 'DOWNLOAD_FAILED', reason: 'UNKNOWN_ERROR' }) }]);
  });
  withOnu('a version the ONU never had is not activated: a typed error per device', async () => {
    await expect(bench.client.images.activate(serial!, 'LL-NEVER')).rejects.toMatchObject({ kind: expect.any(String), detail: { cause: 'imageFailed', reason: expect.any(String) } });
  }, PATIENCE);
  withOnu('the images of the ONU: one is active', async () => {
    const images = await bench.client.images.list(serial!).catch((error: { kind: string }) => error.kind);
    if (typeof images === 'string') expect(images).toBe('unexpectedReply');
    else expect(images.filter((one) => one.active)).toHaveLength(1);
  }, PATIENCE);
});

withOnu('[S0-106] alarms, link and distance are told, or a typed reason why not', async () => {
  const typed = async (ask: Promise<object>) => ask.catch((error: { kind?: string; detail?: { errReason?: string } }) => ({ errReason: error.detail?.errReason ?? error.kind }));
  expect(await typed(bench.client.onus.activeAlarms(serial!))).toEqual(expect.objectContaining({}));
  expect(Object.keys(await typed(bench.client.onus.uniInfo(serial!))).some((key) => ['linkUp', 'errReason'].includes(key))).toBe(true);
  expect(Object.keys(await typed(bench.client.onus.distance(serial!))).some((key) => ['metres', 'errReason'].includes(key))).toBe(true);
}, PATIENCE);
