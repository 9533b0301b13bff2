import type { BulkItem } from '../src/index.ts';
import { anywhere, bench, rig, sandboxOnly, W24, withDevice, type Bench, type Rig } from './harness.ts';

let r: Rig;
beforeEach(async () => { r = await rig(); });
afterEach(() => r.close());

withDevice('[acs-27] a device and strangers: one answer per input, in their order, a repeated one asked once', async () => {
  const { serial, id } = await r.device();
  const report = await r.client.bulk([{ serial: 'LEADLIGHT-1' }, { serial }, { deviceId: '00AA-LEADLIGHT-2' }, { serial }], { do: 'addTag', tag: 'leadlight-bulk' });
  expect(report).toMatchObject({ total: 4, counts: { missing: 2, tagged: 2 }, items: [{ key: 'LEADLIGHT-1', type: 'missing' }, { deviceId: id, type: 'tagged' }, { type: 'missing' }, { deviceId: id, type: 'tagged' }] });
  expect(r.posts().filter((one) => one.path.includes('/tags/') && !one.path.includes('LEADLIGHT'))).toHaveLength(1);
  expect((await r.client.bulk([{ serial }], { do: 'removeTag', tag: 'leadlight-bulk' })).counts).toEqual({ untagged: 1 });
});

anywhere('[acs-27] wrong credentials stop the run instead of failing seven thousand times', async () => {
  r.plant({ method: 'POST', kind: 'html', status: 401, times: 10_000 });
  const report = await r.client.bulk(Array.from({ length: 500 }, (_, n) => ({ deviceId: `00AA-LEADLIGHT-${n}` })), { do: 'addTag', tag: 'x' }, { concurrency: 4 });
  expect(report.counts).toEqual({ failed: expect.any(Number), held: expect.any(Number) });
  expect(report.counts['failed']).toBeLessThanOrEqual(8);
  expect(report.stopped).toContain('401');
});

describe('with devices made for it', () => {
  let b: Bench;
  beforeEach(async () => { b = await bench(); });
  afterEach(() => b.close());
  const serials = Array.from({ length: 100 }, (_, n) => `RCMG${String(n).padStart(4, '0')}`);
  const parameters = [{ path: `${W24}.SSID`, value: 'Maison' }];

  sandboxOnly('a hundred devices cannot be made on a real server', '[acs-27] 100 devices, 7 offline, 3 missing, 2 faulted: 88/7/3/2, order kept, never more than 8 at once; resumed by key it does the rest only', async () => {
    for (const [n, serial] of serials.entries()) {
      if (n % 40 === 5) continue; // 5, 45, 85
      const device = await b.plug(serial);
      if (n < 7 && n !== 5) device.online = false;
      if (n === 7) device.online = false;
      if (n === 50 || n === 51) device.failNext = { code: 'cwmp.9002', message: 'Internal error' };
    }
    b.sent.length = 0;
    const kept: BulkItem[] = [];
    const report = await b.client.bulk(serials.map((serial) => ({ serial })), { do: 'setParameters', parameters }, { concurrency: 8, onItem: (item) => kept.push(item) });
    expect(report).toMatchObject({ total: 100, counts: { executed: 88, queued: 7, missing: 3, faulted: 2 }, stopped: null });
    expect(report.items.map((item) => item.key)).toEqual(serials);
    expect(report.items[5]).toMatchObject({ type: 'missing', deviceId: null, hint: expect.stringContaining('label') });
    expect(report.items[50]).toMatchObject({ type: 'faulted', because: 'cwmp.9002: Internal error' });
    expect(kept).toHaveLength(100);
    expect(b.busiest()).toBeLessThanOrEqual(8);
    expect(b.busiest()).toBeGreaterThan(3);
    // Crash after half of it: what was kept is not asked again.
    for (const device of b.acs.state.devices.values()) device.online = true;
    for (const fault of [...b.acs.state.faults.keys()]) await b.client.faults.delete(fault);
    b.sent.length = 0;
    const again = await b.client.bulk(serials.map((serial) => ({ serial })), { do: 'setParameters', parameters }, { resume: kept });
    expect(again.counts).toEqual({ executed: 97, missing: 3 });
    expect(again.items.filter((item) => item.carried)).toHaveLength(88);
    expect(b.posts().filter((post) => JSON.stringify(post.body).includes('setParameterValues'))).toHaveLength(9);
  });

  sandboxOnly('a real device is not ours to restart', '[acs-27] a reboot that may have happened is not sent again on resume; a bad streak holds the rest', async () => {
    for (const serial of serials.slice(0, 6)) await b.plug(serial);
    b.plant({ method: 'POST', kind: 'resetAfter' });
    const inputs = serials.slice(0, 6).map((serial) => ({ serial }));
    const report = await b.client.bulk(inputs, { do: 'reboot' }, { concurrency: 1, stopAfterFailures: 1 });
    expect(report).toMatchObject({ counts: { unknown: 1, held: 5 }, stopped: expect.stringContaining('1 device') });
    const again = await b.client.bulk(inputs, { do: 'reboot' }, { concurrency: 3, resume: report.items });
    expect(again.counts).toEqual({ unknown: 1, executed: 5 });
    expect(serials.slice(0, 6).map((serial) => b.acs.find(serial)!.reboots)).toEqual([1, 1, 1, 1, 1, 1]);
  });
});
