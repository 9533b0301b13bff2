import { join } from 'node:path';
import { registerBuilder, writeSnapshot } from '../../availability/src/index.ts';
import type { Db } from '../../journal/src/index.ts';
import { VirtualClock } from '../../sandbox/src/world.ts';
import { whenHeard } from '../src/addresses/whenHeard.ts';
import { folder, testHub, type TestHub } from './hub.ts';

let hub: TestHub;
let asked: string[];
/** Every statement the hub sends from now on that reads links or the list of drops. */
function listen(): void {
  asked = [];
  const db = hub.deps.db as { query: Db['query'] };
  const query = db.query;
  db.query = ((sql: string, params?: readonly unknown[]) => { if (/hashtext|FROM drop_link/.test(sql)) asked.push(sql); return query(sql, params); }) as Db['query'];
}
const about = () => hub.client.addresses.about();

describe('with a register', () => {
  beforeAll(async () => {
    const path = join(folder(), 'addresses');
    const builder = registerBuilder();
    for (const civic of ['12', '14']) builder.add({ civic, unit: '', street: 'rue Saint-Jean', town: 'Huntingdon', postalCode: 'J0S 1H0', latitude: 45.09, longitude: -74.17 });
    writeSnapshot(path, builder.finish({ source: 'test', licence: '', date: '2026-03-01' }));
    hub = await testHub({ addressSnapshot: path });
    await hub.tick();
  }, 60_000);
  afterAll(async () => hub.close());
  test('[S1-164] the tick asks the database nothing about links while none was written, leases or not', async () => {
    listen();
    await hub.client.drops.hold(1, { orderId: 'A' });
    for (let i = 0; i < 5; i += 1) await hub.tick();
    expect(asked).toEqual([]);
  });
  test('[S1-164] what another hub on the same database writes is told and taken up by the next tick', async () => {
    listen();
    const [first] = (await hub.client.availability.search('12 rue saint-jean huntingdon')).candidates;
    expect(first).toMatchObject({ municipality: 'Huntingdon' });
    expect(await about()).toMatchObject({ linked: 0, unlinked: 9 });
    await hub.deps.db.query(`INSERT INTO drop_link (tenant, fibre_id, status, address_id, label, matcher_version, linked_by, linked_at, candidates) VALUES ('main', 1, 'matched', 'x-12', 'x', '', 'other', now(), '[]')`);
    for (let i = 0; i < 50 && (await about()).linked === 0; i += 1) await hub.tick();
    expect(await about()).toMatchObject({ linked: 1, unlinked: 8 });
    const times = asked.length;
    for (let i = 0; i < 5; i += 1) await hub.tick();
    expect(asked).toHaveLength(times);
  });
});

test('[S1-164] without a register the list is read again when drops were written, and only then', async () => {
  hub = await testHub();
  await hub.tick();
  listen();
  await hub.client.drops.hold(1, { orderId: 'A' });
  for (let i = 0; i < 5; i += 1) await hub.tick();
  expect(asked).toEqual([]);
  await hub.deps.db.query(`UPDATE fibre_drop SET street = '18 rue Saint-Jean' WHERE fibre_id = 1`);
  for (let i = 0; i < 50 && asked.length === 0; i += 1) await hub.tick();
  expect((await hub.client.availability.search('18 rue saint-jean huntingdon')).match).toBe('exact');
  await hub.close();
});

test('a notice may be lost with its connection: on a server it is asked without one after a minute', async () => {
  const clock = new VirtualClock('2026-04-01T13:00:00.000Z');
  let read = 0;
  let fails = false;
  const made = (kind: Db['kind']) => whenHeard({ kind } as Db, clock, async () => { read += 1; if (fails) throw new Error('away'); });
  const server = made('postgresql');
  await server.read();
  await server.read();
  expect(read).toBe(1);
  clock.advance(60_000);
  await server.read();
  expect(read).toBe(2);
  const embedded = made('pglite');
  await embedded.read();
  clock.advance(600_000);
  await embedded.read();
  expect(read).toBe(3);
  // What failed is tried again.
  embedded.heard();
  fails = true;
  await expect(embedded.read()).rejects.toThrow('away');
  fails = false;
  await Promise.all([embedded.read(), embedded.read()]);
  expect(read).toBe(5);
});
