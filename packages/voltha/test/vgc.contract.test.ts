import { axiosSend } from '../../http/src/send.ts';
import { startVoltha, type VolthaRunning } from '../../sandbox/src/voltha/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { meterProfile, vgc, voltha, type Voltha } from '../src/index.ts';
import { vgcCall } from '../src/vgcCall.ts';
import { vgcProfiles } from '../src/vgcProfiles.ts';

const wanted = { sVlan: 900, cVlan: 100, downKbps: 150_000, upKbps: 20_000, profileBase: 'FTTH150I' };
let world: World;
let sim: VolthaRunning;
let core: Voltha;
const send = () => axiosSend({ baseUrl: sim.vgcUrl });
const controller = (limits = {}) => vgc(send(), world.clock, limits);
const plug = async (serial = 'ALPHE3D1CFAB') => {
  await world.emit('ont.plugged', { serial, oltIp: '10.20.0.11', ponPort: 3, productClass: 'x', oui: 'x' });
  world.clock.advance(10_000);
  return `${serial.slice(0, 4)}${serial.slice(4).toLowerCase()}-1`;
};
const calls = (method: string, path: RegExp) => world.calls.filter((call) => call.system === 'vgc' && call.method === method && path.test(call.path));

beforeEach(async () => {
  world = new World();
  sim = await startVoltha(world, { olts: [{ ip: '10.20.0.11' }] });
  core = voltha({ address: sim.address, clock: world.clock });
});
afterEach(async () => {
  core.close();
  await sim.close();
});

describe('provision', () => {
  test('[S0-104] [S1-089] [access-15] profiles, subscriber, activation, flows; VOLTHA agrees', async () => {
    const port = await plug();
    expect(await controller().subscribers.provision(port, wanted)).toEqual({ port, flowStatus: 'ALL_FLOWS_PROVISIONED', upstreamProfile: 'FTTH150I_u', downstreamProfile: 'FTTH150I_d', changed: true });
    expect((await core.onus.findBySerial('ALPHE3D1CFAB')).reason).toBe('omci-flows-pushed');
    expect(sim.controller.services).toMatchObject([{ name: `${port}_${port}-4096-900-100-64`, active: true, tag: { upstreamBandwidthProfile: 'FTTH150I_u', downstreamBandwidthProfile: 'FTTH150I_d' } }]);
    expect(sim.controller.profiles.get('FTTH150I_d')).toMatchObject({ pir: 150_000 });
    expect(sim.controller.profiles.get('FTTH150I_u')).toMatchObject({ pir: 20_000 });
  });

  test('again: nothing is written', async () => {
    const port = await plug();
    await controller().subscribers.provision(port, wanted);
    const before = calls('POST', /./).length;
    expect(await controller().subscribers.provision(port, wanted)).toMatchObject({ changed: false, flowStatus: 'ALL_FLOWS_PROVISIONED' });
    expect(calls('POST', /./)).toHaveLength(before);
  });

  test('[access-15] a 200 that created nothing ends as not confirmed', async () => {
    const port = await plug();
    world.inject({ system: 'vgc', method: 'POST', path: '/subscribers/', kind: 'status', status: 200, body: '' });
    await expect(controller().subscribers.provision(port, wanted)).rejects.toMatchObject({ kind: 'unexpectedReply', outcome: 'unknown', detail: { cause: 'provisioningNotConfirmed' } });
  });

  test('[access-15] flows that do not come end as not confirmed, within the cap', async () => {
    const start = world.clock.ms;
    await expect(controller({ withinMs: 30_000 }).subscribers.provision('ALPHe3d1cfab-1', wanted)).rejects.toMatchObject({ kind: 'unexpectedReply', detail: { cause: 'provisioningNotConfirmed', observed: 'stays NO_FLOWS_PROVISIONED' } });
    expect(world.clock.ms - start).toBeLessThanOrEqual(33_000);
  });

  test('a service that was there before its ONU gets its flows when the port comes up', async () => {
    await controller({ withinMs: 3_000 }).subscribers.provision('ALPHe3d1cfab-1', wanted).catch(() => undefined);
    const port = await plug();
    expect(await controller().subscribers.provision(port, wanted)).toMatchObject({ flowStatus: 'ALL_FLOWS_PROVISIONED' });
    expect(calls('POST', /subscribers/)).toHaveLength(1);
  });

  test('a lost answer is looked after, not repeated blindly', async () => {
    const port = await plug();
    world.inject({ system: 'vgc', method: 'POST', path: '/subscribers/', kind: 'resetAfter' });
    await expect(controller().subscribers.provision(port, wanted)).rejects.toMatchObject({ kind: 'timedOut', outcome: 'unknown' });
    expect(await controller().subscribers.provision(port, wanted)).toMatchObject({ flowStatus: 'ALL_FLOWS_PROVISIONED' });
    expect(calls('POST', /subscribers/)).toHaveLength(1);
  });

  test('a new speed on the same VLANs replaces the service', async () => {
    const port = await plug();
    await controller().subscribers.provision(port, wanted);
    expect(await controller().subscribers.provision(port, { ...wanted, profileBase: 'FTTH500I', downKbps: 500_000 })).toMatchObject({ changed: true, downstreamProfile: 'FTTH500I_d', flowStatus: 'ALL_FLOWS_PROVISIONED' });
    expect(sim.controller.services.map((one) => one.tag.downstreamBandwidthProfile)).toEqual(['FTTH500I_d']);
  });

  test('another VLAN on the port is somebody else’s service', async () => {
    const port = await plug();
    await controller().subscribers.provision(port, wanted);
    await expect(controller().subscribers.provision(port, { ...wanted, cVlan: 101 })).rejects.toMatchObject({ kind: 'conflict', detail: { cause: 'portCarriesAnotherService', sVlan: 900, cVlan: 100 } });
    expect(sim.controller.services).toHaveLength(1);
  });
});

describe('[access-16] profiles', () => {
  const profiles = () => vgcProfiles(vgcCall(send()));
  test('the same rates: the same profile, written once', async () => {
    expect(await profiles().ensure(meterProfile('FTTH150I_d', 150_000))).toEqual({ id: 'FTTH150I_d', created: true });
    expect(await profiles().ensure(meterProfile('FTTH150I_d', 150_000))).toEqual({ id: 'FTTH150I_d', created: false });
    expect(calls('POST', /profiles/)).toHaveLength(1);
  });
  test('a name taken by other rates is left alone; the next version is used, and found again', async () => {
    sim.controller.profiles.set('FTTH150I_d', { ...meterProfile('FTTH150I_d', 100_000) });
    expect(await profiles().ensure(meterProfile('FTTH150I_d', 150_000))).toEqual({ id: 'FTTH150I_d_v2', created: true });
    expect(await profiles().ensure(meterProfile('FTTH150I_d', 150_000))).toEqual({ id: 'FTTH150I_d_v2', created: false });
    expect(sim.controller.profiles.get('FTTH150I_d')).toMatchObject({ pir: 100_000 });
    const port = await plug();
    expect(await controller().subscribers.provision(port, wanted)).toMatchObject({ downstreamProfile: 'FTTH150I_d_v2' });
  });
  test('a 200 that wrote nothing is noticed', async () => {
    world.inject({ system: 'vgc', method: 'POST', path: '/profiles/', kind: 'status', status: 200, body: '' });
    await expect(profiles().ensure(meterProfile('X_d', 1_000))).rejects.toMatchObject({ kind: 'unexpectedReply', outcome: 'unknown', detail: { cause: 'profileNotConfirmed' } });
  });
});

describe('[access-17] deprovision', () => {
  test('takes its own port and never …-10; the path ends in _<port>- and a JSON body goes along', async () => {
    const port = await plug();
    await controller().subscribers.provision(port, wanted);
    sim.controller.services.push({ ...sim.controller.services[0]!, name: `${port}0_${port}0-4096-900-101-64`, port: `${port}0` });
    expect(await controller().subscribers.deprovision(port)).toMatchObject({ changed: true, flowStatus: 'NOT_IN_CONTROLLER', downstreamProfile: 'FTTH150I_d' });
    expect(sim.controller.services.map((one) => one.port)).toEqual([`${port}0`]);
    const [deleted] = calls('DELETE', /subscribers/);
    expect(deleted?.path).toMatch(new RegExp(`_${port}-$`));
    expect(JSON.parse(deleted!.body)).toEqual({ id: `${port}_${port}-` });
    expect((await core.onus.findBySerial('ALPHE3D1CFAB')).reason).toBe('initial-mib-downloaded');
  });
  test('what would hit a stranger is not sent', async () => {
    const port = await plug();
    await controller().subscribers.provision(port, wanted);
    // Somebody wrote a subscriber whose name contains ours.
    sim.controller.services.push({ ...sim.controller.services[0]!, name: `X${port}_${port}-old_OTHER-1-4096-1-1-64`, port: 'OTHER-1' });
    const error = await controller().subscribers.deprovision(port).catch((one: unknown) => one);
    expect(error).toMatchObject({ kind: 'conflict', detail: { cause: 'wouldDeleteOthers' } });
    expect(calls('DELETE', /subscribers/)).toEqual([]);
  });
  test('nothing there: no change, no call', async () => {
    expect(await controller().subscribers.deprovision('ALPHe3d1cfab-1')).toMatchObject({ changed: false, flowStatus: 'NOT_IN_CONTROLLER' });
    expect(calls('DELETE', /./)).toEqual([]);
  });
  test('a 202 after which it is still there is not success', async () => {
    const port = await plug();
    await controller().subscribers.provision(port, wanted);
    world.inject({ system: 'vgc', method: 'DELETE', path: '/subscribers/', kind: 'status', status: 202, body: '' });
    await expect(controller({ withinMs: 6_000 }).subscribers.deprovision(port)).rejects.toMatchObject({ detail: { cause: 'removalNotConfirmed' } });
  });
  test('the ports of an ONT are known by its services, in any spelling', async () => {
    const port = await plug();
    await controller().subscribers.provision(port, wanted);
    expect(await controller().subscribers.portsOf('414C5048E3D1CFAB')).toEqual([port]);
    expect(await controller().subscribers.portsOf('ALPHE3D1CFAC')).toEqual([]);
  });
});

describe('[access-18] its way of saying no', () => {
  test('409 with an empty body is "no such profile"', async () => {
    expect(await controller().profiles.get('NOPE')).toBeUndefined();
    expect(world.calls.at(-1)).toMatchObject({ path: '/vgc/v1/profiles/NOPE', status: 409 });
  });
  test('plain text is quoted, never parsed', async () => {
    world.inject({ system: 'vgc', path: '/flow-status/', kind: 'status', status: 400, body: 'Invalid request {not json' });
    await expect(controller().subscribers.flowStatus('x')).rejects.toMatchObject({ kind: 'rejectedInput', status: 400, message: expect.stringContaining('Invalid request {not json') });
  });
  test('a proxy’s page is named as one, also with 200', async () => {
    world.inject({ system: 'vgc', path: '/flow-status/', kind: 'html', status: 200 });
    await expect(controller().subscribers.flowStatus('x')).rejects.toMatchObject({ kind: 'unexpectedReply', hint: expect.stringContaining('proxy') });
  });
  test('half an answer is not an answer', async () => {
    world.inject({ system: 'vgc', path: '/flow-status/', kind: 'truncate' });
    await expect(controller().subscribers.flowStatus('x')).rejects.toMatchObject({ kind: 'unavailable', outcome: 'notApplied' });
  });
  test('a cut connection: a read did nothing, a write may have', async () => {
    world.inject({ system: 'vgc', method: 'GET', kind: 'resetBefore' });
    await expect(controller().subscribers.flowStatus('x')).rejects.toMatchObject({ kind: 'unavailable', outcome: 'notApplied' });
    world.inject({ system: 'vgc', method: 'POST', kind: 'resetBefore' });
    await expect(controller().profiles.ensure(meterProfile('X_d', 1_000))).rejects.toMatchObject({ kind: 'timedOut', outcome: 'unknown', hint: expect.stringContaining('Read') });
  });
});
