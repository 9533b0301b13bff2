import { nameKey, parseAddress, sameAddress, streetName } from '../src/index.ts';
import { editDistance, nameSimilarity } from '../src/similarity.ts';

test.each<[string, number | null, string, string]>([
  ['123 rue Saint-Jean', 123, '', ''], ['123A, rue Saint-Jean J0S 1H0', 123, 'a', 'j0s1h0'], ['3-123 rue Roy', 123, '', ''], ['123 rue Roy app. 4, Elgin', 123, '', ''], ['123 rue Roy #4', 123, '', ''], ['rue Roy 123', 123, '', ''],
  ['138 route 138', 138, '', ''], ['route 138', null, '', ''], ['rang 3, Elgin', null, '', ''], ['2e Rang 434', 434, '', ''], ['1234 1re Avenue', 1234, '', ''], ['rue Principale', null, '', ''], ['', null, '', ''],
])('[S1-020] %s: number, suffix and postal code', (typed, civic, suffix, postalCode) => {
  expect(parseAddress(typed)).toMatchObject({ civic, suffix, postalCode });
});

test('[S1-020] street type, direction and name, in French or English order', () => {
  const name = (text: string) => streetName(parseAddress(text).parts.flat());
  expect(name('12 boul. Mgr-Langlois O.')).toEqual({ generic: 'boulevard', direction: 'ouest', key: 'monseigneur langlois' });
  expect(name('12 Covey Hill Road')).toEqual({ generic: 'chemin', direction: '', key: 'covey hill' });
  expect(name('12 St-Jean St')).toEqual({ generic: 'rue', direction: '', key: 'saint jean' });
  expect(name("12 chemin de l'Érable")).toEqual({ generic: 'chemin', direction: '', key: 'erable' });
  expect(name('12 chemni Roy')).toEqual({ generic: 'chemin', direction: '', key: 'roy' });
  expect(name('12 2e Avenue Nord')).toEqual({ generic: 'avenue', direction: 'nord', key: '2' });
  expect(nameKey('STE-BARBE')).toBe('sainte barbe');
});

test('one slip is one step; numbers never resemble one another', () => {
  expect([editDistance('jean', 'jaen'), editDistance('roy', 'roi'), editDistance('', 'abc'), editDistance('abc', 'abc')]).toEqual([1, 1, 3, 0]);
  expect(nameSimilarity('rang 3', 'rang 4')).toBe(0);
  expect(nameSimilarity('tremblai', 'tremblay')).toBeCloseTo(0.875);
});

test('[S1-097] two spellings of one house are the same; another number, suffix, direction or town is not', () => {
  const home = { street: '12 rue Principale Est', municipality: 'Saint-Anicet', postalCode: 'J0S 1M0' };
  const same = (street: string, municipality = 'St-Anicet', postalCode = '') => sameAddress(home, { street, municipality, postalCode });
  expect([same('12, r. principale e.'), same('12 Principale Est'), same('12 rue Principale Est', 'Cazaville', 'H1H 1H1')]).toEqual([true, true, true]);
  expect([same('13 rue Principale Est'), same('12A rue Principale Est'), same('12 rue Principale Ouest'), same('12 rue Principale'), same('12 avenue Principale Est'), same('rue Principale Est'), same('12 rue Principale Est', 'Elgin')]).toEqual(Array(7).fill(false));
});
