import { streetAlone } from '../src/addresses/streetAlone.ts';
import { testHub, type TestHub } from './hub.ts';

let hub: TestHub;
beforeAll(async () => { hub = await testHub({}, { publicPerMinute: 600 }); }, 60_000);
afterAll(async () => hub.close());
const ask = (address: string) => hub.ask('POST', '/v1/availability/qualify', { body: { address }, key: null });

test('[S1-154] a number that is not on a known street is counted on that street; a street without a number, or none at all, is not', async () => {
  for (const address of ['13 rue Saint-Jean, Huntingdon', '15 rue Saint-Jean, Huntingdon', 'chemin de la Rivière, Ormstown', '99 Yonge Street, Toronto']) await ask(address);
  expect(await hub.client.coverage.demand()).toMatchObject({ asked: 1, rows: [{ municipality: 'Huntingdon', street: 'rue Saint-Jean', kinds: { streetOnly: 1 }, latitude: null }] });
});

test('[S1-156] who waits is counted once per lead, on the street, weighs six times as much, and is not kept', async () => {
  const lead = { municipality: 'Franklin', street: '12A, rang Dix', key: 'lead_marie-tremblay' };
  expect(await hub.client.coverage.noteWaiting(lead)).toEqual({ type: 'waitingNoted', repeated: false });
  hub.clock.advance(3 * 86_400_000);
  expect(await hub.client.coverage.noteWaiting(lead)).toEqual({ type: 'waitingNoted', repeated: true });
  await hub.client.coverage.noteWaiting({ ...lead, street: '1re Avenue', key: 'lead_2', kind: 'planned' });
  const { waiting, rows } = await hub.client.coverage.demand();
  expect([waiting, rows.filter(({ municipality }) => municipality === 'Franklin').map(({ street, waiting: wait, kinds, expectedMrcMinor }) => [street, wait, kinds, expectedMrcMinor])]).toEqual([2, expect.arrayContaining([['rang Dix', 1, { notCovered: 1 }, 4797], ['1re Avenue', 1, { planned: 1 }, 4797]])]);
  const stored = await hub.deps.db.query('SELECT d.*, m.mark FROM demand d, demand_mark m');
  expect(JSON.stringify(stored.rows)).not.toMatch(/marie|12A|lead_/);
  expect((await hub.ask('GET', '/v1/coverage/demand.csv')).text).toContain('Franklin,rang Dix,0,1,4797');
  expect(await hub.ask('POST', '/v1/coverage/demand/waiting', { body: { municipality: 'Franklin', street: 'rang Dix' } })).toMatchObject({ status: 400, body: { path: 'key' } });
});

test.each([['12A, rang Dix', 'rang Dix'], ['12 rue Roy app. 3', 'rue Roy'], ['3-1234 rue Cartier', 'rue Cartier'], ['rue Roy 12', 'rue Roy'], ['12½ rue Roy', 'rue Roy'], ['1re Avenue', '1re Avenue'], ['2e Rang', '2e Rang'], ['138 route 138', 'route 138'], ['rang Dix', 'rang Dix']])('%s is kept as %s', (line, street) => expect(streetAlone(line)).toBe(street));
