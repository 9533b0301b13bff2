import fc from 'fast-check';
import { generateDrops } from '../../sandbox/src/drops.ts';
import { addressSearch, parseAddress, premisesIndex, registerBuilder, searchTogether, streetNames, type Premises, type Scored } from '../src/index.ts';

const at = (street: string, municipality = 'Elgin', postalCode = 'J0S 2E0'): Premises => ({ premisesId: `${street}|${municipality}`, street, municipality, postalCode, latitude: 45, longitude: -74, fibreIds: [1] });

/** A public register of some premises and a second list of others, asked together. */
function both(listed: readonly Premises[], missing: readonly Premises[]) {
  const builder = registerBuilder();
  for (const { street, municipality: town, postalCode, latitude, longitude } of listed) {
    const [, civic = '', rest = ''] = /^(\S+) (.+)$/.exec(street) ?? [];
    builder.add({ civic, unit: '', street: rest, town, postalCode, latitude, longitude });
  }
  const register = builder.finish({ source: 'test', licence: '', date: '' }, [['Cazaville', 'Saint-Anicet']]);
  const engine = addressSearch(register);
  const own = premisesIndex(missing, { register, served: new Set() });
  return (typed: string, limit = 5) => {
    const found = engine.search(typed, { limit });
    const places = found.candidates.map(({ civic, street, town, postalCode, score }): Scored & { own: boolean } => ({ street: `${civic} ${street}`, municipality: town, postalCode, score, own: false }));
    const search = () => {
      const { candidates, ...other } = own.search(typed, limit);
      return { ...other, candidates: candidates.map(({ street, municipality, postalCode, score }) => ({ street, municipality, postalCode, score, own: true })) };
    };
    return searchTogether(typed, { found: { ...found, candidates: places }, register }, { register: own.register, has: own.has, search }, limit);
  };
}
const brief = ({ match, candidates: [first] }: ReturnType<ReturnType<typeof both>>): string => (match === 'exact' ? `${first!.own ? 'own' : 'register'}: ${first!.street}, ${first!.municipality}` : match);

describe('one answer from the register and the premises it lacks', () => {
  const ask = both(
    [at('12 rue Roy'), at('14 rue Roy'), at('12 rue Roy', 'Franklin'), at('20 rue Martin'), at('22 rue Martin'), at('12 rue Principale Est'), at('40 rue Caron'), at('12 rue du Bois'), at('7 rang Dix', 'Saint-Anicet'), at('9 rue Verte', 'Dundee'), at('31 rue des Pins'), at('20 rue Notre-Dame-du-Perpétuel-Secours'), at('31 rue Marie-Victorin-Kirouack'), at('5 rue Une', 'Saint-Alban')],
    [at('16 rue Roy'), at('21 rue Marin'), at('20 rue Marin'), at('12 rue Principale Ouest'), at('40A rue Caron'), at('14 rue des Bois'), at('8 rue Neuve', 'Cazaville'), at('12 rue Roy', 'Havelock'), at('14 rue Roy'), at('9 rue Verte', 'Elgin'), at('31 rue du Pin', 'Franklin'), at('21 rue Notre-Dame-du-Perpétuel-Secour'), at('30 rue Marie-Victorin-Kirouac'), at('3 rue Neuve', 'Saint-Aubin')],
  );
  test.each<[string, string]>([
    ['14 rue Roy, Elgin', 'register: 14 rue Roy, Elgin'], ['16 rue Roy, Elgin', 'own: 16 rue Roy, Elgin'], ['16 roy elgin', 'own: 16 rue Roy, Elgin'], ['12 rue Roy, Elgin', 'register: 12 rue Roy, Elgin'], ['12 rue Roy, Havelock', 'own: 12 rue Roy, Havelock'],
    ['8 rue Neuve, Saint-Anicet', 'own: 8 rue Neuve, Cazaville'], ['8 rue Neuve, Cazaville', 'own: 8 rue Neuve, Cazaville'], ['7 rang Dix, Cazaville', 'register: 7 rang Dix, Saint-Anicet'],
  ])('[S1-020] %s: %s', (typed, expected) => expect(brief(ask(typed))).toBe(expected));
  test.each([
    ['the same street in both, no town', '12 rue Roy'], ['the same, once in each', '9 rue Verte'], ['Est in one, Ouest in the other', '12 rue Principale, Elgin'], ['the number of one on the street of the other', '22 rue Marin, Elgin'],
    ['the other way', '21 rue Martin, Elgin'], ['to the letter the other street', '12 rue des Bois, Elgin'], ['the suffix of the other', '40B rue Caron, Elgin'], ['each sure by itself, by postal code', '9 rue Verte J0S 2E0'], ['a street of the register that is almost alike', '21 rue Notre-Dame-du-Perpétuel-Secours, Elgin'], ['the other way', '31 rue Marie-Victorin-Kirouac, Elgin'],
  ])('[S1-024] %s is asked: %s', (_, typed) => expect(ask(typed).match).toMatch(/^(choose|streetOnly)$/));
  test('[S1-024] a town of the register is that town, not one of the other list that is almost alike', () => {
    expect(brief(ask('3 rue Neuve, Saint-Aubin'))).toBe('own: 3 rue Neuve, Saint-Aubin');
    expect(ask('3 rue Neuve, Saint-Alban').match).not.toBe('exact');
  });
  test('[S1-024] what differs and was said is taken', () => {
    expect([ask('12 rue Principale Ouest, Elgin'), ask('12 rue Principale E, Elgin'), ask('40A rue Caron, Elgin'), ask('40 rue Caron, Elgin'), ask('20 rue Martin, Elgin'), ask('20 rue Marin, Elgin')].map(brief)).toEqual([
      'own: 12 rue Principale Ouest, Elgin', 'register: 12 rue Principale Est, Elgin', 'own: 40A rue Caron, Elgin', 'register: 40 rue Caron, Elgin', 'register: 20 rue Martin, Elgin', 'own: 20 rue Marin, Elgin',
    ]);
  });
  test('[S1-020] neither has the number: the street is told; neither has anything: none', () => {
    expect(ask('18 rue Roy, Elgin')).toMatchObject({ match: 'streetOnly', candidates: [], street: { text: 'rue Roy', town: 'Elgin' } });
    expect([ask('12 rue de Rivoli, Paris').match, ask('').match, ask("'; DROP TABLE").match]).toEqual(['none', 'none', 'none']);
  });
  test('[S1-024] what both have is shown once, as the register has it', () => {
    expect(ask('14 rue Roy').candidates.filter(({ municipality }) => municipality === 'Elgin')).toEqual([expect.objectContaining({ own: false })]);
  });
});

test('[S1-020] what is written to the letter in the register does not wait for the second list, unless that has the number in the town', () => {
  const builder = registerBuilder();
  for (const civic of ['12', '14']) builder.add({ civic, unit: '', street: 'rue Roy', town: 'Elgin', postalCode: 'J0S 2E0', latitude: 45, longitude: -74 });
  const register = builder.finish({ source: 'test', licence: '', date: '' });
  const own = premisesIndex([at('12 rue Verte'), at('14 rue Verte', 'Dundee')], { register, served: new Set() });
  let times = 0;
  const ask = (typed: string) => {
    const { candidates, ...found } = addressSearch(register).search(typed);
    const listed = { ...found, candidates: candidates.map(({ civic, street, town, postalCode, score }): Scored => ({ street: `${civic} ${street}`, municipality: town, postalCode, score })) };
    times = 0;
    const { match } = searchTogether(typed, { found: listed, register }, { register: own.register, has: own.has, search: () => { times += 1; return own.search(typed); } });
    return [match, times];
  };
  expect([ask('14 rue Roy, Elgin'), ask('12 rue Roy, Elgin'), ask('14 r. roy, Elgin'), ask('16 rue Roy, Elgin')]).toEqual([['exact', 0], ['exact', 1], ['exact', 1], ['streetOnly', 1]]);
});

describe('a list of thousands in two parts', () => {
  const byAddress = new Map<string, Premises>();
  for (const { rue, ville, zip } of generateDrops(3)) if (/^\d+A? /.test(rue)) byAddress.set(`${rue}|${ville}`.toLowerCase(), at(rue, ville, zip));
  const all = [...byAddress.values()];
  const missing = all.filter((_, i) => i % 37 === 5);
  const ask = both(all.filter((_, i) => i % 37 !== 5), missing);
  const nameOf = (street: string): string => streetNames(parseAddress(street).readings[0]!.tokens)[0]!.key;
  const plain = (text: string): string => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/-/g, ' ');

  test.each<[string, (one: Premises) => string, number]>([
    ['as written', (p) => `${p.street}, ${p.municipality}`, 0.99], ['with a postal code', (p) => `${p.street} ${p.municipality} (QC) ${p.postalCode}`, 0.99], ['plain', (p) => plain(`${p.street} ${p.municipality}`), 0.99],
    ['a letter twice', (p) => `${p.street.replace(/([a-zéè])([^a-zéè]*)$/i, '$1$1$2')}, ${p.municipality}`, 0.8],
  ])('[S1-020] %s: those of either part are taken, never for another', (_, spell, least) => {
    for (const [asked, own] of [[missing, true], [all.filter((_one, i) => i % 53 === 7 && i % 37 !== 5), false]] as const) {
      const found = asked.map((one) => ({ one, ...ask(spell(one)) }));
      const taken = found.filter(({ match }) => match === 'exact');
      expect(taken.filter(({ one, candidates: [first] }) => first!.own !== own || `${first!.street}|${first!.municipality}`.toLowerCase() !== `${one.street}|${one.municipality}`.toLowerCase())).toEqual([]);
      expect(taken.length / asked.length).toBeGreaterThan(least);
    }
  });
  test('[S1-024] the number next door and the right house in the wrong town are never taken', () => {
    const towns = [...new Set(all.map(({ municipality }) => municipality)), 'Toronto', 'Laval'];
    let asked = 0;
    missing.forEach((one, i) => {
      const next = one.street.replace(/^\d+A?/, (civic) => String(parseInt(civic, 10) + 1));
      if (!byAddress.has(`${next}|${one.municipality}`.toLowerCase())) expect([next, one.municipality, brief(ask(`${next}, ${one.municipality} ${one.postalCode}`))]).toEqual([next, one.municipality, expect.stringMatching(/^(choose|streetOnly|none)$/)]);
      const town = towns[i % towns.length]!;
      if (byAddress.has(`${one.street}|${town}`.toLowerCase())) return;
      const { match, candidates: [first] } = ask(`${one.street}, ${town}`);
      if (match === 'exact') expect([one.street, town, first!.municipality, nameOf(first!.street)]).toEqual([one.street, town, town, nameOf(one.street)]);
      asked += 1;
    });
    expect(asked).toBeGreaterThan(300);
  });
  test('[S1-024] however the list is parted, nothing is taken that the whole list would not take', () => {
    const few = all.filter(({ municipality }) => ['Elgin', 'Dundee', 'Howick', 'Franklin'].includes(municipality)).filter((_, i) => i % 3 === 0);
    const whole = both(few, []);
    const spellings = (p: Premises): readonly string[] => [`${p.street}, ${p.municipality}`, p.street, `${p.street.replace(/ (rue|avenue|chemin|rang)\b/i, '')}, ${p.municipality}`, plain(p.street.replace(/(.)(.)$/, '$2$1')) + `, ${p.municipality}`, `${p.street.replace(/^\d+/, (n) => String(Number(n) + 2))}, ${p.municipality}`];
    fc.assert(fc.property(fc.integer({ min: 2, max: 9 }), fc.nat(8), fc.shuffledSubarray(few, { minLength: 30, maxLength: 30 }), (parts, from, asked) => {
      const parted = both(few.filter((_, i) => i % parts !== from % parts), few.filter((_, i) => i % parts === from % parts));
      for (const typed of asked.flatMap(spellings)) {
        const here = parted(typed);
        if (here.match !== 'exact') continue;
        const there = whole(typed);
        expect([typed, here.candidates[0]!.street, here.candidates[0]!.municipality]).toEqual([typed, there.match === 'exact' ? there.candidates[0]!.street : there.match, there.candidates[0]?.municipality]);
      }
    }), { numRuns: 8 });
  });
});
