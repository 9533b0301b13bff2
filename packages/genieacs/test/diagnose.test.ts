import { anywhere, bench, failure, rig, sandboxOnly, withDevice, type Bench, type Rig } from './harness.ts';

let r: Rig;
beforeEach(async () => { r = await rig(); });
afterEach(() => r.close());

anywhere('[S0-111] the ACS host pings: silence, or no ping there, is said and not thrown', async () => {
  expect(await r.client.pingHost('203.0.113.1')).toMatchObject({ host: '203.0.113.1', type: expect.stringMatching(/silent|unavailable/), received: null });
});

withDevice('[S0-111] a diagnosis says what was seen, part by part', async () => {
  const { id, serial } = await r.device();
  const seen = await r.client.diagnose(id, r.bench ? { host: '192.0.2.10' } : {});
  expect(seen).toMatchObject({ type: 'diagnosis', deviceId: id, serial, reached: { type: 'acknowledged' }, waitingTasks: expect.any(Number), findings: [expect.any(String)] });
  expect(['completed', 'notTried', 'unsupported']).toContain(seen.fromDevice.type);
  expect(await failure(r.client.diagnose('00AA-LEADLIGHT-1'))).toMatchObject({ kind: 'notFound' });
});

describe('with a device that can be steered', () => {
  let b: Bench;
  beforeEach(async () => { b = await bench(); });
  afterEach(() => b.close());
  const why = 'simulators seldom carry out diagnostics';

  sandboxOnly(why, '[S0-111] the CPE pings and the numbers are its own, on TR-098 and TR-181', async () => {
    for (const device of [await b.plug(), await b.plug('XX23000001', 'Device2', '1C61B4')]) {
      expect(await b.client.pingFromDevice(device.id, '192.0.2.10')).toMatchObject({ type: 'completed', sent: 4, received: 4, lost: 0, minMs: 9, avgMs: 11, maxMs: 14 });
      // A second run to a place that never answers must not show the numbers of the first.
      expect(await b.client.pingFromDevice(device.id, '203.0.113.9', { repetitions: 3 })).toMatchObject({ type: 'completed', received: 0, lost: 3 });
      expect(await b.client.pingFromDevice(device.id, 'nowhere.invalid')).toMatchObject({ type: 'failed', state: 'Error_CannotResolveHostName', received: null });
    }
  });

  sandboxOnly(why, '[S0-111] not finished, overtaken, offline, faulted and unsupported are told apart', async () => {
    const device = await b.plug();
    const object = 'InternetGatewayDevice.IPPingDiagnostics';
    const slow = b.client.pingFromDevice(device.id, '192.0.2.10', { finishMs: 1_000, pollMs: 500 });
    expect(await slow).toMatchObject({ type: 'pending', received: null });
    b.world.clock.advance(60_000);
    await b.client.devices.count();
    device.stubborn.add(`${object}.Host`);
    expect(await b.client.pingFromDevice(device.id, '192.0.2.99')).toMatchObject({ type: 'superseded' });
    device.failNext = { code: 'cwmp.9002', message: 'Internal error' };
    expect(await b.client.pingFromDevice(device.id, '192.0.2.10')).toMatchObject({ type: 'faulted' });
    device.online = false;
    expect(await b.client.pingFromDevice(device.id, '192.0.2.10')).toMatchObject({ type: 'queued' });
    const bare = await b.plug('RCMG19E05555');
    for (const map of [bare.tree, bare.known]) for (const path of [...map.keys()]) if (path.startsWith(object)) map.delete(path);
    expect(await b.client.pingFromDevice(bare.id, '192.0.2.10')).toMatchObject({ type: 'unsupported' });
  });

  sandboxOnly(why, '[S0-111] a device that is off, faulted or cut off from the world is found out', async () => {
    const device = await b.plug();
    expect(await b.client.diagnose(device.id, { host: '203.0.113.5' })).toMatchObject({ fromAcs: { type: 'answered', received: 3, avgMs: 1.25 }, fromDevice: { type: 'completed', received: 0 }, findings: [expect.stringContaining('not 203.0.113.5')] });
    device.failNext = { code: 'cwmp.9002', message: 'Internal error' };
    await b.client.tasks.reboot(device.id);
    device.online = false;
    b.world.clock.advance(3_600_000);
    const seen = await b.client.diagnose(device.id, { host: '192.0.2.10' });
    expect(seen).toMatchObject({ reached: { type: 'silent' }, fromAcs: { type: 'silent' }, fromDevice: { type: 'notTried' }, minutesSilent: 60, faults: [{ code: 'cwmp.9002' }], waitingTasks: 1 });
    expect(seen.findings).toEqual([expect.stringContaining('does not answer'), expect.stringContaining('Silent for 60 minutes'), expect.stringContaining('cwmp.9002'), expect.stringContaining('1 tasks wait')]);
    b.acs.state.hasPing = false;
    expect(await b.client.pingHost('10.20.0.10')).toMatchObject({ type: 'unavailable' });
  });
});
