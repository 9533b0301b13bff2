import { axiosSend } from '../../http/src/send.ts';
import { startVoltha, type VolthaRunning } from '../../sandbox/src/voltha/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { vgc, voltha, type Voltha } from '../src/index.ts';
import { sandboxOnly } from './bench.ts';

sandboxOnly('states and faults are planted in the controller')('VGC', () => {
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

    test('a service that was there before its ONU gets its flows when the port comes up', async () => {
      await controller({ withinMs: 3_000 }).subscribers.provision('ALPHe3d1cfab-1', wanted).catch(() => undefined);
      const port = await plug();
      expect(await controller().subscribers.provision(port, wanted)).toMatchObject({ flowStatus: 'ALL_FLOWS_PROVISIONED' });
      expect(calls('POST', /subscribers/)).toHaveLength(1);
    });

    test('a lost answer is looked after, not repeated blindly', async () => {
      const port = await plug();
      world.inject({ system: 'vgc', method: 'POST', path: '/subscribers/', kind: 'resetAfter' });
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

  describe('[S0-104] another speed', () => {
    const faster = { downKbps: 500_000, upKbps: 50_000, profileBase: 'FTTH500I' };
    test('VLANs and technology profile stay; the new profiles exist before the old service goes', async () => {
      const port = await plug();
      await controller().subscribers.provision(port, { ...wanted, techProfileId: 65 });
      expect(await controller().subscribers.changeProfile(port, faster)).toMatchObject({ changed: true, flowing: true, downstreamProfile: 'FTTH500I_d' });
      expect(sim.controller.services).toMatchObject([{ name: `${port}_${port}-4096-900-100-65`, active: true, tag: { upstreamBandwidthProfile: 'FTTH500I_u', usPonSTagPriority: -1, isDhcpRequired: true, serviceName: 'FTTH_SUBSCRIBER_TRAFFIC' } }]);
      const order = world.calls.filter((call) => call.system === 'vgc' && call.method !== 'GET').map((call) => `${call.method} ${call.path.split('/')[3]}`).slice(-6);
      expect(order).toEqual(['POST profiles', 'POST profiles', 'DELETE services', 'DELETE subscribers', 'POST subscribers', 'POST services']);
      expect(await controller().subscribers.changeProfile(port, faster)).toMatchObject({ changed: false });
    });
    test('a suspended service stays suspended', async () => {
      const port = await plug();
      await controller().subscribers.provision(port, wanted);
      await controller().subscribers.suspend(port);
      expect(await controller().subscribers.changeProfile(port, faster)).toMatchObject({ changed: true, active: false, flowStatus: 'DISABLED_IN_CONTROLLER' });
      expect(sim.controller.services).toMatchObject([{ active: false, tag: { downstreamBandwidthProfile: 'FTTH500I_d' } }]);
    });
    test('a new service that does not come: the former one is put back, and flows', async () => {
      const port = await plug();
      await controller().subscribers.provision(port, wanted);
      world.inject({ system: 'vgc', method: 'POST', path: '/subscribers/', kind: 'status', status: 200, body: '' });
      await expect(controller().subscribers.changeProfile(port, faster)).rejects.toMatchObject({ kind: 'unexpectedReply', outcome: 'notApplied', detail: { cause: 'provisioningNotConfirmed', restored: true } });
      expect(sim.controller.services).toMatchObject([{ active: true, tag: { downstreamBandwidthProfile: 'FTTH150I_d' } }]);
      expect(await controller().subscribers.flowStatus(port)).toBe('ALL_FLOWS_PROVISIONED');
    });
    test('that cannot be put back either is said, with an outcome nobody knows', async () => {
      const port = await plug();
      await controller().subscribers.provision(port, wanted);
      world.inject({ system: 'vgc', method: 'POST', path: '/subscribers/', kind: 'status', status: 200, body: '', times: 2 });
      await expect(controller().subscribers.changeProfile(port, faster)).rejects.toMatchObject({ outcome: 'unknown', hint: expect.stringContaining('offline'), detail: { restored: false } });
    });
  });

  describe('[S0-104] suspend and resume', () => {
    test('off is seen off, on is seen flowing; the customer’s ONU follows', async () => {
      const port = await plug();
      await controller().subscribers.provision(port, wanted);
      expect(await controller().subscribers.suspend(port)).toMatchObject({ changed: true, active: false, downstreamProfile: 'FTTH150I_d' });
      expect((await core.onus.findBySerial('ALPHE3D1CFAB')).reason).toBe('initial-mib-downloaded');
      expect(await controller().subscribers.resume(port)).toMatchObject({ changed: true, active: true, flowing: true });
      expect(await controller().subscribers.resume(port)).toMatchObject({ changed: false });
    });
    test('a 200 after which it still flows is not a suspension', async () => {
      const port = await plug();
      await controller().subscribers.provision(port, wanted);
      world.inject({ system: 'vgc', method: 'DELETE', path: '/services/', kind: 'status', status: 200, body: '' });
      await expect(controller({ withinMs: 6_000 }).subscribers.suspend(port)).rejects.toMatchObject({ kind: 'unexpectedReply', outcome: 'unknown' });
    });
    test('an answer lost on the way is settled by looking', async () => {
      const port = await plug();
      await controller().subscribers.provision(port, wanted);
      world.inject({ system: 'vgc', method: 'DELETE', path: '/services/', kind: 'resetAfter' });
      expect(await controller().subscribers.suspend(port)).toMatchObject({ active: false });
      expect(calls('DELETE', /services/)).toHaveLength(1);
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
    test('a service under somebody else’s id on this very port goes too, and no other', async () => {
      const port = await plug();
      await controller().subscribers.provision(port, wanted);
      const [mine] = sim.controller.services.splice(0, 1);
      sim.controller.services.push({ ...mine!, name: `cust-7_${port}-4096-900-100-64` }, { ...mine!, name: `cust-8_${port}0-4096-900-101-64`, port: `${port}0` });
      expect(await controller().subscribers.deprovision(port)).toMatchObject({ changed: true, flowStatus: 'NOT_IN_CONTROLLER' });
      expect(sim.controller.services.map((one) => one.port)).toEqual([`${port}0`]);
      expect(calls('DELETE', /subscribers/).map((call) => decodeURIComponent(call.path.split('/').pop()!))).toEqual([`${port}_${port}-`, `_${port}-`]);
    });
    test('nothing there: no change, no call', async () => {
      expect(await controller().subscribers.deprovision('ALPHe3d1cfab-1')).toMatchObject({ changed: false, flowStatus: 'NOT_IN_CONTROLLER' });
      expect(calls('DELETE', /./)).toEqual([]);
    });
    test('a 202 after which it is still there is not success', async () => {
      const port = await plug();
      await controller().subscribers.provision(port, wanted);
      world.inject({ system: 'vgc', method: 'DELETE', path: '/subscribers/', kind: 'status', status: 202, body: '', times: 9 });
      await expect(controller({ withinMs: 6_000 }).subscribers.deprovision(port)).rejects.toMatchObject({ detail: { cause: 'removalNotConfirmed' } });
    });
    test('the ports of an ONT are known by its services, in any spelling', async () => {
      const port = await plug();
      await controller().subscribers.provision(port, wanted);
      expect(await controller().subscribers.portsOf('414C5048E3D1CFAB')).toEqual([port]);
      expect(await controller().subscribers.portsOf('ALPHE3D1CFAC')).toEqual([]);
    });
  });

  test('[access-18] half a list of OLTs is not a list', async () => {
    world.inject({ system: 'vgc', path: '/devices', kind: 'truncate' });
    await expect(controller().subscribers.onPort('x-1')).rejects.toMatchObject({ kind: 'unavailable', outcome: 'notApplied' });
  });
});
