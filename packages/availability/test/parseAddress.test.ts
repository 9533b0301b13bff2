import { nameKey, parseAddress, sameAddress, streetNames, type StreetName } from '../src/index.ts';
import { bitCount, editDistance, letters, nameSimilarity } from '../src/similarity.ts';

const street = (text: string): Omit<StreetName, 'doubt'> => {
  const { doubt: _, ...name } = streetNames(parseAddress(text).readings[0]!.tokens)[0]!;
  return name;
};
test.each<[string, number | null, string, string, string]>([
  ['123 rue Saint-Jean', 123, '', '', ''], ['123A, rue Saint-Jean J0S 1H0', 123, 'a', '', 'j0s1h0'], ['3-123 rue Roy', 123, '', '3', ''], ['123-3 rue Roy', 123, '', '3', ''], ['123 rue Roy app. 4, Elgin', 123, '', '4', ''], ['123 rue Roy #4', 123, '', '4', ''],
  ['rue Roy 123', 123, '', '', ''], ['138 route 138', 138, '', '', ''], ['route 138', null, '', '', ''], ['rang 3, Elgin', null, '', '', ''], ['2e Rang 434', 434, '', '', ''], ['1234 1re Avenue', 1234, '', '', ''], ['rue Principale', null, '', '', ''], ['', null, '', '', ''],
  ['12½ rue Roy', 12, '1/2', '', ''], ['12 1/2 rue Roy', 12, '1/2', '', ''], ['112–118 rue Roy', 112, '', '', ''], ['112 à 118 rue Roy', 112, '', '', ''], ['12 B rue Roy', 12, 'b', '', ''], ['12 rue Roy suite 200', 12, '', '200', ''], ['12 rue Roy ste 3', 12, '', '3', ''],
  ['RR 2, 12 rang 3, Elgin', 12, '', '', ''], ['12 rue Roy, C.P. 99, Elgin', 12, '', '', ''], ['12 rue Roy maison 2, Elgin', 12, '', '', ''],
])('[S1-020] %s: number, suffix, unit and postal code', (typed, civic, suffix, unit, postalCode) => {
  const { readings, ...rest } = parseAddress(typed);
  expect([readings[0]!.civic, readings[0]!.suffix, rest.unit, rest.postalCode]).toEqual([civic, suffix, unit, postalCode]);
});
test('[S1-020] a dash may part a unit from a number or two numbers of one house: the other reading is kept', () => {
  expect(parseAddress('17-3 rue Roy').readings.map(({ civic }) => civic)).toEqual([3, 17]);
  expect(parseAddress('112-118 rue Roy').readings.map(({ civic }) => civic)).toEqual([118, 112]);
  expect(parseAddress('138 rte 643').readings.map(({ civic }) => civic)).toEqual([138, 643]);
});

test('[S1-020] street type, direction and name, in French or English order, also misspelt', () => {
  expect(street('12 boul. Mgr-Langlois O.')).toEqual({ generic: 'boulevard', direction: 'ouest', key: 'monseigneur langlois' });
  expect(street('12 Covey Hill Road')).toEqual({ generic: 'chemin', direction: '', key: 'covey hill' });
  expect(street('12 St-Jean St')).toEqual({ generic: 'rue', direction: '', key: 'saint jean' });
  expect(street("12 chemin de l'Érable")).toEqual({ generic: 'chemin', direction: '', key: 'erable' });
  expect(streetNames(parseAddress('12 chemni Roy').readings[0]!.tokens).some((one) => one.generic === 'chemin' && one.key === 'roy')).toBe(true);
  expect(street('12 2e Avenue Nord')).toEqual({ generic: 'avenue', direction: 'nord', key: '2' });
  expect(street('12 chemin du Nord')).toEqual({ generic: 'chemin', direction: '', key: 'nord' });
  expect(street('12 rue du Versant-Nord')).toEqual({ generic: 'rue', direction: '', key: 'versant nord' });
  expect(street('12 rue N.-D.')).toEqual({ generic: 'rue', direction: '', key: 'notre dame' });
  expect(street('12 rue de la Ferme')).toEqual({ generic: 'rue', direction: '', key: 'ferme' });
  expect(nameKey('STE-BARBE')).toBe('sainte barbe');
});

test('one slip is one step, up to a limit; numbers never resemble one another', () => {
  expect([editDistance('jean', 'jaen'), editDistance('roy', 'roi'), editDistance('', 'abc'), editDistance('abc', 'abc'), editDistance('abcdef', 'uvwxyz', 2)]).toEqual([1, 1, 3, 0, 3]);
  expect(nameSimilarity('rang 3', 'rang 4')).toBe(0);
  expect(nameSimilarity('tremblai', 'tremblay')).toBeCloseTo(0.875);
  expect([bitCount(letters('abca')), bitCount(0xffffffff)]).toEqual([3, 32]);
});

test('[S1-097] two spellings of one house are the same; another number, suffix, direction or town is not', () => {
  const home = { street: '12 rue Principale Est', municipality: 'Saint-Anicet', postalCode: 'J0S 1M0' };
  const same = (street: string, municipality = 'St-Anicet', postalCode = '') => sameAddress(home, { street, municipality, postalCode });
  expect([same('12, r. principale e.'), same('12 Principale Est'), same('12 rue Principale Est', 'Cazaville', 'H1H 1H1')]).toEqual([true, true, true]);
  expect([same('13 rue Principale Est'), same('12A rue Principale Est'), same('12 rue Principale Ouest'), same('12 rue Principale'), same('12 avenue Principale Est'), same('rue Principale Est'), same('12 rue Principale Est', 'Elgin')]).toEqual(Array(7).fill(false));
});

describe('the address of an order and the drop it names', () => {
  const drop = { street: '123 CH DE LA RIVIERE-AUX-OUTARDES O', municipality: 'ST-ANICET', postalCode: 'J0S1M0' };
  const isDrop = (street: string, municipality = 'Saint-Anicet', at = drop) => sameAddress(at, { street, municipality, postalCode: 'J0S 1M0' });
  test.each([
    '123 chemin de la Rivière-aux-Outardes Ouest', '123 Ch. de la Rivière aux Outardes O.', '123, CHEMIN RIVIERE AUX OUTARDES OUEST', '123 riv-aux-outardes ouest', 'chemin de la rivière-aux-outardes ouest 123', '123 Rivière aux Outardes Road West',
    '  123  chemin  de la  Rivière-aux-Outardes  ouest ',
  ])('[S1-081] %s is this drop', (street) => expect(isDrop(street)).toBe(true));
  test.each([
    '125 chemin de la Rivière-aux-Outardes Ouest', '1234 chemin de la Rivière-aux-Outardes Ouest', '123A chemin de la Rivière-aux-Outardes Ouest', '12 3 chemin de la Rivière-aux-Outardes Ouest', 'chemin de la Rivière-aux-Outardes Ouest', '123 chemin de la Rivière Ouest',
    '123 rue de la Rivière-aux-Outardes Ouest', '123 ch de la Rivière-aux-Outardes Est', '123 ch de la Rivière-aux-Outardes', '',
  ])('[S1-081] %s is not', (street) => expect(isDrop(street)).toBe(false));
  test('[S1-081] another town, or none, is another drop; a village is its municipality', () => {
    const street = '123 chemin de la Rivière-aux-Outardes Ouest';
    expect([isDrop(street, 'Hemmingford'), isDrop(street, ''), isDrop(street, '', { ...drop, municipality: '' }), isDrop(street, 'Cazaville')]).toEqual([false, false, false, true]);
  });
  test.each([
    ['123 1re Avenue', '123 avenue 1'], ['45 r. St-Jean', '45 rue Saint-Jean'], ['7 rue N.-D.', '7 Notre-Dame St'], ['3-1234 rue Cartier', '1234 rue Cartier app. 3'], ['1234 rue Cartier #3', '1234 Cartier St, apt 3'], ['10 Main Street', '10 rue Main'],
    ['8 boul. Mgr-Langlois', '8 Boulevard Monseigneur Langlois'], ["9 rue de l'Église", '9 rue de l’eglise'],
  ])('[S1-081] %s and %s are one door', (a, b) => expect(isDrop(a, 'Saint-Anicet', { ...drop, street: b })).toBe(true));
  test('[S1-081] two units of one house are two doors; who names none is not refused for it', () => {
    const flat = { ...drop, street: '1234 rue Cartier app 3' };
    expect([isDrop('4-1234 rue Cartier', 'Saint-Anicet', flat), isDrop('1234-3 rue Cartier', 'Saint-Anicet', flat), isDrop('1234 rue Cartier', 'Saint-Anicet', flat)]).toEqual([false, true, true]);
  });
});
