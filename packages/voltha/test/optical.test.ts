import { startVoltha, type VolthaRunning } from '../../sandbox/src/voltha/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { opticalVerdict, voltha, type Voltha } from '../src/index.ts';

const ont = { serial: 'ALPHE3D1CFAB', oltIp: '10.20.0.11', ponPort: 3, productClass: 'x', oui: 'x' };
let world: World;
let sim: VolthaRunning;
let client: Voltha;
beforeEach(async () => {
  world = new World();
  sim = await startVoltha(world, { olts: [{ ip: '10.20.0.11' }] });
  client = voltha({ address: sim.address, clock: world.clock });
});
afterEach(async () => {
  client.close();
  await sim.close();
});
const plug = async (rxPowerDbm: number, serial = ont.serial) => {
  await world.emit('ont.plugged', { ...ont, serial, rxPowerDbm });
  world.clock.advance(30_000);
};

test('[S0-105] [access-5] both ends, rounded to a hundredth', async () => {
  await plug(-21.437);
  expect(await client.optical(ont.serial)).toEqual({
    serial: 'ALPHe3d1cfab', oltDeviceId: 'olt-1', ponPort: 3, rxPowerDbm: -21.44, txPowerDbm: 2.31, oltRxPowerDbm: -22.64, laserBiasMa: 9.8, temperatureC: 41.25, verdict: 'good',
    because: ['The ONT receives -21.44 dBm, within limits.', 'The OLT receives -22.64 dBm, within limits.'],
  });
});

test('[access-5] exactly −30 is no reading', async () => {
  await plug(-30);
  expect(await client.optical(ont.serial)).toMatchObject({ rxPowerDbm: null, verdict: 'critical', because: [expect.stringContaining('no reading'), expect.stringContaining('-31.20 dBm, below -28')] });
});

test('[access-5] an error inside an OK answer is an error; TIMEOUT is asked once more after five seconds', async () => {
  await plug(-20);
  sim.fleet.unplug(ont.serial);
  const before = world.clock.ms;
  await expect(client.optical(ont.serial)).rejects.toMatchObject({ kind: 'deviceSilent', detail: { errReason: 'TIMEOUT' } });
  expect(world.clock.ms - before).toBe(5_000);
  expect(world.calls.filter((call) => call.path === 'GetExtValue')).toHaveLength(2);
});

test('[access-5] an OLT that does not measure leaves the ONT’s reading standing, and says so', async () => {
  await plug(-20);
  const { takeFault } = world;
  let asked = 0;
  world.takeFault = (system, method, path) => (path === 'GetExtValue' && (asked += 1) === 2 ? { system, kind: 'status', status: 2, body: 'unimplemented' } : takeFault.call(world, system, method, path));
  expect(await client.optical(ont.serial)).toMatchObject({ rxPowerDbm: -20, oltRxPowerDbm: null, verdict: 'good', because: [expect.anything(), 'The OLT receives: no reading.', 'The OLT gave no level: unexpectedReply.'] });
});

test('[access-6] readers of one ONU queue, readers of different ones do not', async () => {
  await plug(-20);
  await plug(-22, 'ALPH00000002');
  // The simulated ONU answers INTERNAL_ERROR to a second self-test while one runs.
  const reads = await Promise.all([ont.serial, ont.serial, ont.serial, 'ALPH00000002'].map((serial) => client.optical(serial)));
  expect(reads.map((read) => read.rxPowerDbm)).toEqual([-20, -20, -20, -22]);
});

test('[S0-105] a PON: one list, one question to the OLT, one self-test per lit ONU; one that fails does not stop the others', async () => {
  await plug(-20);
  await plug(-28, 'ALPH00000002');
  await plug(-21, 'ALPH00000003');
  await plug(-22, 'ALPH00000004');
  await world.emit('ont.plugged', { ...ont, serial: 'ALPH00000005', ponPort: 4, rxPowerDbm: -20 });
  world.clock.advance(30_000);
  sim.fleet.unplug('ALPH00000003');
  // ALPH00000004 is busy with another self-test all the time.
  const silent = sim.fleet.onus.find((onu) => onu.serial === 'ALPH00000004')!;
  world.inject({ system: 'voltha', method: 'GRPC', path: '^GetExtValue$', kind: 'status', status: 2, body: 'busy', skip: 3 });
  world.calls.length = 0;
  const scan = await client.scan('olt-1', 3);
  expect(scan).toMatchObject({ oltDeviceId: 'olt-1', ponPort: 3, failed: 1 });
  expect(scan.readings.map(({ serial, verdict }) => [serial, verdict])).toEqual([['ALPH00000002', 'critical'], ['ALPH00000003', 'noReading'], [silent.serial, 'noReading'], ['ALPHe3d1cfab', 'good']]);
  expect(scan.readings[1]!.because).toContain('The ONT is UNREACHABLE: not asked.');
  expect(world.calls.filter((call) => call.path === 'ListDevices')).toHaveLength(1);
  expect(world.calls.filter((call) => call.body.includes('oltRxPower')).filter((call) => call.body.includes('"request":"oltRxPower"'))).toHaveLength(1);
  expect(world.calls.filter((call) => call.body.includes('"request":"onuOpticalInfo"'))).toHaveLength(3);
  expect(await client.scan('olt-1', 9)).toEqual({ oltDeviceId: 'olt-1', ponPort: 9, readings: [], failed: 0 });
});

describe('the verdict', () => {
  test.each([
    [-8.5, -9, 'good'], [-7.9, -20, 'warning'], [-25, -26, 'good'], [-25.01, -20, 'warning'], [-27.01, -20, 'critical'],
    [-20, -26.5, 'warning'], [-20, -28.5, 'critical'], [-26, -28.5, 'critical'], [null, -20, 'noReading'], [null, null, 'noReading'], [null, -29, 'critical'], [-20, null, 'good'],
  ] as const)('ONT %s, OLT %s: %s', (rxPowerDbm, oltRxPowerDbm, verdict) => expect(opticalVerdict({ rxPowerDbm, oltRxPowerDbm }).verdict).toBe(verdict));
  test('limits are the operator’s', () => {
    const limits = { onu: { high: -8, warning: -20, critical: -22 }, olt: { high: -8, warning: -26, critical: -28 } };
    expect(opticalVerdict({ rxPowerDbm: -21, oltRxPowerDbm: -22 }, limits)).toEqual({ verdict: 'warning', because: ['The ONT receives -21.00 dBm, below -20 dBm: weak.', 'The OLT receives -22.00 dBm, within limits.'] });
  });
});
