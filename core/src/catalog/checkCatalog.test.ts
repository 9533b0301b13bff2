import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import type { JsonSchema } from '../kernel/schema.ts';
import { schemaComplaint } from '../kernel/schema.ts';
import { checkCatalog } from './checkCatalog.ts';
import { residentialCatalog } from './residential.ts';
import { catalogSchema } from './schema.ts';

const validate = new Ajv2020({ strict: false }).compile(catalogSchema);
type Loose = Record<string, any>;
const copy = (): Loose => JSON.parse(JSON.stringify(residentialCatalog)) as Loose;
const broken = (change: (catalog: Loose) => void): Loose => {
  const catalog = copy();
  change(catalog);
  return catalog;
};
const at = (catalog: Loose, sku: string): Loose => catalog['offerings'].find((one: Loose) => one['sku'] === sku);

test('our own catalogue passes the schema and the checker', () => {
  expect(validate(residentialCatalog)).toBe(true);
  expect(checkCatalog(residentialCatalog).type).toBe('accepted');
});

test.each<[string, (catalog: Loose) => void, string]>([
  ['a float price', (c) => { at(c, 'FTTH25')['mrcMinor'] = 49.95; }, 'offerings[0].mrcMinor'],
  ['a negative Internet price', (c) => { at(c, 'FTTH25')['mrcMinor'] = -1; }, 'offerings[0].mrcMinor'],
  ['Internet without a speed', (c) => { delete at(c, 'FTTH25')['downKbps']; }, 'offerings[0].downKbps'],
  ['a discount that adds', (c) => { at(c, 'RAB2X')['mrcMinor'] = 500; }, 'offerings[18].mrcMinor'],
  ['a discount without a rule', (c) => { delete at(c, 'RAB2X')['discount']; }, 'offerings[18].discount'],
  ['a rule of no known kind', (c) => { at(c, 'RAB2X')['discount'] = { kind: 'birthday' }; }, 'offerings[18].discount'],
  ['a discount rule on a service', (c) => { at(c, 'FTTH25')['discount'] = { kind: 'firstTvBox' }; }, 'offerings[0]'],
  ['a misspelt field', (c) => { at(c, 'FTTH25')['discountabel'] = true; }, 'offerings[0].discountabel'],
  ['a label in one language', (c) => { delete at(c, 'TELE')['label']['en']; }, 'offerings[8].label.en'],
  ['no currency', (c) => { delete c['currency']; }, 'currency'],
  ['no offerings', (c) => { c['offerings'] = []; }, 'offerings'],
])('schema and checker both refuse %s', (_, change, path) => {
  const catalog = broken(change);
  expect(validate(catalog)).toBe(false);
  expect(checkCatalog(catalog)).toMatchObject({ type: 'refused', code: 'badInput', path });
});

test.each<[string, (catalog: Loose) => void, string]>([
  ['a SKU listed twice', (c) => { c['offerings'].push({ ...at(c, 'TELE') }); }, 'offerings[24].sku'],
  ['two discounts for one tier', (c) => { at(c, 'RAB3X')['discount']['minServices'] = 2; }, 'offerings[19].discount'],
  ['a box that is not there', (c) => { c['tvBoxSku'] = 'BOX'; }, 'tvBoxSku'],
  ['a day that does not exist', (c) => { at(c, 'SERV911')['mrcFrom'] = [{ on: '2027-02-30', mrcMinor: 70 }]; }, 'offerings[13].mrcFrom[0].on'],
  ['prices out of order', (c) => { at(c, 'SERV911')['mrcFrom'] = [{ on: '2027-02-02', mrcMinor: 70 }, { on: '2027-02-01', mrcMinor: 71 }]; }, 'offerings[13].mrcFrom[1].on'],
  ['a fee of a family nobody sells', (c) => { c['offerings'] = c['offerings'].filter((one: Loose) => one['family'] !== 'phone'); }, 'offerings[12]'],
])('the checker sees what a schema cannot: %s', (_, change, path) => {
  const catalog = broken(change);
  expect(validate(catalog)).toBe(true);
  expect(checkCatalog(catalog)).toMatchObject({ type: 'refused', code: 'catalogInconsistent', path });
});

test.each([[null], [undefined], ['x'], [[]], [7]])('%p is no catalogue', (input) => {
  expect(checkCatalog(input)).toMatchObject({ type: 'refused', code: 'badInput' });
});

const junk = fc.oneof(fc.constantFrom(null, '', ' ', '-', 'tv', 'discount', 'internet', 0, -1, 1.5, true, [], {}, 'a\u0007b', 'é'.repeat(121)), fc.jsonValue({ maxDepth: 1 }));

test('schema and checker agree on any catalogue one random edit away', () => {
  fc.assert(fc.property(fc.nat(), fc.nat(), junk, fc.constantFrom('set', 'delete', 'add'), (pick, field, value, how) => {
    const catalog = copy();
    const target = pick % 5 === 0 ? catalog : catalog['offerings'][pick % catalog['offerings'].length];
    const keys = [...Object.keys(target), 'discount', 'mrcFrom', 'requires', 'autoWith', 'maxQuantity', 'comboService', 'lineProfile'];
    const key = keys[field % keys.length]!;
    if (how === 'delete') delete target[key];
    else target[how === 'add' ? `${key}x` : key] = value;
    const verdict = checkCatalog(catalog);
    expect(verdict.type === 'refused' && verdict.code === 'badInput').toBe(!validate(catalog));
  }), { numRuns: 1500 });
});

test('our schema reader agrees with a full validator, keyword by keyword', () => {
  const schemas: readonly JsonSchema[] = [
    { type: 'integer', minimum: -1, maximum: 2 }, { type: 'number' }, { type: 'boolean' }, { const: 'a' }, { enum: ['a', 1, null] }, { type: 'string', pattern: '^a+$' },
    { type: 'array', minItems: 1, maxItems: 2, items: { type: 'integer' } },
    { type: 'object', required: ['a'], properties: { a: { type: 'string' }, b: { minimum: 1 } }, additionalProperties: false },
    { if: { properties: { a: { const: 'a' } } }, then: { required: ['b'] }, else: { properties: { b: { const: 1 } } } },
    { oneOf: [{ type: 'integer' }, { minimum: 1 }] }, { allOf: [{ type: 'integer' }, { minimum: 1 }] }, { not: { required: ['a'] } },
  ];
  const small = fc.oneof(fc.constantFrom(null, 'a', 'aa', 'b', 0, 1, 2, 3, -2, 1.5, true), fc.array(fc.constantFrom(1, 2, 'a'), { maxLength: 3 }), fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('a', 1, 0)));
  for (const schema of schemas) {
    const full = new Ajv2020({ strict: false }).compile(schema);
    fc.assert(fc.property(small, (value) => expect(schemaComplaint(schema, value) === null).toBe(full(value))), { numRuns: 200 });
  }
});
