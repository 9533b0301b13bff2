// The numbers are those of the ACS reference, section 6. Runs against the sandbox, or against LEADLIGHT_GENIEACS_URL.
import { deviceId } from '../src/index.ts';
import { chunkValues } from '../src/chunkValues.ts';
import { anywhere, bench, failure, rig, sandboxOnly, SECRET, W24, withDevice, type Bench, type Rig } from './harness.ts';

let r: Rig;
beforeEach(async () => { r = await rig(); });
afterEach(() => r.close());

test('[acs-2] ids are built from what the CPE reports, byte by byte', () => {
  expect(deviceId({ oui: 'C0B101', productClass: 'ZXHN H199A', serial: 'Z1' })).toBe('C0B101-ZXHN%20H199A-Z1');
  expect(deviceId({ oui: '00AA', productClass: '', serial: 'S1' })).toBe('00AA-S1');
  expect(deviceId({ oui: '00AA', serial: 'é' })).toBe('00AA-%C3%A9');
});

anywhere('[acs-6] it is a GenieACS, it says its version and how many devices it knows; a count asks for no document', async () => {
  const status = await r.client.status();
  expect(status.version).toMatch(/^\d+\.\d+\.\d+/);
  expect(status.certified).toBe(status.version.startsWith('1.2.'));
  expect(await r.client.devices.count()).toBe(status.devices);
  expect(r.sent.at(-1)!.method).toBe('HEAD');
  expect(await r.client.devices.count({ productClass: 'No Such Class' })).toBe(0);
});

anywhere('[acs-4] a serial nobody has is notFound', async () => {
  expect(await failure(r.client.devices.findBySerial('LEADLIGHT-NOBODY'))).toMatchObject({ kind: 'notFound' });
});

anywhere('[acs-5] a serial with a star or slashes matches only itself', async () => {
  for (const serial of ['*', '/./', 'LEADLIGHT*']) expect(await failure(r.client.devices.findBySerial(serial))).toMatchObject({ kind: 'notFound' });
  expect(JSON.parse(String(r.sent.at(-1)!.query!['query']))).toEqual({ '_deviceId._SerialNumber': { $regex: '^LEADLIGHT\\*$' } });
});

anywhere('[acs-7] small pages give every device once, each asked for by `_id` and projected', async () => {
  if (r.bench) for (let n = 0; n < 7; n += 1) await r.bench.acs.inform({ serial: `S${n}`, oui: '00AA', productClass: 'X-1', event: '0 BOOTSTRAP' });
  const total = await r.client.devices.count();
  const seen: string[] = [];
  for await (const { id } of r.client.devices.list({ pageSize: Math.max(1, Math.ceil(total / 3)) })) seen.push(id);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toHaveLength(total);
  const lists = r.sent.filter((one) => one.method === 'GET');
  expect(lists.length).toBeGreaterThan(0);
  for (const one of lists) expect(one.query).toMatchObject({ sort: '{"_id":1}', projection: expect.stringContaining('_deviceId') });
});

anywhere('[acs-29] 1,200 serials are asked for in several short requests, and counted in as many', async () => {
  const serials = Array.from({ length: 1_200 }, (_, n) => `LEADLIGHT-${String(n).padStart(6, '0')}`);
  if (r.bench) for (const n of [0, 600, 1_199]) await r.bench.acs.inform({ serial: serials[n]!, oui: '00AA', productClass: 'X', event: '0 BOOTSTRAP' });
  const found: string[] = [];
  for await (const { serial } of r.client.devices.list({ serials: [...serials, serials[0]!] })) found.push(serial);
  expect(found).toEqual(r.bench ? [serials[0], serials[600], serials[1_199]] : []);
  expect(await r.client.devices.count({ serials })).toBe(found.length);
  expect(r.sent.length).toBeGreaterThan(6);
  for (const { path, query } of r.sent) expect(`${path}?${new URLSearchParams(query as Record<string, string>)}`.length).toBeLessThan(8_000);
});

test('[acs-29] a serial that reads as a pattern stands in a condition of its own; none asks for nothing', () => {
  expect(chunkValues('sn', ['A', 'B*', 'A', 'C'])).toEqual([{ sn: { $regex: '^B\\*$' } }, { sn: { $in: ['A', 'C'] } }]);
  expect(chunkValues('sn', [])).toEqual([]);
});

withDevice('[acs-1] [acs-3] a device is found by its serial, tagged and untagged by its id; a dot and a space in a tag arrive', async () => {
  const { id, serial } = await r.device();
  await r.client.devices.tag(id, 'leadlight.contract test');
  expect(r.sent.at(-1)!.path).toMatch(/\/tags\/leadlight%2Econtract%20test$/);
  expect((await r.client.devices.get(id)).tags).toContain('leadlight.contract test');
  expect((await r.client.devices.findBySerial(serial)).id).toBe(id);
  const tagged: string[] = [];
  for await (const one of r.client.devices.list({ tag: 'leadlight.contract test' })) tagged.push(one.id);
  expect(tagged).toEqual([id]);
  for (let n = 0; n < 2; n += 1) await r.client.devices.untag(id, 'leadlight.contract test');
  expect((await r.client.devices.get(id)).tags).not.toContain('leadlight.contract test');
});

withDevice('[acs-8] a list projects unless told otherwise', async () => {
  const { id, parameter } = await r.device();
  const one = await r.client.devices.get(id, [parameter]);
  expect(Object.keys(one.parameters).filter((path) => !one.parameters[path]!.object)).toEqual([parameter]);
  const whole = await r.client.devices.get(id, undefined, { full: true });
  expect(Object.keys(whole.parameters).length).toBeGreaterThan(5);
  for (const [path, value] of Object.entries(whole.parameters)) if (/Password$|KeyPassphrase$/.test(path)) expect(value.value).toBeNull();
});

describe('with devices made for it', () => {
  let b: Bench;
  beforeEach(async () => { b = await bench(); });
  afterEach(() => b.close());
  const why = 'devices of chosen names cannot be made on a real server';

  sandboxOnly(why, '[acs-1] an id with %2D is encoded once more in a path; encoded once it would be another device', async () => {
    const device = await b.plug();
    await b.client.devices.tag(device.id, 'vip');
    expect(b.sent.at(-1)!.path).toBe('/devices/000E5E-HT803G%252DW-RCMG19E01234/tags/vip');
    const wrong = await failure(b.client.devices.tag(decodeURIComponent(device.id), 'vip'));
    expect(wrong).toMatchObject({ kind: 'notFound', status: 404, message: expect.stringContaining('No such device') });
  });

  sandboxOnly(why, '[acs-4] one is the device, two are refused with both ids, and the OUI decides', async () => {
    const one = await b.plug();
    expect((await b.client.devices.findBySerial('RCMG19E01234')).id).toBe(one.id);
    await b.world.emit('cpe.informs', { serial: 'RCMG19E01234', oui: '1C61B4', productClass: 'Device2', event: '0 BOOTSTRAP' });
    expect(await failure(b.client.devices.findBySerial('RCMG19E01234'))).toMatchObject({ kind: 'conflict', detail: { reason: 'ambiguous', deviceIds: [one.id, '1C61B4-Device2-RCMG19E01234'] } });
    expect((await b.client.devices.findBySerial('RCMG19E01234', { oui: '1C61B4' })).productClass).toBe('Device2');
  });

  sandboxOnly(why, '[acs-5] devices named with a star and slashes are found, and no others with them', async () => {
    await b.plug('RCMG1');
    const [star, slashes] = [await b.plug('RC*'), await b.plug('/RC/i')];
    expect((await b.client.devices.findBySerial('RC*')).id).toBe(star.id);
    expect((await b.client.devices.findBySerial('/RC/i')).id).toBe(slashes.id);
    const many: string[] = [];
    for await (const { serial } of b.client.devices.list({ serials: ['RC*', '/RC/i', 'RCMG1'] })) many.push(serial);
    expect(many.sort()).toEqual(['/RC/i', 'RC*', 'RCMG1']);
  });

  sandboxOnly(why, '[acs-7] paging gives 1,234 devices once while others appear between pages', async () => {
    const informs = (n: number) => b.acs.inform({ serial: `S${String(n).padStart(6, '0')}`, oui: '00AA', productClass: 'X', event: '0 BOOTSTRAP' });
    for (let n = 0; n < 1_234; n += 1) await informs(n * 10);
    const seen: string[] = [];
    for await (const device of b.client.devices.list({ pageSize: 500 })) {
      seen.push(device.serial);
      if (seen.length === 500) { await informs(5); await informs(15); await informs(20_001); }
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((serial) => Number(serial.slice(1)) % 10 === 0)).toHaveLength(1_234);
  });

  sandboxOnly('the secret of a real device is not ours to set', '[acs-8] no list shows a secret', async () => {
    const device = await b.plug();
    await b.client.tasks.setParameterValues(device.id, [{ path: SECRET, value: 'p@ss w\\ord' }]);
    for await (const one of b.client.devices.list({ projection: [SECRET, `${W24}.SSID`] })) {
      expect(one.parameters[SECRET]).toMatchObject({ value: null, secret: true });
      expect(one.parameters[`${W24}.SSID`]!.value).toBe('HT803G-1234');
    }
    const whole = [];
    for await (const one of b.client.devices.list({ full: true })) whole.push(one);
    expect(b.sent.at(-1)!.query!['projection']).toBeUndefined();
    expect(JSON.stringify(whole)).not.toContain('p@ss');
    expect(device.known.get(SECRET)!.value).toBe('p@ss w\\ord'); // GenieACS itself keeps what it sent, in clear
  });
});
