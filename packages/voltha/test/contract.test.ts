import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { startVoltha, type VolthaRunning } from '../../sandbox/src/voltha/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { message, openChannel, voltha, type Channel, type Voltha } from '../src/index.ts';
import { sandboxOnly } from './bench.ts';

sandboxOnly('states and faults are planted in the core')('VOLTHA', () => {
  const ont = { serial: 'ALPHE3D1CFAB', oltIp: '10.20.0.11', ponPort: 3, productClass: 'HG8245', oui: '00259E', rxPowerDbm: -21.437 };
  let world: World;
  let sim: VolthaRunning;
  let client: Voltha;
  const sent = (call: string) => world.calls.filter((one) => one.path === call);
  const fault = (call: string, kind: 'status' | 'hangBefore' | 'hangAfter' | 'resetAfter', status?: number, body?: string) => world.inject({ system: 'voltha', method: 'GRPC', path: `^${call}$`, kind, ...(status ? { status } : {}), ...(body ? { body } : {}) });

  beforeEach(async () => {
    world = new World();
    sim = await startVoltha(world, { olts: [{ ip: '10.20.0.11' }, { ip: '10.20.0.12' }] });
    client = voltha({ address: sim.address, clock: world.clock });
  });
  afterEach(async () => {
    client.close();
    await sim.close();
  });

  describe('[access-3] finding an ONU', () => {
    test.each(['414C5048E3D1CFAB', 'ALPHE3D1CFAB', 'ALPHe3d1cfab', 'ALPH-E3D1-CFAB'])('%s is the same device', async (spelling) => {
      await world.emit('ont.plugged', ont);
      expect(await client.onus.findBySerial(spelling)).toMatchObject({ serial: 'ALPHe3d1cfab', oltDeviceId: 'olt-1', ponPort: 3 });
    });
    test('[S0-88] none: a typed cause with how many were looked at', async () => {
      sim.fleet.fill(7);
      await expect(client.onus.findBySerial('ALPHE3D1CFAB')).rejects.toMatchObject({ kind: 'notFound', detail: { cause: 'onuNotFound', scanned: 7 } });
    });
    test('moved between ports: the lit one; both lit: a conflict with both ids', async () => {
      await world.emit('ont.plugged', ont);
      await world.emit('ont.plugged', { ...ont, oltIp: '10.20.0.12' });
      world.clock.advance(60_000);
      expect(await client.onus.findBySerial(ont.serial)).toMatchObject({ deviceId: 'onu-2', oltDeviceId: 'olt-2' });
      sim.fleet.onus[0]!.lit = true;
      await expect(client.onus.findBySerial(ont.serial)).rejects.toMatchObject({ kind: 'conflict', detail: { deviceIds: ['onu-1', 'onu-2'] } });
    });
  });

  describe('[S0-106] readiness', () => {
    test('[access-4] states follow the clock, and the UNI is named by ofp_port', async () => {
      await world.emit('ont.plugged', ont);
      expect(await client.onus.findBySerial(ont.serial)).toMatchObject({ operStatus: 'DISCOVERED', reason: 'activating-onu', uni: null, ready: false });
      world.clock.advance(2_500);
      expect(await client.onus.findBySerial(ont.serial)).toMatchObject({ operStatus: 'ACTIVATING', reason: 'starting-openomci', ready: false });
      world.clock.advance(2_000);
      expect(await client.onus.findBySerial(ont.serial)).toMatchObject({ operStatus: 'ACTIVE', reason: 'initial-mib-downloaded', uni: 'ALPHe3d1cfab-1', ready: true });
    });
    test('waits for an ONU that is plugged in later', async () => {
      const sleep = world.clock.sleep.bind(world.clock);
      let naps = 0;
      world.clock.sleep = async (ms) => {
        naps += 1;
        if (naps === 3) await world.emit('ont.plugged', ont);
        return sleep(ms);
      };
      expect(await client.onus.ensureReady(ont.serial)).toMatchObject({ ready: true, uni: 'ALPHe3d1cfab-1' });
    });
    test('[S0-88] dark, stuck and absent are three different answers', async () => {
      const within = { withinMs: 10_000 };
      await expect(client.onus.ensureReady(ont.serial, within)).rejects.toMatchObject({ kind: 'notFound' });
      await world.emit('ont.plugged', ont);
      sim.fleet.onus[0]!.stuck = 'discovery-mibsync-complete';
      await expect(client.onus.ensureReady(ont.serial, within)).rejects.toMatchObject({ kind: 'deviceSilent', detail: { cause: 'onuNotReady', reason: 'discovery-mibsync-complete', connectStatus: 'REACHABLE' } });
      sim.fleet.unplug(ont.serial);
      await expect(client.onus.ensureReady(ont.serial, within)).rejects.toMatchObject({ kind: 'deviceSilent', hint: expect.stringContaining('drop fibre'), detail: { connectStatus: 'UNREACHABLE' } });
      await sim.close();
      await expect(client.onus.findBySerial(ont.serial)).rejects.toMatchObject({ kind: 'unavailable', outcome: 'notApplied' });
    });
    test('an ONU on an OLT nobody registered never appears', async () => {
      await world.emit('ont.plugged', { ...ont, oltIp: '10.99.0.1' });
      expect(sim.fleet.onus).toEqual([]);
    });
  });

  describe('[S0-107] changes', () => {
    beforeEach(async () => {
      await world.emit('ont.plugged', ont);
      world.clock.advance(30_000);
    });
    test('[access-7] enabled already is success without a call', async () => {
      expect(await client.onus.enable(ont.serial)).toMatchObject({ changed: false, onu: { adminState: 'ENABLED' } });
      expect(sent('EnableDevice')).toEqual([]);
    });
    test('[access-7] somebody else enabled it in between: code 9 and the state agree', async () => {
      await client.onus.disable(ont.serial);
      const off = sim.fleet.onus[0]!;
      const raced = client.onus.enable(ont.serial);
      const { takeFault } = world;
      world.takeFault = (system, method, path) => {
        if (path === 'EnableDevice') off.admin = 'ENABLED';
        return takeFault.call(world, system, method, path);
      };
      expect(await raced).toMatchObject({ changed: false, onu: { adminState: 'ENABLED' } });
    });
    test('[access-7] another code 9 is an error', async () => {
      await client.onus.disable(ont.serial);
      fault('EnableDevice', 'status', 9, 'device is being deleted');
      await expect(client.onus.enable(ont.serial)).rejects.toMatchObject({ kind: 'conflict', status: 9 });
    });
    test('a lost answer to enable is settled by reading the state', async () => {
      expect(await client.onus.disable(ont.serial)).toMatchObject({ changed: true, onu: { adminState: 'DISABLED', ready: false } });
      fault('EnableDevice', 'resetAfter');
      expect(await client.onus.enable(ont.serial)).toMatchObject({ changed: true, onu: { adminState: 'ENABLED' } });
      expect(sent('EnableDevice')).toHaveLength(1);
    });
    test('[access-8] NOT_FOUND on delete counts only when the list agrees', async () => {
      sim.fleet.unplug(ont.serial);
      fault('DeleteDevice', 'status', 5, 'onu-1');
      await expect(client.onus.remove(ont.serial)).rejects.toMatchObject({ kind: 'notFound' });
      expect(await client.onus.remove(ont.serial)).toEqual({ changed: true, rediscovered: false });
      expect(await client.onus.remove(ont.serial)).toEqual({ changed: false, rediscovered: false });
    });
    test('[access-8] an ONU with light comes back under another id, and that is told; shut by PLOAM it stays away', async () => {
      expect(await client.onus.remove(ont.serial)).toEqual({ changed: true, rediscovered: true });
      world.clock.advance(30_000);
      expect(await client.onus.findBySerial(ont.serial)).toMatchObject({ deviceId: 'onu-2' });
      await client.onus.block(ont.serial);
      expect(await client.onus.remove(ont.serial)).toEqual({ changed: true, rediscovered: false });
    });
    test('[access-8] the deletion waits 120 s for the core; one that stays listed is not a success', async () => {
      const inner = openChannel({ address: sim.address, clock: world.clock });
      const deadlines: number[] = [];
      const deaf: Channel = {
        ...inner,
        call: (operation, request, options) => {
          if (operation !== 'DeleteDevice') return inner.call(operation, request, options);
          deadlines.push(options.deadlineMs);
          return Promise.resolve({} as never);
        },
      };
      await expect(voltha({ channel: deaf }).onus.remove(ont.serial)).rejects.toMatchObject({ kind: 'unexpectedReply', outcome: 'unknown', detail: { cause: 'removalNotConfirmed', deviceId: 'onu-1' } });
      expect(deadlines).toEqual([120_000]);
      inner.close();
    });
    test('PLOAM shuts the laser and opens it again, by device and by serial; already so is no change', async () => {
      expect(await client.onus.block(ont.serial)).toMatchObject({ changed: true, onu: { adminState: 'DISABLED', connectStatus: 'UNREACHABLE' } });
      expect(await client.onus.block(ont.serial)).toMatchObject({ changed: false });
      expect(await client.onus.unblockSerial('414C5048E3D1CFAB')).toMatchObject({ changed: true, onu: { adminState: 'ENABLED' } });
      expect(JSON.parse(sent('EnableOnuSerialNumber')[0]!.body)).toMatchObject({ olt_device_id: { id: 'olt-1' }, port: { port_no: 0x2000_0003 }, serial_number: 'ALPHe3d1cfab' });
      expect(await client.onus.blockSerial(ont.serial)).toMatchObject({ changed: true });
      expect(await client.onus.unblock(ont.serial)).toMatchObject({ changed: true });
    });
    test.each([['resetAfter', 'unavailable'], ['status', 'timedOut']] as const)('[access-9] a reboot whose answer is lost (%s) is sent once and its outcome unknown', async (kind, expected) => {
      fault('RebootDevice', kind, kind === 'status' ? 4 : undefined);
      await expect(client.onus.reboot(ont.serial)).rejects.toMatchObject({ kind: expected, outcome: 'unknown' });
      expect(sent('RebootDevice')).toHaveLength(1);
    });
    test('[access-9] a reboot that cannot be is refused once, with the connect status', async () => {
      sim.fleet.unplug(ont.serial);
      await expect(client.onus.reboot(ont.serial)).rejects.toMatchObject({ kind: 'conflict', outcome: 'notApplied', message: expect.stringContaining('connect-status:UNREACHABLE') });
      expect(sent('RebootDevice')).toHaveLength(1);
    });
    test('a reboot is seen and passes', async () => {
      expect((await client.onus.reboot(ont.serial)).onu).toMatchObject({ operStatus: 'REBOOTED', reason: 'rebooting', ready: false });
      expect((await client.onus.ensureReady(ont.serial)).reason).toBe('initial-mib-downloaded');
    });
  });

  test('[access-10] an OLT registered already (code 2 and a sentence) is found', async () => {
    expect(await client.olts.create('10.20.0.13:9191')).toMatchObject({ created: true, olt: { hostAndPort: '10.20.0.13:9191', adminState: 'PREPROVISIONED' } });
    expect(await client.olts.create('10.20.0.11:9191')).toMatchObject({ created: false, olt: { deviceId: 'olt-1' } });
    fault('CreateDevice', 'status', 2, 'no-device-info-present');
    await expect(client.olts.create('10.20.0.11:9191')).rejects.toMatchObject({ kind: 'unexpectedReply', status: 2 });
  });

  test('[S0-93] an OLT that answers comes up; one that does not stays enabled and is told as not up', async () => {
    await client.olts.create('10.20.0.13:9191');
    expect(await client.olts.enable('10.20.0.13')).toMatchObject({ changed: true, olt: { adminState: 'ENABLED', up: true } });
    expect(await client.olts.enable('10.20.0.13')).toMatchObject({ changed: false });
    sim.fleet.olts[2]!.deaf = true;
    expect(await client.olts.disable('10.20.0.13:9191')).toMatchObject({ changed: true, olt: { up: false } });
    expect(await client.olts.enable('10.20.0.13', { withinMs: 6_000 })).toMatchObject({ changed: true, olt: { adminState: 'ENABLED', operStatus: 'ACTIVATING', connectStatus: 'UNREACHABLE', up: false } });
    await expect(client.olts.get('10.99.0.1')).rejects.toMatchObject({ kind: 'notFound', detail: { cause: 'oltNotFound', scanned: 3 } });
  });

  test('an OLT goes with its ONUs; disabled it takes them down', async () => {
    await world.emit('ont.plugged', ont);
    world.clock.advance(30_000);
    expect(await client.olts.disable('olt-1')).toMatchObject({ olt: { onus: 1, onusUp: 0 } });
    expect(await client.olts.remove('olt-1')).toEqual({ changed: true, onus: 1 });
    expect(await client.onus.list()).toEqual([]);
    expect(await client.olts.remove('olt-1')).toEqual({ changed: false, onus: 0 });
  });

  describe('[access-14] software', () => {
    const V2 = 'V5R019C10S120';
    const url = 'http://images.example/v2.img';
    beforeEach(async () => {
      await world.emit('ont.plugged', ont);
      world.clock.advance(30_000);
    });
    test('download, activate, commit, each seen before the next', async () => {
      const next = async () => (await client.images.status(ont.serial, V2)).next;
      expect(await client.images.download(ont.serial, { version: V2, url })).toMatchObject({ downloadState: 'DOWNLOAD_STARTED', reason: 'NO_ERROR', next: 'wait' });
      world.clock.advance(61_000);
      expect(await next()).toBe('activate');
      expect(await client.images.activate(ont.serial, V2)).toMatchObject({ imageState: 'IMAGE_ACTIVATING', next: 'wait' });
      world.clock.advance(21_000);
      expect(await next()).toBe('commit');
      expect(await client.images.commit(ont.serial, V2)).toMatchObject({ next: 'wait' });
      world.clock.advance(3_000);
      expect(await next()).toBe('done');
      expect(await client.images.list(ont.serial)).toContainEqual({ version: V2, active: true, committed: true, valid: true, productCode: 'SIM-ONT' });
      expect((await client.onus.findBySerial(ont.serial)).firmware).toBe(V2);
    });
    test.each([['DEVICE_BUSY', 'conflict'], ['INVALID_URL', 'rejectedInput'], ['IMAGE_REFUSED_BY_ONU', 'unexpectedReply']])('%s inside an OK answer is a failure of that ONU', async (reason, kind) => {
      sim.fleet.onus[0]!.imageRefusal = reason;
      await expect(client.images.download(ont.serial, { version: V2, url })).rejects.toMatchObject({ kind, outcome: 'notApplied', detail: { cause: 'imageFailed', reason, downloadState: 'DOWNLOAD_FAILED' } });
    });
    test('a lost answer is settled by the state, and the download sent once', async () => {
      fault('DownloadImageToDevice', 'resetAfter');
      expect(await client.images.download(ont.serial, { version: V2, url })).toMatchObject({ next: 'wait' });
      expect(sent('DownloadImageToDevice')).toHaveLength(1);
      expect(await client.images.abort(ont.serial, V2)).toMatchObject({ downloadState: 'DOWNLOAD_CANCELLED', next: 'download' });
      await expect(client.images.commit(ont.serial, V2)).rejects.toMatchObject({ detail: { cause: 'imageFailed', imageState: 'IMAGE_COMMIT_ABORTED' } });
    });
  });

  test('an adapter that tells the distance is believed', async () => {
    await world.emit('ont.plugged', ont);
    expect(await client.onus.distance(ont.serial)).toEqual({ serial: 'ALPHe3d1cfab', metres: null });
    sim.fleet.olts[0]!.distanceMetres = 4_210;
    expect(await client.onus.distance(ont.serial)).toMatchObject({ metres: 4_210 });
  });

  test('[access-11] a server that never answers is left at the deadline, and the program ends by itself', async () => {
    const index = join(__dirname, '../src/index.ts');
    const program = `import { openChannel } from ${JSON.stringify(index)};
      const channel = openChannel({ address: ${JSON.stringify(sim.address)}, clock: { now: () => new Date().toISOString(), sleep: async () => {} } });
      const start = Date.now();
      await channel.call('RebootDevice', { id: 'x' }, { deadlineMs: 200, write: true }).catch((e) => console.log(e.kind, e.outcome, Date.now() - start < 2000));
      channel.close();`;
    fault('RebootDevice', 'hangBefore');
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (out += chunk));
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect([out.trim(), code]).toEqual(['timedOut unknown true', 0]);
  }, 20_000);

  test('[access-12] after a restart on the same port the next call reconnects', async () => {
    expect(await client.version()).toBe('3.7.13');
    const port = Number(sim.address.split(':')[1]);
    await sim.close();
    await expect(client.onus.reboot('ALPHE3D1CFAB')).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringContaining(sim.address) });
    sim = await startVoltha(world, { olts: [{ ip: '10.20.0.11' }], grpcPort: port });
    const { sleep } = world.clock;
    world.clock.sleep = async (ms) => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      await sleep.call(world.clock, ms);
    };
    expect(await client.version()).toBe('3.7.13');
  });

  test('a passing 14 on a read is repeated; a write is not', async () => {
    fault('ListDevices', 'status', 14);
    fault('ListDevices', 'status', 14);
    expect(await client.olts.list()).toHaveLength(2);
    expect(sent('ListDevices')).toHaveLength(3);
  });

  test('[access-13] twenty thousand ONUs, well over 4 MB, arrive', async () => {
    sim.fleet.fill(20_000);
    const channel = openChannel({ address: sim.address, clock: world.clock });
    const all = await channel.call<{ items: object[] }>('ListDevices', {}, { deadlineMs: 30_000 });
    channel.close();
    expect(message('device.Devices').encode(all).length).toBeGreaterThan(4 * 1024 * 1024);
    const [olt] = await client.olts.list();
    expect(olt).toMatchObject({ deviceId: 'olt-1', onus: 20_000 });
    expect(await client.onus.findBySerial('BULK00004e1f')).toMatchObject({ ready: true, uni: 'BULK00004e1f-1' });
  }, 60_000);

  test('a plain HTTP port is not a VOLTHA', async () => {
    const wrong = voltha({ address: new URL(sim.vgcUrl).host, clock: world.clock });
    await expect(wrong.version()).rejects.toMatchObject({ name: 'VendorError', kind: 'unavailable' });
    wrong.close();
  });
});
