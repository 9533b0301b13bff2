import fc from 'fast-check';
import { openBilling } from '../billing/nextBill.ts';
import type { BilledSubscription } from '../billing/billedSubscription.ts';
import type { Catalog, ProductOffering } from '../catalog/catalog.ts';
import { findOffering } from '../catalog/mrcOn.ts';
import { residentialCatalog } from '../tenant/residentialCatalog.ts';
import { saasCatalog } from '../catalog/saas.fixture.ts';
import { addDays, addMonths } from '../kernel/civil.ts';
import type { Decision } from '../kernel/decision.ts';
import { canadaTaxTable } from '../tenant/canadaTaxTable.ts';
import { changed, catalogs, days, selections, sumOf } from './generators.testkit.ts';
import { occasionFees } from './occasionFees.ts';
import { priceCheckout } from './priceCheckout.ts';
import { recurringLines } from './quoteLines.ts';
import type { CheckoutContext, CheckoutSelection } from './quote.ts';
import { selectOfferings } from './selectOfferings.ts';
import { subscribe, type SubscribeContext } from './subscribe.ts';

const on = '2026-04-03';
const context: CheckoutContext = { firstTvBox: true, jurisdiction: 'CA-QC', on, taxTable: canadaTaxTable };
const sale: SubscribeContext = { id: 'sub_1', on, start: '2026-04-13', firstTvBox: true };
const all: CheckoutSelection = { services: [{ sku: 'FTTH150I', type: 'internet' }, { sku: 'TVBSTANDARD', type: 'tv' }, { sku: 'TELEPMENS', type: 'phone', quantity: 2 }], commitmentMonths: 24 };
function value<T>(decided: Decision<T>): T {
  if (decided.type === 'refused') throw new Error(`${decided.code} ${decided.path}: ${decided.message}`);
  return decided.value;
}
const item = ({ items }: BilledSubscription, key: string) => items.find((one) => one.key === key)!;
const prices = (of: BilledSubscription, key: string) => item(of, key).terms.map(({ from, until = null, unitMinor }) => [from, until, unitMinor]);

test('[S1-118] a priced order becomes items keyed by SKU and one-time charges, each saying why', () => {
  const sold = value(subscribe(all, residentialCatalog, { ...sale, language: 'en' }));
  expect(sold).toMatchObject({ id: 'sub_1', start: '2026-04-13', cadence: { unit: 'month' } });
  expect(sold.items.map(({ key, prorated, discountable, terms: [term] }) => [key, prorated, discountable, term!.quantity, term!.unitMinor])).toEqual([
    ['FTTH150I', true, true, 1, 9995], ['TVBSTANDARD', true, true, 1, 3000], ['TELEPMENS', true, true, 2, 2895], ['SERV911', false, false, 2, 69], ['RAB3X', true, false, 1, -1000], ['RAB24M', true, false, 1, -1500],
  ]);
  expect(item(sold, 'RAB3X').terms[0]).toEqual({ from: '2026-04-13', sku: 'RAB3X', description: 'Combo discount, 3 services', quantity: 1, unitMinor: -1000, taxCode: 'standard', because: '3 services: internet, phone, tv' });
  expect(sold.charges?.map(({ key, on: day, amountMinor, because }) => [key, day, amountMinor, because])).toEqual([
    ['ACTTELEP.2026-04-13', '2026-04-13', 13990, 'comes with phone'], ['INSTALL.2026-04-13', '2026-04-13', 0, 'comes with internet'], ['STB.2026-04-13', '2026-04-13', 11995, 'ordered'],
    ['STB1OFFERT.2026-04-13', '2026-04-13', -11995, 'TV is ordered and the customer never had a box'],
  ]);
  expect(JSON.parse(JSON.stringify(sold))).toEqual(sold);
});

test('[S1-118] the first bill of a whole month is what the checkout quoted, to the cent', () => {
  const bill = value(openBilling({ taxTable: canadaTaxTable }));
  const sold = value(subscribe(all, residentialCatalog, { ...sale, start: on }));
  const first = value(bill({ account: { id: 'acc_1', currency: 'CAD', jurisdiction: 'CA-QC' }, subscriptions: [sold], asOf: on }));
  expect(first?.totalMinor).toBe(value(priceCheckout(all, residentialCatalog, context)).dueNow.totalMinor);
});

test('[S1-057] a commitment discount ends with its term where the catalogue says so, else it stays', () => {
  const ends = changed(residentialCatalog, 'RAB24M', { lastsMonths: 24 });
  expect(prices(value(subscribe(all, ends, { ...sale, start: '2026-01-31' })), 'RAB24M')).toEqual([['2026-01-31', '2028-01-31', -1500]]);
  expect(prices(value(subscribe(all, residentialCatalog, sale)), 'RAB24M')).toEqual([['2026-04-13', null, -1500]]);
});

test('a free introduction does not cost the combo discount for good: it grows back with what it may eat into', () => {
  const intro = changed(residentialCatalog, 'FTTH25', { phases: [{ months: 2, mrcMinor: 0 }] });
  const free = changed(intro, 'TVBSKINNY', { phases: [{ months: 1, mrcMinor: 300 }] });
  const sold = value(subscribe({ services: [{ sku: 'FTTH25', type: 'internet' }, { sku: 'TVBSKINNY', type: 'tv' }] }, free, { ...sale, start: '2026-01-31' }));
  expect(prices(sold, 'RAB2X')).toEqual([['2026-01-31', null, -300], ['2026-02-28', null, -500]]);
  expect(item(sold, 'RAB2X').terms[0]?.because).toBe('2 services: internet, tv; of 500 only what was left');
});

test('a discount that has nothing to eat into for a month comes back after it', () => {
  const pause = changed(changed(residentialCatalog, 'FTTH25', { phases: [{ months: 1, mrcMinor: 900 }, { months: 1, mrcMinor: 0 }] }), 'TVBSKINNY', { mrcMinor: 0 });
  const sold = value(subscribe({ services: [{ sku: 'FTTH25', type: 'internet' }, { sku: 'TVBSKINNY', type: 'tv' }] }, pause, sale));
  expect(prices(sold, 'RAB2X')).toEqual([['2026-04-13', '2026-05-13', -500], ['2026-06-13', null, -500]]);
});

test('what is no longer sold on the day of sale is refused, what was sold goes on; a second box is not free', () => {
  const over = changed(residentialCatalog, 'FTTH150I', { validUntil: '2026-04-10' });
  expect(subscribe(all, over, { ...sale, on: '2026-04-10' })).toMatchObject({ type: 'refused', code: 'skuNotOffered', path: 'services[0].sku' });
  expect(prices(value(subscribe(all, over, sale)), 'FTTH150I')).toEqual([['2026-04-13', null, 9995]]);
  expect(value(subscribe(all, over, { ...sale, firstTvBox: false })).charges!.map(({ sku }) => sku)).not.toContain('STB1OFFERT');
});

test('[S1-056] authority is asked at the sale: a part that grows with the price later is not refused', () => {
  const part = changed(changed(residentialCatalog, 'RAB_X', { mrcMinor: 0, discount: { kind: 'manual', replaces: 'combo', offPpm: 100_000 } }), 'FTTH25', { mrcFrom: [{ on: '2027-01-01', mrcMinor: 5995 }] });
  const special = { ...sale, manualDiscount: { sku: 'RAB_X', authorisedBy: 'sophie', role: 'agent' } };
  const one: CheckoutSelection = { services: [{ sku: 'FTTH25', type: 'internet' }] };
  expect(prices(value(subscribe(one, { ...part, authority: [{ role: 'agent', upToMinor: 500 }] }, special)), 'RAB_X')).toEqual([['2026-04-13', null, -500], ['2027-01-01', null, -600]]);
  expect(subscribe(one, { ...part, authority: [{ role: 'agent', upToMinor: 499 }] }, special)).toMatchObject({ type: 'refused', code: 'notAuthorised' });
});

test('coupons are items of their own, split by the tax codes they eat into, and end by themselves', () => {
  const gift: ProductOffering = { ...findOffering(residentialCatalog, 'STB1OFFERT')!, sku: 'GIFT', mrcMinor: -1000, lastsMonths: 3, discount: { kind: 'coupon' } };
  const exempt = changed({ ...residentialCatalog, offerings: [...residentialCatalog.offerings, gift] }, 'TELEPMENS', { taxCode: 'exempt', mrcMinor: 3000 });
  const sold = value(subscribe({ services: [{ sku: 'TVBSTANDARD', type: 'tv' }, { sku: 'TELEPMENS', type: 'phone' }], coupons: ['GIFT'] }, exempt, sale));
  // The combo discount took 250 from each line; 1000 is split over 2750 and 2750.
  expect(prices(sold, 'GIFT')).toEqual([['2026-04-13', '2026-07-13', -500]]);
  expect(prices(sold, 'GIFT.exempt')).toEqual([['2026-04-13', '2026-07-13', -500]]);
  expect(item(sold, 'GIFT.exempt').terms[0]?.taxCode).toBe('exempt');
});

test('[S2-054] a plan by the year: cadence and prices of the term, the statutory fee stays monthly', () => {
  const sold = value(subscribe({ services: [], plan: 'professional' }, saasCatalog, { ...sale, term: 'year', anchorDay: 1 }));
  expect(sold.cadence).toEqual({ unit: 'year', anchorDay: 1 });
  expect(prices(sold, 'professional')).toEqual([['2026-04-13', null, 497004]]);
  const bill = value(openBilling({ taxTable: canadaTaxTable }));
  const yearly = value(subscribe({ services: [{ sku: 'TELEPMENS', type: 'phone' }] }, { ...residentialCatalog, terms: saasCatalog.terms! }, { ...sale, start: '2026-05-01', term: 'quarter' }));
  const lines = value(bill({ account: { id: 'acc_1', currency: 'CAD', jurisdiction: 'CA-QC' }, subscriptions: [yearly], asOf: '2026-05-01' }))!.lines;
  expect(lines.map(({ sku, amountMinor }) => [sku, amountMinor])).toEqual([['TELEPMENS', 7817], ['SERV911', 69], ['SERV911', 69], ['SERV911', 69], ['ACTTELEP', 6995]]);
});

test.each<[string, Partial<SubscribeContext>, CheckoutSelection, string, string]>([
  ['a day that does not exist', { start: '2026-02-29' }, all, 'badInput', 'start'],
  ['a day of sale that does not exist', { on: '2026-13-01' }, all, 'badInput', 'on'],
  ['a term the catalogue does not have', { term: 'year' }, all, 'badInput', 'term'],
  ['nothing', {}, { services: [] }, 'noServices', 'services'],
  ['a plan nobody sells', {}, { services: [], plan: 'gold' }, 'unknownSku', 'plan'],
])('%s is refused', (_, more, selection, code, path) => {
  expect(subscribe(selection, residentialCatalog, { ...sale, ...more })).toMatchObject({ type: 'refused', code, path });
});

test('on every day the items say what the sale would be priced at, and the first day is the quote', () => {
  fc.assert(fc.property(catalogs, selections, days, fc.array(fc.integer({ min: 0, max: 1200 }), { maxLength: 12 }), fc.boolean(), (catalog, selection, start, offsets, special) => {
    const terms = special ? { manualDiscount: { sku: 'RAB_X', authorisedBy: 'sophie' } } : {};
    const sold = value(subscribe(selection, catalog, { ...sale, ...terms, on: start, start }));
    const chosen = value(selectOfferings(selection, catalog, start));
    const { commitmentMonths = 0, coupons = [] } = selection;
    for (const day of [start, ...Array.from({ length: 30 }, (_, n) => addMonths(start, n)), ...offsets.map((n) => addDays(start, n))]) {
      const lines = value(recurringLines(chosen, catalog, day, { ...terms, on: start, start, commitmentMonths, coupons }));
      const said = sold.items.flatMap(({ terms: list }) => {
        const last = list.filter(({ from }) => from <= day).at(-1);
        return last && !(last.until! <= day) ? [[last.sku, last.taxCode, last.unitMinor * last.quantity!]] : [];
      });
      expect(said.sort()).toEqual(lines.map(({ sku, taxCode, amountMinor }) => [sku, taxCode, amountMinor]).sort());
    }
    const quote = value(priceCheckout(selection, catalog, { ...context, ...terms, on: start }));
    expect(sold.items.reduce((sum, { terms: [term] }) => sum + (term!.from === start ? term!.unitMinor * term!.quantity! : 0), 0)).toBe(quote.monthly.subtotalMinor);
    expect(sumOf(sold.charges!)).toBe(quote.oneTime.subtotalMinor);
  }), { numRuns: 40 });
});

test('setup and reconnection fees: with the order, or on their occasion', () => {
  const fee: ProductOffering = { ...findOffering(residentialCatalog, 'INSTALL')!, sku: 'RECONNECT', nrcMinor: 2500, occasion: 'reconnection', validUntil: '2027-01-01' };
  const { autoWith: _, ...reconnect } = fee;
  const catalog: Catalog = { ...residentialCatalog, offerings: [...residentialCatalog.offerings, reconnect] };
  expect(occasionFees('reconnection', catalog, '2026-05-02', 'en')).toEqual([
    { key: 'RECONNECT.2026-05-02', on: '2026-05-02', sku: 'RECONNECT', description: 'Standard installation', quantity: 1, amountMinor: 2500, taxCode: 'standard', because: 'due on reconnection' },
  ]);
  expect(occasionFees('planChange', catalog, '2026-05-02')).toEqual([]);
  expect(occasionFees('reconnection', catalog, '2027-01-01')).toEqual([]);
  expect(value(subscribe(all, catalog, sale)).charges!.map(({ sku }) => sku)).not.toContain('RECONNECT');
});
