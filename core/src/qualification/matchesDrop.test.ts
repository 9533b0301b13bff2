import { matchesDrop } from './matchesDrop.ts';
import { streetKey } from './streetKey.ts';

const drop = { street: '123 CH DE LA RIVIERE-AUX-OUTARDES O', city: 'ST-ANICET', postalCode: 'J0S1M0', frame: 0, slot: 1, port: 5 };
const match = (street: string, city = 'Saint-Anicet', postalCode = 'J0S 1M0', oltPort?: string) => {
  const said = matchesDrop({ street, city, postalCode, ...(oltPort ? { oltPort } : {}) }, drop);
  return said.type === 'refused' ? said.path : said.value.exact;
};

test.each([
  ['123 chemin de la Rivière-aux-Outardes Ouest'], ['123 Ch. de la Rivière aux Outardes O.'], ['123, CHEMIN RIVIERE AUX OUTARDES OUEST'], ['123 riv-aux-outardes'],
  ['chemin de la rivière-aux-outardes 123'], ['123 Rivière aux Outardes Road West'], ['  123  chemin  de la  Rivière–aux–Outardes '.replace(/–/g, '-')],
])('[S1-081] %s is this drop', (street) => {
  expect(match(street)).toBe(true);
});

test.each([
  ['125 chemin de la Rivière-aux-Outardes', 'address.rue'], ['1234 chemin de la Rivière-aux-Outardes', 'address.rue'], ['123A chemin de la Rivière-aux-Outardes', 'address.rue'], ['12 3 chemin de la Rivière-aux-Outardes', 'address.rue'],
  ['chemin de la Rivière-aux-Outardes', 'address.rue'], ['123 chemin de la Rivière', 'address.rue'], ['123 rue de la Rivière-aux-Outardes', 'address.rue'], ['123 ch de la Rivière-aux-Outardes Est', 'address.rue'], ['', 'address.rue'],
])('[S1-081] %s is not', (street, path) => {
  expect(match(street)).toBe(path);
});

test('[S1-081] another town, another postal area or another port is another drop', () => {
  const street = '123 chemin de la Rivière-aux-Outardes';
  expect(match(street, 'Hemmingford')).toBe('address.ville');
  expect(match(street, '')).toBe('address.ville');
  expect(match(street, 'Saint-Anicet', 'H2X 1Y4')).toBe('address.zip');
  expect(match(street, 'Saint-Anicet', 'J0S 1M0', '0/1/6')).toBe('address.olt_port');
  expect(match(street, 'Saint-Anicet', 'J0S 1M0', '0/1/5')).toBe(true);
});

test('a village name and a wrong last half of the postal code are forgiven', () => {
  expect(match('123 chemin Rivière aux Outardes', 'Cazaville', 'J0S 9Z9')).toBe(false);
});

test.each([
  ['1re avenue', '123 1re Avenue', '123 avenue 1'], ['a saint', '45 r. St-Jean', '45 rue Saint-Jean'], ['Notre-Dame', '7 rue N.-D.', '7 Notre-Dame St'], ['a unit in front', '3-1234 rue Cartier', '1234 rue Cartier app. 3'],
  ['a hash unit', '1234 rue Cartier #3', '1234 Cartier St, apt 3'], ['English', '10 Main Street', '10 rue Main'], ['a monseigneur', '8 boul. Mgr-Langlois', '8 Boulevard Monseigneur Langlois'], ['an apostrophe', "9 rue de l'Église", '9 rue de l’eglise'],
])('%s is read alike in both spellings', (_, a, b) => {
  const [left, right] = [streetKey(a), streetKey(b)];
  expect({ ...left, generic: '' }).toEqual({ ...right, generic: '' });
});

test('two units of one house are two places', () => {
  const flat = { ...drop, street: '1234 rue Cartier app 3' };
  expect(matchesDrop({ street: '4-1234 rue Cartier', city: 'Saint-Anicet', postalCode: 'J0S 1M0' }, flat)).toMatchObject({ type: 'refused', path: 'address.rue' });
  expect(matchesDrop({ street: '1234-3 rue Cartier', city: 'Saint-Anicet', postalCode: 'J0S 1M0' }, flat).type).toBe('accepted');
});

test('the refusal repeats neither the address of the customer nor that of the drop', () => {
  const said = JSON.stringify(matchesDrop({ street: '9 rue Secrète', city: 'Saint-Anicet', postalCode: '' }, drop));
  expect(said).not.toMatch(/Secr|OUTARDES/i);
});
