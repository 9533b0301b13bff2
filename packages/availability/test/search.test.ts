import { generateDrops } from '../../sandbox/src/drops.ts';
import { addressSearch, parseAddress, premisesIndex, registerBuilder, streetNames, type Premises } from '../src/index.ts';

const byAddress = new Map<string, Premises>();
for (const { id, rue, ville, zip } of generateDrops(1)) byAddress.set(`${rue}|${ville}`, { premisesId: `${rue}|${ville}`, street: rue, municipality: ville, postalCode: zip, latitude: 0, longitude: 0, fibreIds: [id] });
const all = [...byAddress.values()];
const register = premisesIndex(all);
/** Every n-th address, so that each class asks of all towns. */
const sample = (n: number, from = 0): readonly Premises[] => all.filter((_, i) => i % n === from);
const nameOf = (street: string): string => streetNames(parseAddress(street).readings[0]!.tokens)[0]!.key;
const plain = (text: string): string => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
const share = (asked: readonly Premises[], spell: (one: Premises) => string) => {
  let [taken, wrong, listed] = [0, 0, 0];
  for (const one of asked) {
    const { match, candidates } = register.search(spell(one));
    if (match === 'exact') candidates[0]!.premisesId === one.premisesId ? (taken += 1) : (wrong += 1);
    if (candidates.some(({ premisesId }) => premisesId === one.premisesId)) listed += 1;
  }
  return { taken: taken / asked.length, wrong, listed: listed / asked.length };
};

describe('[S1-020] spellings of addresses that are in the register', () => {
  const asked = sample(80);
  const short = (street: string): string => street.replace('Saint-', 'St-').replace(/\brue\b/, 'r.').replace(/\bavenue\b/i, 'av.').replace('chemin', 'ch.').replace('rang', 'rg').replace('route', 'rte').replace('place', 'pl.');
  test.each<[string, (one: Premises) => string, number]>([
    ['as written', (p) => `${p.street}, ${p.municipality}`, 1],
    ['with postal code and province', (p) => `${p.street} ${p.municipality} (QC) ${p.postalCode.replace(' ', '')}`, 1],
    ['without accents, capitals, commas and hyphens', (p) => plain(`${p.street} ${p.municipality}`).replace(/-/g, ' '), 1],
    ['in short forms', (p) => `${short(p.street)}, ${p.municipality.replace('Saint-', 'St-').replace('Sainte-', 'Ste ')}`, 1],
    ['without the street type', (p) => `${p.street.replace(/ (rue|avenue|chemin|place|croissant|montée|rang|route)\b/i, '')}, ${p.municipality}`, 0.98],
    ['number last', (p) => `${p.street.replace(/^(\S+) (.*)$/, '$2 $1')}, ${p.municipality}`, 0.99],
    ['town first', (p) => `${p.municipality}, ${p.street}`, 1],
    ['with an apartment', (p) => `${p.street} app. 3, ${p.municipality}`, 1],
    ['with another postal code', (p) => `${p.street}, ${p.municipality} H9Z 9Z9`, 1],
    ['with a letter twice', (p) => `${p.street.replace(/([a-zéè])([^a-zéè]*)$/i, '$1$1$2')}, ${p.municipality}`, 0.85],
    ['with two letters swapped in the town', (p) => `${p.street}, ${p.municipality.replace(/(.)(.)$/, '$2$1')}`, 0.97],
  ])('%s: taken, and never for another', (_name, spell, least) => {
    const { taken, wrong } = share(asked, spell);
    expect(wrong).toBe(0);
    expect(taken).toBeGreaterThanOrEqual(least);
  });
  test('without a town it is asked, not guessed', () => {
    const { taken, wrong, listed } = share(asked, (p) => p.street);
    expect([taken, wrong]).toEqual([0, 0]);
    expect(listed).toBeGreaterThan(0.98);
  });
});

describe('what is not in the register is never taken', () => {
  test('[S1-020] the number next door, on every street: 0 of hundreds', () => {
    let asked = 0;
    for (const one of sample(25)) {
      const street = one.street.replace(/^\d+A?/, (civic) => String(parseInt(civic, 10) + 1));
      if (byAddress.has(`${street}|${one.municipality}`)) continue;
      asked += 1;
      const found = register.search(`${street}, ${one.municipality} ${one.postalCode}`);
      expect([street, one.municipality, found.match === 'exact' ? found.candidates : 'not taken']).toEqual([street, one.municipality, 'not taken']);
      expect(found.candidates.every(({ street: offered }) => parseInt(offered, 10) === parseInt(street, 10))).toBe(true);
    }
    expect(asked).toBeGreaterThan(300);
  });
  test('[S1-020] the right street and number in the wrong town: 0 of hundreds', () => {
    const towns = [...new Set(all.map(({ municipality }) => municipality)), 'Toronto', 'Montréal', 'Laval'];
    let asked = 0;
    sample(25, 7).forEach((one, i) => {
      const town = towns[i % towns.length]!;
      if (byAddress.has(`${one.street}|${town}`)) return;
      asked += 1;
      const { match, candidates } = register.search(`${one.street}, ${town}`);
      // That town may have the same name under another street type; then it is a house of that town.
      if (match === 'exact') expect([one.street, town, candidates[0]!.municipality, nameOf(candidates[0]!.street)]).toEqual([one.street, town, town, nameOf(one.street)]);
    });
    expect(asked).toBeGreaterThan(300);
  });
  test('no number at all, only a town, foreign streets, noise', () => {
    expect(register.search(`${all[0]!.street.replace(/^\S+ /, '')}, ${all[0]!.municipality}`)).toMatchObject({ match: 'streetOnly', candidates: [], because: ['the house number is missing'] });
    for (const noise of ['', '   ', '123', 'rue', 'Saint-Anicet', '#3', ',,,,', '99 Yonge Street, Toronto', '12 rue de Rivoli, Paris', "'; DROP TABLE", '€'.repeat(200)]) expect([noise, register.search(noise).match]).toEqual([noise, 'none']);
  });
});

describe('streets that are easily confused', () => {
  const at = (street: string, municipality = 'Elgin'): Premises => ({ premisesId: `${street}|${municipality}`, street, municipality, postalCode: 'J0S 2E0', latitude: 0, longitude: 0, fibreIds: [1] });
  const small = premisesIndex([at('12 rue Principale Est'), at('12 rue Principale Ouest'), at('14 rue Principale Est'), at('20 rue Marin'), at('22 rue Martin'), at('30 rang 3'), at('32 rang 4'), at('40A rue Roy'), at('42 rue Roy'), at('50 1re Avenue'), at('60 rue Caron'), at('60 place Caron'), at('7 rue Roy', 'Hinchinbrooke')]);
  const found = (typed: string) => { const { match, candidates } = small.search(typed); return match === 'exact' ? candidates[0]!.street : match; };
  test('Est and Ouest: said is taken, unsaid or wrong is asked', () => {
    expect([found('12 rue Principale E, Elgin'), found('12 Principale Street West, Elgin'), found('12 rue Principale, Elgin'), found('14 rue Principale, Elgin'), found('14 rue Principale Ouest, Elgin')]).toEqual(['12 rue Principale Est', '12 rue Principale Ouest', 'choose', 'choose', 'choose']);
  });
  test('a look-alike street is not taken for one that exists', () => {
    expect([found('20 rue Marin, Elgin'), found('22 rue Marin, Elgin'), found('20 rue Martin, Elgin')]).toEqual(['20 rue Marin', 'choose', 'choose']);
  });
  test('in a public register, a street of the town that differs in a link word only is asked, not taken; that of another town is not meant', () => {
    const builder = registerBuilder();
    for (const [civic, street, town] of [['12', 'rue du Bois', 'Elgin'], ['14', 'rue des Bois', 'Elgin'], ['12', 'rue du Lac', 'Elgin'], ['14', 'rue des Lac', 'Franklin']] as const) builder.add({ civic, unit: '', street, town, postalCode: '', latitude: 45, longitude: -74 });
    const { search } = addressSearch(builder.finish({ source: 'test', licence: '', date: '' }));
    const of = (typed: string) => { const { match, candidates: [first] } = search(typed); return `${match} ${first!.civic} ${first!.street}`; };
    expect(['12 rue des Bois, Elgin', '12 rue du Bois, Elgin', '14 rue des Bois, Elgin', '12 rue des Lac, Elgin'].map(of)).toEqual(['choose 12 rue du Bois', 'exact 12 rue du Bois', 'exact 14 rue des Bois', 'exact 12 rue du Lac']);
  });
  test('numbers in names are names', () => {
    expect([found('30 rang 3, Elgin'), found('30 rang 4, Elgin'), found('rang 3, Elgin'), found('50 First Avenue, Elgin'), found('50 1ère avenue elgin'), found('50 2e avenue, Elgin')]).toEqual(['30 rang 3', 'streetOnly', 'streetOnly', '50 1re Avenue', '50 1re Avenue', 'none']);
  });
  test('a suffix belongs to the number', () => {
    expect([found('40A rue Roy, Elgin'), found('40 A rue Roy, Elgin'), found('40 rue Roy, Elgin'), found('42B rue Roy, Elgin'), found('3-42 rue Roy, Elgin')]).toEqual(['40A rue Roy', '40A rue Roy', 'choose', 'choose', '42 rue Roy']);
  });
  test('two types of one name are asked; villages stand for their town', () => {
    expect([found('60 rue Caron, Elgin'), found('60 Caron, Elgin'), found('7 rue Roy, Athelstan')]).toEqual(['60 rue Caron', 'choose', '7 rue Roy']);
  });
});

test('hostile input is answered, and never with a place', () => {
  for (const typed of ['a b '.repeat(50), 'rue saint '.repeat(20), '1 2 3 4 5 6 7 8 9 '.repeat(10), '\u0000\uD800', '🏠'.repeat(40)]) expect(register.search(typed).match).not.toBe('exact');
});
