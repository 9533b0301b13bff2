import { parseDropsCsv } from '../../hub/src/readDropsCsv.ts';
import { countByOlt, dropsCsv, generateDrops } from '../src/drops.ts';

const drops = generateDrops(1);
const olts = countByOlt(drops);

test('[S1-022] 16,056 drops, 4,949 connected, 11,107 not, 1,149 of those without a box', () => {
  expect(drops).toHaveLength(16_056);
  expect(drops.filter(({ sn }) => sn !== '')).toHaveLength(4_949);
  expect(drops.filter(({ sn }) => sn === '')).toHaveLength(11_107);
  expect(drops.filter(({ sn, boitierPasInstall }) => boitierPasInstall && sn === '')).toHaveLength(1_149);
  expect(drops.filter(({ boitierPasInstall }) => boitierPasInstall)).toHaveLength(1_149);
});

test.each([
  ['S1-027', '172.17.16.2', 'Saint-Anicet', 2155, 844, 1311], ['S1-028', '172.17.32.2', 'Hemmingford', 1742, 689, 1053], ['S1-029', '172.17.48.2', 'Saint-Antoine', 1383, 594, 789],
  ['S1-030', '172.17.64.2', 'Havelock', 1347, 484, 863], ['S1-031', '172.17.208.4', 'Athelstan', 1167, 589, 578], ['S1-032', '172.17.112.2', 'Saint-Louis', 1054, 329, 725],
])('[%s] %s %s has %i drops, %i connected, %i available', (_id, ip, location, total, connected, available) => {
  const olt = olts.find((one) => one.ip === ip)!;
  expect(olt).toEqual({ ip, location, total, connected });
  expect(olt.total - olt.connected).toBe(available);
});

test('[S1-033] 25 locations, 30 OLTs, and every row adds up', () => {
  expect(olts).toHaveLength(30);
  expect(new Set(olts.map(({ location }) => location)).size).toBe(25);
  expect([olts.reduce((sum, { total }) => sum + total, 0), olts.reduce((sum, { connected }) => sum + connected, 0)]).toEqual([16_056, 4_949]);
  for (const { total, connected } of olts) expect(connected > 0 && connected < total).toBe(true);
});

test('[S1-023] every drop has an address, coordinates in the territory and a port of its own; serials are ONT serials, each once', () => {
  expect(new Set(drops.map((d) => `${d.oltIp}/${d.frame}/${d.slot}/${d.port}/${d.ontid}`)).size).toBe(16_056);
  const serials = drops.map(({ sn }) => sn).filter(Boolean);
  expect(new Set(serials).size).toBe(4_949);
  for (const d of drops) {
    if (!(/^\d+A? \S/.test(d.rue) && /^J0[A-Z] \d[A-Z]\d$/.test(d.zip) && d.latitude > 44.8 && d.latitude < 45.5 && d.longitude > -74.7 && d.longitude < -73 && d.port < 16 && d.ontid < 64 && /^((RCMG|TPLG)[0-9A-F]{8})?$/.test(d.sn))) throw new Error(JSON.stringify(d));
  }
  const addresses = new Set(drops.map(({ rue, ville }) => `${rue}|${ville}`)).size;
  expect(addresses).toBeGreaterThan(15_500);
  expect(addresses).toBeLessThan(16_056);
});

test('the same seed gives the same register, another seed another', () => {
  expect(generateDrops(1)).toEqual(drops);
  expect(generateDrops(2)).not.toEqual(drops);
  expect(generateDrops(2).filter(({ sn }) => sn !== '')).toHaveLength(4_949);
});

test('the CSV is read by the hub without losing a field', () => {
  const read = parseDropsCsv(dropsCsv(drops));
  expect(read).toHaveLength(16_056);
  const [mine, theirs] = [drops[8_000]!, read[8_000]!];
  expect([theirs.fibreId, theirs.street, theirs.city, theirs.postalCode, theirs.latitude, theirs.longitude, theirs.oltName, theirs.oltIp, theirs.slot, theirs.port, theirs.ontId, theirs.sn, theirs.boxMissing, theirs.zone, theirs.maxDownMbps]).toEqual([
    mine.id, mine.rue, mine.ville, mine.zip, mine.latitude, mine.longitude, mine.oltName, mine.oltIp, mine.slot, mine.port, mine.ontid, mine.sn, mine.boitierPasInstall, mine.zone, mine.maxDownMbps,
  ]);
});
