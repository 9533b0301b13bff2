import { residentialCatalog, type Catalog, type HttpRequest, type ProductOffering } from '../../../core/src/index.ts';
import { axiosSend } from '../../http/src/send.ts';
import { erpnextKeys, startErpnext } from '../../sandbox/src/erpnext/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { authorization, erpnext } from '../src/index.ts';
import { importCatalog } from '../src/importCatalog.ts';

const world = new World();
let site: Awaited<ReturnType<typeof startErpnext>>;
const sent: HttpRequest[] = [];
const writes = () => sent.filter(({ method, path }) => method === 'PUT' || method === 'DELETE' || (method === 'POST' && path.startsWith('/api/resource')));
const client = () => {
  const send = axiosSend({ baseUrl: site.url, headers: { authorization: authorization(erpnextKeys.admin.key, erpnextKeys.admin.secret) }, timeoutMs: 3_000 });
  return erpnext((request) => (sent.push(request), send(request)), world.clock);
};
const lists = ['Résidentiel', 'Standard Selling'];
const run = (dryRun: boolean, more: object = {}, catalog: Catalog = residentialCatalog) => importCatalog(client(), catalog, { on: '2026-04-03', priceLists: lists, ...more }, { dryRun });
const changed = (sku: string, more: Partial<ProductOffering>): Catalog => ({ ...residentialCatalog, offerings: residentialCatalog.offerings.map((one) => (one.sku === sku ? { ...one, ...more } : one)) });
const prices = (sku: string) => site.site.docs('Item Price').filter((one) => one['item_code'] === sku).map((one) => [one['price_list'], one['valid_from'], one['price_list_rate']]);

beforeEach(async () => { site = await startErpnext(world); sent.length = 0; });
afterEach(async () => { world.clearFaults(); await site.close(); });

test('[S1-171] [S1-164] a dry run changes nothing; the write makes what is missing; the second run writes nothing', async () => {
  const before = site.site.docs('Item Price').length;
  const dry = await run(true);
  expect(writes()).toEqual([]);
  const { report } = await run(false);
  expect(report).toMatchObject({ written: dry.report.toWrite, failed: 0, conflicts: 0, missing: [], ok: true, byDoctype: dry.report.byDoctype });
  expect(site.site.docs('Item Price')).toHaveLength(before + report.byDoctype['Item Price']!);
  expect(prices('TVADDFILMS')).toEqual(lists.map((list) => [list, '2026-04-03', 15]));
  expect(site.site.doc('Item', 'TVADDFILMS')).toMatchObject({ is_stock_item: 0, item_group: 'Télévision' });
  // What the site had in force is the catalogue's: no second price in that list.
  expect(prices('FTTH25').filter(([list]) => list === 'Résidentiel')).toHaveLength(1);
  sent.length = 0;
  expect((await run(false)).report).toMatchObject({ written: 0, toWrite: 0, unchanged: report.documents, ok: true });
  expect((await run(false, { on: '2026-05-01' })).report).toMatchObject({ written: 0, ok: true });
  expect(writes()).toEqual([]);
});

test('[S1-171] a changed price makes one new dated price in each list and touches nothing else; an invoice takes the one of its day', async () => {
  await run(false);
  const others = () => site.site.docs('Item Price').filter((one) => one['valid_from'] !== '2026-06-01').map((one) => [one.name, one['modified'], one['price_list_rate']]);
  const [was, items] = [others(), JSON.stringify(site.site.docs('Item'))];
  sent.length = 0;
  const dearer = changed('FTTH25', { mrcMinor: 5295 });
  expect((await run(false, { on: '2026-06-01' }, dearer)).report).toMatchObject({ written: 2, byDoctype: { 'Item Price': 2 }, ok: true });
  expect(writes()).toHaveLength(2);
  expect([others(), JSON.stringify(site.site.docs('Item'))]).toEqual([was, items]);
  expect(prices('FTTH25').filter(([, from]) => from === '2026-06-01')).toEqual(lists.map((list) => [list, '2026-06-01', 52.95]));
  expect((await run(false, { on: '2026-06-01' }, dearer)).report).toMatchObject({ written: 0, ok: true });
  const who = site.site.put('Customer', { customer_name: 'Léa', customer_type: 'Individual', customer_group: 'Résidentiel', territory: 'Canada' }).name;
  const billed = async (posting_date: string) => (await client().documents.create('Sales Invoice', { customer: who, company: 'Gigafibre', currency: 'CAD', selling_price_list: 'Résidentiel', set_posting_time: 1, posting_date, due_date: posting_date, items: [{ item_code: 'FTTH25', qty: 1 }] })).doc['net_total'];
  expect([await billed('2026-05-31'), await billed('2026-06-01')]).toEqual([49.95, 52.95]);
});

test('[S1-171] another price from the very same day is told, not overwritten; steps of the law are written ahead', async () => {
  await run(false);
  const { report, problems } = await run(false, {}, changed('TVADDFILMS', { mrcMinor: 1600 }));
  expect(report).toMatchObject({ written: 0, conflicts: 2, ok: false });
  expect(problems).toEqual(lists.map((list) => ({ sku: 'TVADDFILMS', reason: 'sameDay', list, on: '2026-04-03' })));
  expect((await run(false, { priceLists: ['Résidentiel'] }, changed('SERV911', { mrcFrom: [{ on: '2027-01-01', mrcMinor: 75 }] }))).report).toMatchObject({ written: 1, ok: true });
  expect(prices('SERV911')).toContainEqual(['Résidentiel', '2027-01-01', 0.75]);
});

test('[S1-171] a missing master is named and nothing is written; a reply lost on the way makes no second price', async () => {
  expect((await run(false, { priceLists: ['Fibre'], itemGroups: { fee: 'Frais' } })).report).toMatchObject({ missing: ['Item Group Frais', 'Price List Fibre'], written: 0, ok: false });
  expect(writes()).toEqual([]);
  world.inject({ system: 'erpnext', method: 'POST', path: '/api/resource/Item$', kind: 'resetAfter' });
  world.inject({ system: 'erpnext', method: 'POST', path: '/api/resource/Item Price', kind: 'truncate', times: 2 });
  expect((await run(false)).report).toMatchObject({ failed: 0, ok: true });
  expect(new Set(prices('TVADDFILMS').map(String)).size).toBe(prices('TVADDFILMS').length);
  expect((await run(false)).report).toMatchObject({ written: 0, ok: true });
  world.inject({ system: 'erpnext', method: 'POST', path: '/api/resource/Item Price', kind: 'html', status: 403 });
  expect((await run(false, { on: '2026-07-01' }, changed('FTTH80I', { mrcMinor: 1 }))).failures).toMatchObject([{ step: 'price:FTTH80I:Résidentiel:2026-07-01', kind: 'unauthorised' }]);
});
