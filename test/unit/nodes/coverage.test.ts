import { FibreAvailability } from '../../../nodes/FibreAvailability/FibreAvailability.node.ts';
import { registerBuilder, writeSnapshot } from '../../../packages/availability/src/index.ts';
import { folder, KEY, testHub, type TestHub } from '../../../packages/hub/test/hub.ts';
import { only, pick, run } from '../support/n8n.ts';

const fibre = new FibreAvailability();
let hub: TestHub;
let credentials: Record<string, string>;
beforeAll(async () => {
  const builder = registerBuilder();
  for (const civic of ['12', '14', '16', '20']) builder.add({ civic, unit: '', street: 'rue Saint-Jean', town: 'Huntingdon', postalCode: 'J0S 1H0', latitude: 45.09, longitude: -74.17 });
  builder.add({ civic: '5', unit: '', street: 'rang Dix', town: 'Franklin', postalCode: 'J0S 1E0', latitude: 45.03, longitude: -73.92 });
  const path = `${folder()}/addresses`;
  writeSnapshot(path, builder.finish({ source: 'test', licence: '', date: '2026-01-01' }));
  hub = await testHub({ addressSnapshot: path });
  credentials = { baseUrl: hub.url, apiKey: KEY };
}, 60_000);
afterAll(() => hub.close());

const rows = async (parameters: Record<string, unknown>) => run(fibre, { items: [parameters], credentials });

test('[S1-160] Link: Run, Get Report, Get Many and Decide', async () => {
  expect(await only(fibre, { resource: 'link', operation: 'run', dryRun: false }, credentials)).toMatchObject({ type: 'linkRun', state: 'running' });
  let report: Record<string, unknown> = {};
  for (let i = 0; i < 400 && (report['run'] as { state?: string } | undefined)?.state !== 'done'; i += 1) report = await only(fibre, { resource: 'link', operation: 'getReport' }, credentials);
  // Four drops of Ormstown are in no register.
  expect(report).toMatchObject({ drops: 9, matched: 5, unmatched: 4, run: { state: 'done' } });
  const unmatched = (await rows({ resource: 'link', operation: 'getMany', status: 'unmatched', returnAll: true })).map(({ json }) => json['fibreId']);
  expect(unmatched).toEqual([6, 7, 8, 9]);
  const [first] = await rows({ resource: 'link', operation: 'getMany', status: 'matched', returnAll: false, limit: 1 });
  expect(await only(fibre, { resource: 'link', operation: 'decide', fibreId: pick('id', '6'), addressId: first!.json['addressId'], decidedBy: 'marie' }, credentials)).toMatchObject({ status: 'matched', method: 'human', by: 'marie' });
  expect(await only(fibre, { resource: 'link', operation: 'decide', fibreId: pick('id', '6'), addressId: '', decidedBy: 'marie' }, credentials)).toMatchObject({ status: 'unmatched' });
});

test('[S1-033] [S1-154] Coverage: Get Occupancy, Set Zone, Get Zones, Remove Zone, Get Demand', async () => {
  expect(await only(fibre, { resource: 'coverage', operation: 'getOccupancy' }, credentials)).toMatchObject({ totals: { total: 9, connected: 2, available: 7 } });
  expect(await only(fibre, { resource: 'coverage', operation: 'setZone', zone: 'South 2027', municipalities: 'Franklin, Havelock', options: { postalAreas: 'J0S' } }, credentials)).toMatchObject({ type: 'zone', name: 'South 2027' });
  expect(await only(fibre, { resource: 'coverage', operation: 'getZones' }, credentials)).toEqual({ name: 'South 2027', municipalities: ['Franklin', 'Havelock'], postalAreas: ['J0S'] });
  expect(await only(fibre, { resource: 'address', operation: 'qualify', address: '5 rang Dix, Franklin' }, credentials)).toMatchObject({ availability: 'planned' });
  expect(await only(fibre, { resource: 'coverage', operation: 'getDemand', by: 'municipality' }, credentials)).toMatchObject({ municipality: 'Franklin', asked: 1, kinds: { planned: 1 } });
  expect(await only(fibre, { resource: 'coverage', operation: 'removeZone', zone: 'South 2027' }, credentials)).toMatchObject({ removed: true });
});

test('[S1-021] Coverage: Set, Get and Remove OLT; Drop: Get Speed follows, with reasons; the public reads the speed alone', async () => {
  const olt = { oltIp: '172.17.128.2', technology: 'gpon', split: 64 };
  expect(await only(fibre, { resource: 'coverage', operation: 'setOlt', ...olt, options: { uplinkMbps: 1000, pons: '[{ "frame": 0, "slot": 9, "port": 9, "split": 32 }]', sold: '{ "downMbps": 1000, "upMbps": 1000 }' } }, credentials)).toMatchObject({ type: 'olt', oltIp: '172.17.128.2', uplinkMbps: 1000, pons: [{ slot: 9 }] });
  expect(await only(fibre, { resource: 'coverage', operation: 'getOlts' }, credentials)).toMatchObject({ ...olt, sold: { downMbps: 1000 } });
  expect(await only(fibre, { resource: 'drop', operation: 'getSpeed', fibreId: pick('id', '1') }, credentials)).toMatchObject({ type: 'dropSpeed', downMbps: 500, ownMaxDownMbps: 1500, limitedBy: 'uplink', because: expect.arrayContaining([expect.stringContaining('uplink of 1000/1000')]) });
  expect(await only(fibre, { resource: 'coverage', operation: 'removeOlt', oltIp: '172.17.128.2' }, credentials)).toMatchObject({ removed: true });
  expect(await only(fibre, { resource: 'drop', operation: 'getSpeed', fibreId: pick('id', '1') }, credentials)).toMatchObject({ downMbps: 1500, limitedBy: 'drop' });
});

test('[S1-156] Coverage: Note Waiting counts a lead once on its street', async () => {
  const lead = { resource: 'coverage', operation: 'noteWaiting', municipality: 'Franklin', street: '7 rang Dix', key: 'lead_1', options: { kind: 'planned' } };
  expect(await only(fibre, lead, credentials)).toEqual({ type: 'waitingNoted', repeated: false });
  expect(await only(fibre, lead, credentials)).toEqual({ type: 'waitingNoted', repeated: true });
  expect(await only(fibre, { resource: 'coverage', operation: 'getDemand', by: 'street' }, credentials)).toMatchObject({ municipality: 'Franklin', street: 'rang Dix', waiting: 1 });
});

test('[S1-098] Port: Get Many lists the leases, Take Back needs no token', async () => {
  await only(fibre, { resource: 'port', operation: 'hold', fibreId: pick('id', '1'), orderId: 'ord_1', options: {} }, credentials);
  expect(await only(fibre, { resource: 'port', operation: 'getMany', returnAll: true, options: { state: 'held', oltIp: '172.17.128.2' } }, credentials)).toMatchObject({ fibreId: 1, state: 'held', orderId: 'ord_1' });
  expect(await only(fibre, { resource: 'port', operation: 'takeBack', fibreId: pick('id', '1'), orderId: 'ord_2' }, credentials)).toMatchObject({ type: 'refused', code: 'leaseNotYours' });
  expect(await only(fibre, { resource: 'port', operation: 'takeBack', fibreId: pick('id', '1'), orderId: 'ord_1' }, credentials)).toMatchObject({ type: 'released', drop: { state: 'free' } });
  expect(await rows({ resource: 'port', operation: 'getMany', returnAll: true, options: {} })).toEqual([]);
});

test('[S1-098] Drop: Get Many by state and Import; Hold takes another port of the door', async () => {
  expect((await rows({ resource: 'drop', operation: 'getMany', returnAll: true, options: { state: 'occupied' } })).map(({ json }) => json['fibreId'])).toEqual([2, 4]);
  expect(await only(fibre, { resource: 'port', operation: 'hold', fibreId: pick('id', '4'), orderId: 'ord_x', options: { orAnotherAtDoor: true } }, credentials)).toMatchObject({ type: 'held', drop: { fibreId: 5 } });
  const csv = 'id,rue,ville,zip,olt_ip,frame,slot,port,ontid,sn\n50,1 rue Neuve,Huntingdon,J0S 1H0,172.17.128.2,0,1,4,1,';
  expect(await only(fibre, { resource: 'drop', operation: 'import', csv }, credentials)).toMatchObject({ added: 1, opened: { Huntingdon: 1 } });
});
