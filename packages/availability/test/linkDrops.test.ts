import fc from 'fast-check';
import { linker, registerBuilder, type DropToLink } from '../src/index.ts';

const builder = registerBuilder();
const add = (civic: string, street: string, town: string, latitude: number, longitude: number, postalCode = 'J0S 1M0'): void => void builder.add({ civic, unit: '', street, town, postalCode, latitude, longitude });
for (let i = 0; i < 40; i += 1) {
  add(String(100 + i), 'rue Principale', 'Saint-Anicet', 45.13 + i * 0.0002, -74.36);
  add(String(100 + i), 'rue Principale', 'Elgin', 45.02 + i * 0.0002, -74.27, 'J0S 2E0');
  add(String(200 + i), 'chemin des Érables', 'Saint-Anicet', 45.14, -74.35 + i * 0.0002);
}
const register = builder.finish({ source: 'test', licence: '', date: '2026-01-01' });
const drop = (street: string, town: string, more: Partial<DropToLink> = {}): DropToLink => ({ id: 1, street, town, postalCode: '', latitude: NaN, longitude: NaN, ...more });
const link = (one: DropToLink, all: readonly DropToLink[] = [one]) => linker(register, all)(one);

test('[S1-160] a drop written in the old way is linked, with score, distance, method and matcher version', () => {
  const found = link(drop('112 RUE PRINCIPALE', 'ST-ANICET', { postalCode: 'j0s1m0', latitude: 45.1324, longitude: -74.3601 }));
  expect(found).toMatchObject({ status: 'matched', matcherVersion: 'match/1', candidates: [{ label: '112 rue Principale, Saint-Anicet J0S 1M0', method: 'text+geo' }] });
  expect(found.candidates[0]!.distanceM).toBeLessThan(20);
  expect(found.margin).toBeGreaterThan(0.03);
});
test('[S1-024] where the town is unknown, what stands there decides; far away it is only a question', () => {
  const here = link(drop('112 principale', 'Port Perdu', { latitude: 45.1324, longitude: -74.36 }));
  expect(here).toMatchObject({ status: 'matched', candidates: [{ town: 'Saint-Anicet' }, {}] });
  expect(link(drop('112 principale', 'Port Perdu')).status).toBe('ambiguous');
});
test('[S1-024] a longitude without its sign is mended; a point that many drops share is their OLT and not believed', () => {
  expect(link(drop('112 Principale', '', { latitude: 45.1324, longitude: 74.36 })).candidates[0]).toMatchObject({ town: 'Saint-Anicet', distanceM: 0 });
  const crowd = Array.from({ length: 5 }, (_, i) => drop(`11${i} rue Principale`, 'Elgin', { id: i, latitude: 45.1324, longitude: -74.36 }));
  expect(link(crowd[2]!, crowd)).toMatchObject({ status: 'matched', candidates: [{ town: 'Elgin', distanceM: null, method: 'text' }] });
});
test('[S1-160] a number that is not there is never linked to its neighbour; nothing like it is unmatched', () => {
  expect(link(drop('177 rue Principale', 'Saint-Anicet', { latitude: 45.1324, longitude: -74.36 }))).toMatchObject({ status: 'unmatched', candidates: [] });
  expect(link(drop('12 Broadway', 'New York')).status).toBe('unmatched');
  expect(link(drop('', '')).status).toBe('unmatched');
});
test('[S1-164] the same drops give the same links, whatever their order', () => {
  const all = Array.from({ length: 30 }, (_, i) => drop(`${100 + i} rue principalle`, i % 2 ? 'Elgin' : 'Saint Anicet', { id: i, latitude: 45.1, longitude: -74.3 - i / 1000 }));
  fc.assert(fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
    const one = linker(register, shuffled);
    expect(shuffled.map(one).sort((a, b) => a.id - b.id)).toEqual(all.map(linker(register, all)));
  }), { numRuns: 10 });
});
