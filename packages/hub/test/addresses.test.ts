import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { registerBuilder, writeSnapshot } from '../../availability/src/index.ts';
import { folder, testHub, type TestHub } from './hub.ts';

/** The public register: the operator's own streets, and one where it has no drop. */
function snapshot(path: string, extra: readonly string[] = []): string {
  const builder = registerBuilder();
  const add = (civic: string, street: string, town: string, postalCode: string, latitude = 45.09, longitude = -74.17): void => void builder.add({ civic, unit: '', street, town, postalCode, latitude, longitude });
  for (const civic of ['12', '14', '16', '20', '22']) add(civic, 'rue Saint-Jean', 'Huntingdon', 'J0S 1H0');
  for (const civic of ['60', '70', '80', '90']) add(civic, 'chemin de la Rivière', 'Ormstown', 'J0S 1K0');
  for (const civic of ['5', '7', ...extra]) add(civic, 'rang Dix', 'Franklin', 'J0S 1E0', 45.03, -73.92);
  writeSnapshot(path, builder.finish({ source: 'test register', licence: 'CC BY 4.0', date: '2026-03-01' }));
  return path;
}
let hub: TestHub;
let path: string;
const qualify = async (body: object) => (await hub.ask('POST', '/v1/availability/qualify', { body, key: null })).body as unknown as Record<string, unknown>;
beforeEach(async () => {
  path = snapshot(join(folder(), 'addresses'));
  hub = await testHub({ addressSnapshot: path });
}, 60_000);
afterEach(async () => hub.close());
const run = async (body: object = {}): Promise<Record<string, unknown>> => {
  await hub.ask('POST', '/v1/addresses/links/run', { body });
  for (let i = 0; i < 2000; i += 1) {
    const { body: state } = await hub.ask('GET', '/v1/addresses/links/run');
    if (state['state'] !== 'running') return state;
  }
  throw new Error('the run did not end');
};

test('[S1-160] drops are linked to the register: dry first, then for good, then again without a write', async () => {
  expect(await run({ dryRun: true })).toMatchObject({ state: 'done', dryRun: true, of: 9, done: 9, matched: 9, changed: 0 });
  expect((await hub.ask('GET', '/v1/addresses/links/report')).body).toMatchObject({ drops: 9, matched: 0 });
  expect(await qualify({ address: '12 rue Saint-Jean, Huntingdon' })).toMatchObject({ match: 'exact', availability: 'notCovered' });
  expect(await run()).toMatchObject({ state: 'done', matched: 9, ambiguous: 0, unmatched: 0, changed: 9 });
  expect(await run()).toMatchObject({ matched: 9, changed: 0 });
  expect((await hub.ask('GET', '/v1/addresses')).body).toMatchObject({ kind: 'register', source: 'test register', licence: 'CC BY 4.0', addresses: 11, linked: 9, unlinked: 0 });
  expect(await qualify({ address: '12 st jean huntingdon' })).toMatchObject({ availability: 'available', premises: { fibreId: 1 }, maxDownMbps: 1500 });
  expect(await qualify({ address: '20 rue Saint-Jean, Huntingdon' })).toMatchObject({ premises: { fibreId: 5 } });
  expect((await hub.ask('GET', '/v1/addresses/links?status=matched&limit=2')).body).toMatchObject({ links: [{ fibreId: 1, method: 'text', by: 'matcher', matcherVersion: 'match/1' }, { fibreId: 2 }], next: 2 });
});

test("[S1-160] a person's word is never overwritten by a run", async () => {
  await run();
  const links = (await hub.ask('GET', '/v1/addresses/links')).body['links'] as unknown as { fibreId: number; addressId: string }[];
  const other = links.find(({ fibreId }) => fibreId === 6)!.addressId;
  expect((await hub.ask('PUT', '/v1/addresses/links/1', { body: { addressId: other, by: 'marie' } })).body).toMatchObject({ type: 'dropLink', status: 'matched', method: 'human', by: 'marie', label: '60 chemin de la Rivière, Ormstown J0S 1K0' });
  expect(await run()).toMatchObject({ kept: 1, changed: 0 });
  expect(await qualify({ address: '60 chemin de la Rivière, Ormstown' })).toMatchObject({ premises: { fibreId: 1 } });
  expect((await hub.ask('PUT', '/v1/addresses/links/1', { body: { addressId: 'nonsense-1' } })).body).toMatchObject({ code: 'badInput', path: 'addressId' });
  expect((await hub.ask('PUT', '/v1/addresses/links/999', { body: { addressId: null } })).body).toMatchObject({ code: 'dropUnknown' });
  expect((await hub.ask('PUT', '/v1/addresses/links/1', { body: { addressId: null } })).body).toMatchObject({ status: 'unmatched', addressId: null });
});

test('[S1-021] [S1-150] register address without a drop: not covered, or planned when a zone says so', async () => {
  await run();
  expect(await qualify({ address: '5 rang Dix, Franklin' })).toMatchObject({ match: 'exact', availability: 'notCovered', message: { fr: expect.stringContaining('pas encore disponible') } });
  expect((await hub.ask('PUT', '/v1/coverage/zones/2027-sud', { body: { municipalities: ['Franklin'], postalAreas: ['J0S'] } })).body).toMatchObject({ type: 'zone', name: '2027-sud' });
  expect(await qualify({ address: '5 rang Dix, Franklin' })).toMatchObject({ availability: 'planned' });
  expect((await hub.ask('GET', '/v1/coverage/zones')).body).toMatchObject({ zones: [{ name: '2027-sud', municipalities: ['Franklin'], postalAreas: ['J0S'] }] });
  await hub.ask('DELETE', '/v1/coverage/zones/2027-sud');
  expect(await qualify({ address: '5 rang Dix, Franklin' })).toMatchObject({ availability: 'notCovered' });
  expect((await hub.ask('DELETE', '/v1/coverage/zones/2027-sud')).body).toMatchObject({ code: 'badInput' });
});

test('tokens: only what a search has shown may be asked about, for an hour, and not by another spelling', async () => {
  await run();
  const { candidates } = await hub.client.availability.search('12 rue saint-jean huntingdon');
  const token = candidates[0]!.premisesId;
  expect(token).toMatch(/^pick_/);
  expect(await qualify({ premisesId: token })).toMatchObject({ availability: 'available' });
  const forged = token.slice(0, -3) + (token.endsWith('AAA') ? 'BBB' : 'AAA');
  expect(await qualify({ premisesId: forged })).toMatchObject({ code: 'badInput', path: 'premisesId' });
  const links = (await hub.ask('GET', '/v1/addresses/links')).body['links'] as unknown as { addressId: string }[];
  expect(await qualify({ premisesId: links[0]!.addressId })).toMatchObject({ code: 'badInput' });
  hub.clock.advance(3_601_000);
  expect(await qualify({ premisesId: token })).toMatchObject({ code: 'badInput', message: expect.stringContaining('run out') });
});

test('a register renamed over the old one is taken up; a damaged one is not, and the old one answers on', async () => {
  await run();
  expect(await qualify({ address: '9 rang Dix, Franklin' })).toMatchObject({ match: 'streetOnly' });
  snapshot(`${path}.next`, ['9']);
  renameSync(`${path}.next`, path);
  await hub.tick();
  expect(await qualify({ address: '9 rang Dix, Franklin' })).toMatchObject({ match: 'exact' });
  writeFileSync(`${path}.bad`, 'LEADADR\nnonsense');
  renameSync(`${path}.bad`, path);
  await hub.tick();
  await hub.tick();
  expect(await qualify({ address: '9 rang Dix, Franklin' })).toMatchObject({ match: 'exact' });
});

test('[S1-156] where people ask in vain is counted by street, without people: JSON, CSV, GeoJSON, picture', async () => {
  await run();
  for (let i = 0; i < 3; i += 1) await qualify({ address: '5 rang Dix, Franklin' });
  await qualify({ address: '16 rue Saint-Jean, Huntingdon' });
  const { body } = await hub.ask('GET', '/v1/coverage/demand');
  // The same caller on the same day is one.
  expect(body).toMatchObject({ type: 'demand', asked: 2, rows: [{ municipality: 'Franklin', street: 'rang Dix', asked: 1, kinds: { notCovered: 1 }, latitude: 45.03, expectedMrcMinor: 800 }, { municipality: 'Huntingdon', street: 'rue Saint-Jean', kinds: { availableNeedsBox: 1 } }] });
  hub.clock.advance(86_400_000);
  await qualify({ address: '7 rang Dix, Franklin' });
  expect((await hub.ask('GET', '/v1/coverage/demand?by=municipality')).body).toMatchObject({ rows: [{ municipality: 'Franklin', street: '', asked: 2, firstOn: '2026-04-01', lastOn: '2026-04-02' }, {}] });
  expect((await hub.ask('GET', '/v1/coverage/demand.csv')).text.split('\n')[1]).toBe('Franklin,rang Dix,2,0,1599,45.03,-73.92,2026-04-01,2026-04-02');
  const geo = JSON.parse((await hub.ask('GET', '/v1/coverage/demand.geojson')).text) as { features: object[] };
  expect(geo.features[0]).toMatchObject({ geometry: { type: 'Point', coordinates: [-73.92, 45.03] }, properties: { municipality: 'Franklin' } });
  const picture = await hub.ask('GET', '/v1/coverage/demand.svg');
  expect(picture.headers.get('content-type')).toContain('image/svg+xml');
  expect(picture.text).toContain('<title>Franklin: 2 asked, 0 wait, 16 $ a month</title>');
  expect(JSON.stringify(body) + picture.text).not.toMatch(/"5 |>5 rang/);
});

test('[S1-033] occupancy: total − connected = available on every row and in the totals', async () => {
  const { body } = await hub.ask('GET', '/v1/coverage/occupancy');
  expect(body).toMatchObject({ rows: [{ location: 'Huntingdon', total: 9, connected: 2, available: 7, boxMissing: 1 }], totals: { total: 9, connected: 2, available: 7, locations: 1, olts: 1 } });
});
