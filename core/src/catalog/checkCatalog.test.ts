import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import type { JsonSchema } from '../kernel/schema.ts';
import { schemaComplaint } from '../kernel/schema.ts';
import { checkCatalog } from './checkCatalog.ts';
import { residentialCatalog } from '../tenant/residentialCatalog.ts';
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

const coupon = (sku: string, rule: object = {}, more: object = {}): Loose => ({ ...at(copy(), 'STB1OFFERT'), sku, mrcMinor: -500, discount: { kind: 'coupon', ...rule }, ...more });
const warned = (change: (catalog: Loose) => void) => {
  const checked = checkCatalog(broken(change));
  return checked.type === 'accepted' ? checked.warnings.map(({ code, skus }) => [code, ...skus].join(' ')) : checked.message;
};

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
  ['a discount rule on a service', (c) => { at(c, 'FTTH25')['discount'] = { kind: 'firstTvBox' }; }, 'offerings[0].discount'],
  ['a misspelt field', (c) => { at(c, 'FTTH25')['discountabel'] = true; }, 'offerings[0].discountabel'],
  ['a label in one language', (c) => { delete at(c, 'TELE')['label']['en']; }, 'offerings[8].label.en'],
  ['no currency', (c) => { delete c['currency']; }, 'currency'],
  ['no offerings', (c) => { c['offerings'] = []; }, 'offerings'],
  ['a phase with two prices', (c) => { at(c, 'FTTH25')['phases'] = [{ months: 3, mrcMinor: 0, offPpm: 1 }]; }, 'offerings[0].phases[0]'],
  ['a phase without a price', (c) => { at(c, 'FTTH25')['phases'] = [{ months: 3 }]; }, 'offerings[0].phases[0]'],
  ['a phase of no months', (c) => { at(c, 'FTTH25')['phases'] = [{ months: 0, mrcMinor: 0 }]; }, 'offerings[0].phases[0].months'],
  ['more than the whole off', (c) => { at(c, 'RAB2X')['discount']['offPpm'] = 1_000_001; }, 'offerings[18].discount'],
  ['a term nobody knows', (c) => { c['terms'] = { decade: { months: 120, offPpm: 0 } }; }, 'terms.decade'],
  ['an authority in dollars', (c) => { c['authority'] = [{ role: 'agent', upToMinor: 9.5 }]; }, 'authority[0].upToMinor'],
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
  ['an end before the beginning', (c) => { Object.assign(at(c, 'FTTH25'), { validFrom: '2026-05-01', validUntil: '2026-05-01' }); }, 'offerings[0].validUntil'],
  ['an end that is no day', (c) => { at(c, 'FTTH25')['validUntil'] = '2026-02-30'; }, 'offerings[0].validUntil'],
  ['two discounts for one tier that overlap by a day', (c) => { at(c, 'RAB2X')['validUntil'] = '2026-07-02'; Object.assign(at(c, 'RAB3X'), { validFrom: '2026-07-01', discount: { kind: 'combo', minServices: 2 } }); }, 'offerings[19].discount'],
  ['a fee due with the order and on an occasion', (c) => { at(c, 'INSTALL')['occasion'] = 'reconnection'; }, 'offerings[15].occasion'],
  ['a discount that grows', (c) => { at(c, 'RAB2X')['mrcFrom'] = [{ on: '2027-01-01', mrcMinor: 5 }]; }, 'offerings[18]'],
  ['a discount that adds for a phase', (c) => { at(c, 'RAB2X')['phases'] = [{ months: 1, mrcMinor: 5 }]; }, 'offerings[18]'],
  ['a coupon for what is never discounted', (c) => { c['offerings'].push(coupon('FEES', { families: ['fee'] })); }, 'offerings[24].discount'],
  ['a coupon for an unknown SKU', (c) => { c['offerings'].push(coupon('GONE', { skus: ['FTTH25', 'FTTH9'] })); }, 'offerings[24].discount'],
  ['a coupon with the name of an offering', (c) => { c['offerings'].push(coupon('FTTH25')); }, 'offerings[24].sku'],
  ['a fee of a family nobody sells', (c) => { c['offerings'] = c['offerings'].filter((one: Loose) => one['family'] !== 'phone'); }, 'offerings[12]'],
])('the checker sees what a schema cannot: %s', (_, change, path) => {
  const catalog = broken(change);
  expect(validate(catalog)).toBe(true);
  expect(checkCatalog(catalog)).toMatchObject({ type: 'refused', code: 'catalogInconsistent', path });
});

test('successors of one tier do not overlap, and are no twins', () => {
  expect(warned((c) => { at(c, 'RAB2X')['validUntil'] = '2026-07-01'; c['offerings'].push({ ...at(c, 'RAB2X'), sku: 'RAB2Y', validFrom: '2026-07-01', validUntil: undefined }); })).toEqual(warned(() => {}));
});

// What our own catalogue is warned of (decisions 2, 6, 16) comes on top.
test.each<[string, (catalog: Loose) => void, string]>([
  ['decision 6: two tiers of one value', (c) => { at(c, 'RAB3X')['mrcMinor'] = -500; }, 'sameValue RAB2X RAB3X'],
  ['decision 16: two speeds at one price', (c) => { at(c, 'FTTH80I')['mrcMinor'] = 4995; }, 'samePrice FTTH25 FTTH80I'],
  ['two plans at one price', (c) => { c['offerings'].push(...[1, 2].map((rank) => ({ ...at(c, 'TVBEVO'), sku: `P${rank}`, family: 'plan', rank, comboService: undefined, requires: undefined }))); }, 'samePrice P1 P2'],
  ['decision 2: a tier of six services', (c) => { at(c, 'RAB3X')['discount']['minServices'] = 6; }, 'neverReached RAB3X'],
  ['what is not offered', (c) => { at(c, 'TELE')['comboReady'] = false; }, 'notOffered TELE'],
  ['add-ons whose TV is gone before they come', (c) => { for (const sku of ['TVBSKINNY', 'TVBSTANDARD', 'TVBEVO', 'TELE']) at(c, sku)['validUntil'] = '2026-05-01'; at(c, 'TVADDFILMS')['validFrom'] = '2026-05-01'; }, 'neverValid TVADDFILMS'],
  ['add-ons whose TV nobody may order', (c) => { for (const sku of ['TVBSKINNY', 'TVBSTANDARD', 'TVBEVO', 'TELE']) at(c, sku)['comboReady'] = false; }, 'neverValid TVADDSPORTS'],
  ['a phase that gives nothing', (c) => { at(c, 'FTTH25')['phases'] = [{ months: 3, offPpm: 0 }]; }, 'idlePhase FTTH25'],
  ['a phase like the next', (c) => { at(c, 'FTTH25')['phases'] = [{ months: 3, mrcMinor: 100 }, { months: 3, mrcMinor: 100 }]; }, 'idlePhase FTTH25'],
  ['a part like the next', (c) => { at(c, 'FTTH25')['phases'] = [{ months: 3, offPpm: 2 }, { months: 3, offPpm: 2 }]; }, 'idlePhase FTTH25'],
  ['a last phase at the evergreen price', (c) => { at(c, 'FTTH25')['phases'] = [{ months: 3, mrcMinor: 4995 }]; }, 'idlePhase FTTH25'],
  ['a special discount above the cheapest service', (c) => { at(c, 'RAB_X')['mrcMinor'] = -2501; }, 'tooLarge RAB_X'],
  ['a combo discount above twice the cheapest', (c) => { at(c, 'RAB2X')['mrcMinor'] = -5001; }, 'tooLarge RAB2X'],
  ['a coupon that can make a price negative', (c) => { c['offerings'].push(coupon('BIG', { skus: ['TVBEVO'] }, { mrcMinor: -3501 })); }, 'tooLarge BIG'],
  ['a coupon above an introductory price', (c) => { at(c, 'TVBEVO')['phases'] = [{ months: 1, offPpm: 900_000 }]; c['offerings'].push(coupon('BIG', { skus: ['TVBEVO'] })); }, 'tooLarge BIG'],
])('the linter warns of %s', (_, change, warning) => {
  const before = warned(() => {});
  expect(before).not.toContain(warning);
  expect(warned(change)).toContain(warning);
});

test.each<[string, (catalog: Loose) => void, string]>([
  ['a special discount of the cheapest service', (c) => { at(c, 'RAB_X')['mrcMinor'] = -2500; }, 'tooLarge RAB_X'],
  ['a combo discount of twice the cheapest', (c) => { at(c, 'RAB2X')['mrcMinor'] = -5000; }, 'tooLarge RAB2X'],
  ['a coupon of the price', (c) => { c['offerings'].push(coupon('BIG', { skus: ['TVBEVO'] }, { mrcMinor: -3500 })); }, 'tooLarge BIG'],
  ['tiers of one amount, one of them a part', (c) => { Object.assign(at(c, 'RAB3X'), { mrcMinor: -500, discount: { kind: 'combo', minServices: 3, offPpm: 1 } }); }, 'sameValue RAB2X RAB3X'],
  ['parts that differ', (c) => { at(c, 'FTTH25')['phases'] = [{ months: 3, offPpm: 2 }, { months: 3, offPpm: 1 }]; }, 'idlePhase FTTH25'],
  ['phases that differ', (c) => { at(c, 'FTTH25')['phases'] = [{ months: 3, mrcMinor: 0 }, { months: 3, mrcMinor: 100 }]; }, 'idlePhase FTTH25'],
])('but not of %s', (_, change, warning) => {
  expect(warned(change)).not.toContain(warning);
});

test.each([[null], [undefined], ['x'], [[]], [7]])('%p is no catalogue', (input) => {
  expect(checkCatalog(input)).toMatchObject({ type: 'refused', code: 'badInput' });
});

const junk = fc.oneof(fc.constantFrom(null, '', ' ', '-', 'tv', 'discount', 'internet', 0, -1, 1.5, true, [], {}, 'a\u0007b', 'é'.repeat(121)), fc.jsonValue({ maxDepth: 1 }));

test('schema and checker agree on any catalogue one random edit away', () => {
  fc.assert(fc.property(fc.nat(), fc.nat(), junk, fc.constantFrom('set', 'delete', 'add'), (pick, field, value, how) => {
    const catalog = copy();
    const target = pick % 5 === 0 ? catalog : catalog['offerings'][pick % catalog['offerings'].length];
    const keys = [...Object.keys(target), 'discount', 'mrcFrom', 'requires', 'autoWith', 'maxQuantity', 'comboService', 'lineProfile', 'phases', 'validFrom', 'heldMonths', 'lastsMonths', 'termMinor', 'limits', 'occasion', 'rank', 'terms', 'authority'];
    const key = keys[field % keys.length]!;
    if (how === 'delete') delete target[key];
    else target[how === 'add' ? `${key}x` : key] = value;
    const verdict = checkCatalog(catalog);
    expect(verdict.type === 'refused' && verdict.code === 'badInput').toBe(!validate(catalog));
  }), { numRuns: 700 });
});

test('our schema reader agrees with a full validator, keyword by keyword', () => {
  const schemas: readonly JsonSchema[] = [
    { type: 'integer', minimum: -1, maximum: 2 }, { type: 'number' }, { type: 'boolean' }, { const: 'a' }, { enum: ['a', 1, null] }, { type: 'string', pattern: '^a+$' },
    { type: 'array', minItems: 1, maxItems: 2, items: { type: 'integer' } },
    { type: 'object', required: ['a'], properties: { a: { type: 'string' }, b: { minimum: 1 } }, additionalProperties: false },
    { if: { properties: { a: { const: 'a' } } }, then: { required: ['b'] }, else: { properties: { b: { const: 1 } } } },
    { oneOf: [{ type: 'integer' }, { minimum: 1 }] }, { allOf: [{ type: 'integer' }, { minimum: 1 }] },
  ];
  const small = fc.oneof(fc.constantFrom(null, 'a', 'aa', 'b', 0, 1, 2, 3, -2, 1.5, true), fc.array(fc.constantFrom(1, 2, 'a'), { maxLength: 3 }), fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('a', 1, 0)));
  for (const schema of schemas) {
    const full = new Ajv2020({ strict: false }).compile(schema);
    fc.assert(fc.property(small, (value) => expect(schemaComplaint(schema, value) === null).toBe(full(value))), { numRuns: 200 });
  }
});
