import type { Drop, Lease } from '../src/api.ts';
import { testHub, type TestHub } from './hub.ts';

let hub: TestHub;
beforeAll(async () => { hub = await testHub(); }, 60_000);
afterAll(async () => hub.close());
const token = (result: object): string => (result as Lease).token;

test('[S1-023] a drop is read with its OLT, port and state', async () => {
  expect(await hub.client.drops.get(1)).toEqual({
    fibreId: 1, street: '12 rue Saint-Jean', city: 'Huntingdon', postalCode: 'J0S 1H0', latitude: 45.09, longitude: -74.17, oltName: 'Huntingdon 1', oltIp: '172.17.128.2', frame: 0, slot: 1, port: 3, ontId: 1, zone: '1', maxDownMbps: 1500, state: 'free',
  });
  expect(await Promise.all([2, 3].map(async (id) => ((await hub.client.drops.get(id)) as Drop).state))).toEqual(['occupied', 'boxMissing']);
  expect(await hub.ask('GET', '/v1/drops/777')).toMatchObject({ status: 404, body: { type: 'refused', code: 'dropUnknown', path: 'fibreId' } });
});

test('[S1-097] hold, confirm, connect: the lease moves on and the serial stands only where an ONT is', async () => {
  const held = await hub.client.drops.hold(6, { orderId: 'A' });
  expect(held).toMatchObject({ type: 'held', until: '2026-04-01T13:15:00.000Z', drop: { state: 'held' } });
  expect(await hub.client.drops.confirm(6, { orderId: 'A', token: token(held) })).toMatchObject({ type: 'confirmed', until: '2026-05-01T13:00:00.000Z', drop: { state: 'reserved' } });
  const { rows } = await hub.deps.db.query<{ sn: string }>('SELECT sn FROM fibre_drop WHERE fibre_id = 6');
  expect(rows).toEqual([{ sn: '' }]);
  expect(await hub.client.drops.occupy(6, { orderId: 'A', token: token(held), serial: 'rcmg19e01234' })).toMatchObject({ type: 'occupied', until: null, drop: { state: 'occupied' } });
  expect((await hub.deps.db.query('SELECT sn FROM fibre_drop WHERE fibre_id = 6')).rows).toEqual([{ sn: 'RCMG19E01234' }]);
});

test('[S1-097] forty orders over HTTP for one port: one holds it, thirty-nine are told so', async () => {
  const results = await Promise.all(Array.from({ length: 40 }, (_, i) => hub.client.drops.hold(7, { orderId: `race-${i}` })));
  expect(results.filter(({ type }) => type === 'held')).toHaveLength(1);
  expect(results.filter((one) => one.type === 'refused' && one.code === 'portHeld')).toHaveLength(39);
  expect(await hub.client.events.list({ stream: 'drop-7' })).toHaveLength(1);
});

test('[S1-098] a hold runs out by itself; the tick tells, and the port is free again', async () => {
  await hub.client.drops.hold(8, { orderId: 'A', holdSeconds: 60 });
  expect(await hub.client.drops.hold(8, { orderId: 'B' })).toMatchObject({ type: 'refused', code: 'portHeld' });
  hub.clock.advance(60_001);
  await hub.tick();
  expect((await hub.client.events.list({ stream: 'drop-8' })).map(({ type }) => type)).toEqual(['port.held', 'port.expired']);
  expect(await hub.client.drops.hold(8, { orderId: 'B' })).toMatchObject({ type: 'held' });
});

test('[S1-098] released by its owner only, and again without harm', async () => {
  const held = await hub.client.drops.hold(9, { orderId: 'A' });
  expect(await hub.client.drops.release(9, { orderId: 'B', token: token(held) })).toMatchObject({ type: 'refused', code: 'leaseNotYours' });
  expect(await hub.client.drops.release(9, { orderId: 'A', token: token(held) })).toMatchObject({ type: 'released', drop: { state: 'free' } });
  expect(await hub.client.drops.release(9, { orderId: 'A', token: token(held) })).toMatchObject({ type: 'released' });
});

test('[S1-097] an address that is not the drop’s, an occupied drop and one without a box hold nothing', async () => {
  const address = { street: '12, r. St-Jean', city: 'HUNTINGDON', postalCode: 'J0S1H0' };
  const before = (await hub.client.events.list({ types: 'port.*' })).length;
  expect(await hub.ask('POST', '/v1/drops/1/hold', { body: { orderId: 'A', address: { ...address, street: '14 rue Saint-Jean' } } })).toMatchObject({ status: 422, body: { code: 'addressMismatch', path: 'address' } });
  expect(await hub.client.drops.hold(1, { orderId: 'A', address: { ...address, city: 'Ormstown' } })).toMatchObject({ code: 'addressMismatch' });
  expect(await hub.client.drops.hold(2, { orderId: 'A' })).toMatchObject({ code: 'portOccupied' });
  expect(await hub.client.drops.hold(3, { orderId: 'A' })).toMatchObject({ code: 'boxMissing' });
  expect(await hub.client.drops.hold(999, { orderId: 'A', address })).toMatchObject({ code: 'dropUnknown' });
  expect(await hub.client.events.list({ types: 'port.*' })).toHaveLength(before);
  expect(await hub.client.drops.hold(1, { orderId: 'A', address })).toMatchObject({ type: 'held' });
});

test('[S1-097] an apartment does not care which fibre it gets: another port of the same door, and its own again', async () => {
  expect(await hub.client.drops.hold(4, { orderId: 'flat' })).toMatchObject({ type: 'refused', code: 'portOccupied' });
  const first = await hub.client.drops.hold(4, { orderId: 'flat', orAnotherAtDoor: true });
  expect(first).toMatchObject({ type: 'held', drop: { fibreId: 5 } });
  expect(await hub.client.drops.hold(4, { orderId: 'flat', orAnotherAtDoor: true })).toMatchObject({ type: 'held', token: token(first), drop: { fibreId: 5 } });
  expect(await hub.client.drops.hold(4, { orderId: 'late', orAnotherAtDoor: true })).toMatchObject({ type: 'refused', code: 'portOccupied' });
});

test('[S1-098] who holds what: drops by state, OLT and order, page by page', async () => {
  await hub.client.drops.hold(9, { orderId: 'seen' });
  expect(await hub.client.drops.list({ state: 'held', orderId: 'seen' })).toMatchObject({ type: 'drops', drops: [{ fibreId: 9, state: 'held', orderId: 'seen', until: expect.any(String) }], next: null });
  const first = await hub.client.drops.list({ oltIp: '172.17.128.2', limit: 4 });
  expect([first.drops.length, first.next]).toEqual([4, 4]);
  expect((await hub.client.drops.list({ after: 4, limit: 1000 })).drops.map(({ fibreId }) => fibreId)).toEqual([5, 6, 7, 8, 9]);
  expect((await hub.client.drops.list({ state: 'boxMissing' })).drops.map(({ fibreId }) => fibreId)).toEqual([3]);
});

test('[S1-156] the list taken over again: leases stay, and where an order became possible it is told once', async () => {
  const row = (id: number, rue: string, ontid: number, box: 0 | 1, ville = 'Huntingdon') => `${id},${rue},${ville},J0S 1H0,45.09,-74.17,Huntingdon 1,172.17.128.2,0,1,3,${ontid},,${box},1,1500`;
  const csv = ['id,rue,ville,zip,latitude,longitude,olt_name,olt_ip,frame,slot,port,ontid,sn,boitier_pas_install,zone,max_down_mbps', row(3, '16 rue Saint-Jean', 3, 0), row(9, '90 chemin de la Rivière', 9, 0, 'Ormstown'), row(40, '3 rue Neuve', 40, 0), row(41, '5 rue Neuve', 41, 1)].join('\n');
  expect(await hub.client.drops.import({ csv })).toMatchObject({ type: 'dropsImported', added: 2, changed: 2, unchanged: 0, opened: { Huntingdon: 2 } });
  expect(await hub.client.drops.import({ csv })).toMatchObject({ added: 0, changed: 0, unchanged: 4, opened: {} });
  expect(await hub.client.drops.get(9)).toMatchObject({ postalCode: 'J0S 1H0', state: 'held' });
  expect((await hub.client.events.list({ types: 'coverage.arrived' })).map(({ data }) => data)).toEqual([{ municipality: 'Huntingdon', drops: 2 }]);
  expect((await hub.ask('POST', '/v1/availability/qualify', { body: { address: '3 rue Neuve, Huntingdon' } })).body).toMatchObject({ availability: 'available', premises: { fibreId: 40 } });
  expect(await hub.ask('POST', '/v1/drops/import', { body: { csv: 'id,rue\n1,x' } })).toMatchObject({ status: 400, body: { code: 'badInput', path: 'csv', message: expect.stringContaining('has no column') } });
});
