import { residentialCatalog } from '../tenant/residentialCatalog.ts';
import type { Catalog, ProductOffering } from '../catalog/catalog.ts';
import { catalogItems, datedPrices, type CatalogItemSettings } from './catalogItems.ts';
import { planCatalogImport, type CatalogErp, type KnownPrice } from './planCatalogImport.ts';

const on = '2026-04-03';
const make = (more: Partial<CatalogItemSettings> = {}, catalog: Catalog = residentialCatalog) => catalogItems(catalog, { on, priceLists: ['Résidentiel'], ...more });
const changed = (sku: string, more: Partial<ProductOffering>): Catalog => ({ ...residentialCatalog, offerings: residentialCatalog.offerings.map((one) => (one.sku === sku ? { ...one, ...more } : one)) });
const fieldsOf = (step: string, of = make()) => of.documents.find((one) => one.step === step)?.fields;

test('[S1-171] every offering is an item that is no stock; every charge a dated price in each list', () => {
  const made = make({ priceLists: ['Résidentiel', 'Affaires'], accounts: { company: 'Gigafibre', incomeAccount: 'Ventes - GF' } });
  expect(made.documents.filter(({ doctype }) => doctype === 'Item').map(({ sku }) => sku)).toEqual(residentialCatalog.offerings.map(({ sku }) => sku));
  expect(fieldsOf('item:FTTH150I', made)).toEqual({ item_code: 'FTTH150I', item_name: 'Internet fibre 150M/150M', description: 'Internet fibre 150M/150M / Fibre Internet 150M/150M', item_group: 'Internet', stock_uom: 'Nos', is_stock_item: 0, is_sales_item: 1, include_item_in_manufacturing: 0, item_defaults: [{ company: 'Gigafibre', income_account: 'Ventes - GF' }] });
  for (const list of ['Résidentiel', 'Affaires']) expect(fieldsOf(`price:FTTH150I:${list}:${on}`, made)).toEqual({ item_code: 'FTTH150I', price_list: list, uom: 'Nos', currency: 'CAD', price_list_rate: 99.95, valid_from: on });
  expect([fieldsOf(`price:ACTTELEP:Résidentiel:${on}`)?.['price_list_rate'], fieldsOf(`price:TELE:Résidentiel:${on}`)?.['price_list_rate']]).toEqual([69.95, 0]);
});

test('[S1-171] a discount has an item and no price, unless the site allows negative rates', () => {
  expect(make().documents.filter(({ doctype, fields }) => doctype === 'Item Price' && Number(fields['price_list_rate']) < 0)).toEqual([]);
  expect(make().left).toContainEqual({ sku: 'RAB2X', reason: 'discountWithoutPrice' });
  expect(fieldsOf(`price:RAB2X:Résidentiel:${on}`, make({ discountPrices: 'negative' }))?.['price_list_rate']).toBe(-5);
});

test('[S1-171] steps of the law become prices with their own day; what a list cannot hold is told', () => {
  const serv911 = residentialCatalog.offerings.find(({ sku }) => sku === 'SERV911')!;
  const steps = [{ on: '2026-01-01', mrcMinor: 71 }, { on: '2027-01-01', mrcMinor: 75 }, { on: '2028-01-01', mrcMinor: 75 }];
  expect(datedPrices({ ...serv911, mrcFrom: steps }, on)).toEqual([{ on, minor: 71 }, { on: '2027-01-01', minor: 75 }]);
  expect(datedPrices({ ...serv911, validFrom: '2026-09-01' }, on)).toEqual([{ on: '2026-09-01', minor: 69 }]);
  const odd = make({}, changed('FTTH25', { nrcMinor: 5000, phases: [{ months: 3, mrcMinor: 0 }], termMinor: { year: 50000 } }));
  expect(odd.left.filter(({ sku }) => sku === 'FTTH25').map(({ reason }) => reason)).toEqual(['oneOffBesideMonthly', 'phases', 'termPrices']);
});

describe('[S1-171] what is to be written', () => {
  const price = (more: Partial<KnownPrice> = {}): KnownPrice => ({ code: 'FTTH25', list: 'Résidentiel', uom: 'Nos', currency: 'CAD', customer: '', rate: 49.95, from: '2026-01-01', upto: '', ...more });
  const one = (catalog: Catalog = residentialCatalog) => make({}, catalog).documents.filter(({ sku, doctype }) => sku === 'FTTH25' && doctype === 'Item Price');
  const plan = (prices: KnownPrice[], catalog?: Catalog, more: Partial<CatalogErp> = {}) => planCatalogImport(one(catalog), { items: [], prices, ...more });
  test.each<[string, KnownPrice[], number, object[]]>([
    ['no price', [], 1, []],
    ['the price in force', [price()], 0, []],
    ['the price in force, as a float', [price({ rate: 49.9500000001 })], 0, []],
    ['another price', [price({ rate: 44.95 })], 1, []],
    ['an old price below the one in force', [price({ rate: 44.95, from: '2025-01-01' }), price()], 0, []],
    ['another price from that very day', [price({ rate: 44.95, from: on })], 0, [{ sku: 'FTTH25', reason: 'sameDay', list: 'Résidentiel', on }]],
    ['a price that has ended', [price({ upto: '2026-04-02' })], 1, []],
    ['a price that will end', [price({ upto: '2026-12-31' })], 0, [{ sku: 'FTTH25', reason: 'priceEnds', list: 'Résidentiel', on: '2026-12-31' }]],
    ['one customer’s price', [price({ customer: 'CUST-1' })], 1, []],
    ['a price of another list', [price({ list: 'Affaires' })], 1, []],
    ['a later price the catalogue has not', [price(), price({ from: '2026-07-01', rate: 59.95 })], 0, [{ sku: 'FTTH25', reason: 'laterPrice', list: 'Résidentiel', on: '2026-07-01' }]],
    ['a price of three decimals', [price({ rate: 49.955 })], 1, []],
  ])('the list has %s', (_what, prices, writes, problems) => {
    const { toWrite, problems: told, unchanged } = plan(prices);
    expect([toWrite.length, told]).toEqual([writes, problems]);
    expect(unchanged + toWrite.length + told.filter(({ reason }) => reason === 'sameDay').length).toBe(1);
  });
  test('a step ahead is written once, after the price of today; both in force: nothing', () => {
    const stepped = changed('FTTH25', { mrcFrom: [{ on: '2026-07-01', mrcMinor: 5295 }] });
    expect(plan([price()], stepped).toWrite.map(({ fields }) => [fields['valid_from'], fields['price_list_rate']])).toEqual([['2026-07-01', 52.95]]);
    expect(plan([price(), price({ from: '2026-07-01', rate: 52.95 })], stepped)).toEqual({ toWrite: [], unchanged: 2, problems: [] });
  });
  test('an item that is there keeps its unit; disabled and stocked ones are told', () => {
    const items = [{ code: 'FTTH25', uom: 'Month', disabled: true, stock: true }];
    expect(plan([price({ uom: 'Month', rate: 1 })], undefined, { items }).toWrite[0]!.fields['uom']).toBe('Month');
    expect(planCatalogImport(make().documents.filter(({ step }) => step === 'item:FTTH25'), { items, prices: [] })).toEqual({ toWrite: [], unchanged: 1, problems: [{ sku: 'FTTH25', reason: 'itemDisabled' }, { sku: 'FTTH25', reason: 'itemIsStock' }] });
  });
});
