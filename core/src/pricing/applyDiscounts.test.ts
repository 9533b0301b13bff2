import fc from 'fast-check';
import type { Catalog, OfferingFamily, ProductOffering } from '../catalog/catalog.ts';
import { findOffering } from '../catalog/mrcOn.ts';
import { residentialCatalog } from '../tenant/residentialCatalog.ts';
import type { Decision } from '../kernel/decision.ts';
import { applyDiscounts } from './applyDiscounts.ts';
import { canadaTaxTable } from '../tenant/canadaTaxTable.ts';
import { catalogs, changed, days, prices, selections, sumOf } from './generators.testkit.ts';
import { priceCheckout } from './priceCheckout.ts';
import { oneTimeLines, recurringLines } from './quoteLines.ts';
import type { CheckoutContext, CheckoutSelection, ManualDiscount, QuoteLine } from './quote.ts';
import { selectOfferings, type SelectedOffering } from './selectOfferings.ts';

const on = '2026-04-03';
const context: CheckoutContext = { firstTvBox: true, jurisdiction: 'CA-QC', on, taxTable: canadaTaxTable };
function value<T>(decided: Decision<T>): T {
  if (decided.type === 'refused') throw new Error(`${decided.code} ${decided.path}: ${decided.message}`);
  return decided.value;
}
const net: CheckoutSelection = { services: [{ sku: 'FTTH25', type: 'internet' }] };
const gift = findOffering(residentialCatalog, 'STB1OFFERT')!;
const coupon = (sku: string, more: Partial<ProductOffering> = {}): ProductOffering => ({ ...gift, sku, mrcMinor: -500, discount: { kind: 'coupon' }, ...more });
const catalogWith = (...more: readonly ProductOffering[]): Catalog => ({ ...residentialCatalog, offerings: [...residentialCatalog.offerings, ...more] });
const priced = (selection: CheckoutSelection, catalog: Catalog, more: Partial<CheckoutContext> = {}) => priceCheckout(selection, catalog, { ...context, ...more });
const special = (role?: string): { manualDiscount: ManualDiscount } => ({ manualDiscount: { sku: 'RAB_X', authorisedBy: 'sophie', ...(role !== undefined && { role }) } });
const discounts = (lines: readonly QuoteLine[]) => lines.filter(({ family }) => family === 'discount').map(({ sku, amountMinor }) => [sku, amountMinor]);

test('[S1-056] who may allow how much is data: an agent not 20 a month, a supervisor yes', () => {
  const catalog: Catalog = { ...residentialCatalog, authority: [{ role: 'agent', upToMinor: 1000 }, { role: 'supervisor', upToMinor: 2000 }] };
  for (const role of [undefined, 'agent', 'intern']) expect(priced(net, catalog, special(role))).toMatchObject({ type: 'refused', code: 'notAuthorised', path: 'manualDiscount.role' });
  const allowed = value(priced(net, catalog, special('supervisor')));
  expect(discounts(allowed.monthly.lines)).toEqual([['RAB_X', -2000]]);
  expect(allowed.because).toContain('RAB_X: authorised by supervisor; replaces the combo discount');
  expect(priced(net, residentialCatalog, special()).type).toBe('accepted');
});

test.each<[string, ProductOffering, readonly string[], Partial<CheckoutContext>, string, string]>([
  ['unknown', coupon('TEN'), ['NOPE'], {}, 'discountUnknown', 'coupons[0]'],
  ['a discount that is no coupon', coupon('TEN'), ['RAB4X'], {}, 'discountUnknown', 'coupons[0]'],
  ['too early', coupon('TEN', { validFrom: '2026-04-04' }), ['TEN'], {}, 'discountUnknown', 'coupons[0]'],
  ['expired', coupon('TEN', { validUntil: '2026-04-03' }), ['TEN'], {}, 'discountUnknown', 'coupons[0]'],
  ['used up', coupon('TEN', { discount: { kind: 'coupon', maxRedemptions: 2 } }), ['TEN'], { redeemed: { TEN: 2 } }, 'discountUnknown', 'coupons[0]'],
  ['of a use that is no number', coupon('TEN', { discount: { kind: 'coupon', maxRedemptions: 2 } }), ['TEN'], { redeemed: { TEN: NaN } }, 'discountUnknown', 'coupons[0]'],
  ['of unknown use', coupon('TEN', { discount: { kind: 'coupon', maxRedemptions: 2 } }), ['TEN'], {}, 'discountUnknown', 'coupons[0]'],
  ['for what is not ordered', coupon('TEN', { discount: { kind: 'coupon', families: ['tv'] } }), ['TEN'], {}, 'discountUnknown', 'coupons[0]'],
  ['entered twice', coupon('TEN', { discount: { kind: 'coupon', stacks: true } }), ['TEN', 'TEN'], {}, 'couponsExclusive', 'coupons[0]'],
  ['one that stands alone, beside another', coupon('TEN'), ['STACKS', 'TEN'], {}, 'couponsExclusive', 'coupons[1]'],
])('a coupon that is %s is refused with its place', (_, one, coupons, more, code, path) => {
  const catalog = catalogWith(one, coupon('STACKS', { discount: { kind: 'coupon', stacks: true } }));
  expect(priced({ ...net, coupons }, catalog, more)).toMatchObject({ type: 'refused', code, path });
});

test.each([{}, { sku: 'RAB_X' }, { sku: 'RAB_X', authorisedBy: 7 }])('%p is no authorised discount', (manualDiscount) => {
  expect(priced(net, residentialCatalog, { manualDiscount: manualDiscount as never })).toMatchObject({ type: 'refused', code: 'discountUnknown', path: 'manualDiscount' });
});

test('a coupon is good on its days, as often as it may be used', () => {
  const catalog = catalogWith(coupon('TEN', { validFrom: '2026-04-03', validUntil: '2026-04-04', discount: { kind: 'coupon', maxRedemptions: 2, skus: ['FTTH25'] } }));
  const { monthly } = value(priced({ ...net, coupons: ['TEN'] }, catalog, { redeemed: { TEN: 1 } }));
  expect(monthly.lines.map(({ sku, amountMinor, because }) => [sku, amountMinor, because])).toEqual([['FTTH25', 4995, 'ordered'], ['TEN', -500, 'coupon']]);
});

test('a discount may be a part, and may be sold only for a while', () => {
  const half = changed(residentialCatalog, 'RAB2X', { mrcMinor: 0, discount: { kind: 'combo', minServices: 2, offPpm: 500_000 } });
  const two: CheckoutSelection = { services: [...net.services, { sku: 'TELEPMENS', type: 'phone' }] };
  expect(discounts(value(priced(two, half)).monthly.lines)).toEqual([['RAB2X', -3945]]);
  const over = changed(residentialCatalog, 'RAB2X', { validUntil: on });
  expect(discounts(value(priced(two, over)).monthly.lines)).toEqual([]);
  expect(priced({ ...net, commitmentMonths: 24 }, changed(residentialCatalog, 'RAB24M', { validFrom: '2026-04-04' }))).toMatchObject({ code: 'discountUnknown', path: 'commitmentMonths' });
});

test.each([['on', { on: 'x' }], ['start', { start: '2026-02-29' }], ['start', { on, start: '9000-01-01' }], ['day', { on, start: on }]])('%s must be a day', (path, terms) => {
  expect(applyDiscounts([], residentialCatalog, path === 'day' ? '2026-99-99' : on, terms)).toMatchObject({ type: 'refused', code: 'badInput', path });
});

const terms = fc.record({ start: days, more: fc.constantFrom({}, special()), months: fc.integer({ min: 0, max: 900 }) });

test('[inv-26] what may be discounted stays at least 0 in every tax code, and a fee is never touched', () => {
  fc.assert(fc.property(catalogs, selections, terms, prices, (catalog, selection, { start, more }, fee) => {
    const { commitmentMonths = 0, coupons = [] } = selection;
    const given = { ...more, start, commitmentMonths, coupons };
    const of = (from: Catalog) => value(recurringLines(value(selectOfferings(selection, from)), from, start, given));
    const lines = of(catalog);
    const fees = new Set(catalog.offerings.filter(({ discountable, family }) => !discountable && family !== 'discount').map(({ sku }) => sku));
    expect(sumOf(lines.filter(({ sku }) => !fees.has(sku)))).toBeGreaterThanOrEqual(0);
    for (const line of lines) {
      if (line.family === 'discount') expect(line.amountMinor).toBeLessThan(0);
      else if (fees.has(line.sku)) expect(line.amountMinor).toBe(findOffering(catalog, line.sku)!.mrcMinor * line.quantity);
      expect(Number.isSafeInteger(line.amountMinor)).toBe(true);
    }
    expect(discounts(of(changed(catalog, 'SERV911', { mrcMinor: fee })))).toEqual(discounts(lines));
  }), { numRuns: 150 });
});

const families = ['internet', 'tv', 'phone', 'plan'] as const;
const service = (name: string, i: number): SelectedOffering => ({ offering: { ...findOffering(residentialCatalog, 'FTTH25')!, sku: `S${i}`, family: families[i % 4] as OfferingFamily, comboService: name, mrcMinor: 100_000 }, quantity: 1 + (i % 3), picked: true });
const tierOf = (chosen: readonly SelectedOffering[]): string | undefined => value(applyDiscounts(chosen, residentialCatalog, on, {}))[0]?.sku;

test('[inv-27] one more kind of service never lowers the tier; the tier follows from the set of kinds alone', () => {
  const names = fc.constantFrom('internet', 'tv', 'phone', 'mobile', 'security');
  fc.assert(fc.property(fc.array(names, { maxLength: 8 }), names, (kinds, more) => {
    const rank = (list: readonly string[]): number => ['RAB2X', 'RAB3X', 'RAB4X'].indexOf(tierOf(list.map(service)) ?? '');
    expect(rank([...kinds, more])).toBeGreaterThanOrEqual(rank(kinds));
    expect(rank(kinds)).toBe(rank([...new Set(kinds)].reverse()));
    expect(rank(kinds)).toBe(Math.min(new Set(kinds).size, 4) - 2 < 0 ? -1 : Math.min(new Set(kinds).size, 4) - 2);
  }), { numRuns: 200 });
});

test('[inv-28] at most one combo or special line and one commitment line, never RAB_X with a combo', () => {
  fc.assert(fc.property(catalogs, selections, terms, (catalog, selection, { start, more }) => {
    const { commitmentMonths = 0, coupons = [] } = selection;
    const lines = value(recurringLines(value(selectOfferings(selection, catalog)), catalog, start, { ...more, commitmentMonths, coupons }));
    expect(lines.filter(({ sku }) => /^RAB(.X|_X)$/.test(sku)).length).toBeLessThanOrEqual(1);
    expect(lines.filter(({ sku }) => /^RAB\d\dM$/.test(sku)).length).toBeLessThanOrEqual(1);
    if ('manualDiscount' in more) expect(lines.some(({ sku }) => /^RAB\dX$/.test(sku))).toBe(false);
  }), { numRuns: 150 });
});

test('[inv-29] the order of services, add-ons and coupons does not change the price', () => {
  fc.assert(fc.property(catalogs, selections, fc.constantFrom({}, special()), (catalog, selection, more) => {
    const turned: CheckoutSelection = { ...selection, services: [...selection.services].reverse(), addOns: [...selection.addOns!].reverse(), coupons: [...selection.coupons!].reverse() };
    expect(value(priced(turned, catalog, more))).toEqual(value(priced(selection, catalog, more)));
  }), { numRuns: 150 });
});

test('[inv-29] nor does the order of the catalogue change a total', () => {
  fc.assert(fc.property(catalogs, selections, fc.constantFrom({}, special()), fc.integer(), (catalog, selection, more, seed) => {
    const offerings = [...catalog.offerings].map((one, i) => [Math.imul(seed + i, 2654435761) >>> 0, one] as const).sort((a, b) => a[0] - b[0]).map(([, one]) => one);
    const total = (from: Catalog) => {
      const { monthly, oneTime, dueNow } = value(priced(selection, from, more));
      return [monthly, oneTime, dueNow].map(({ subtotalMinor, totalMinor }) => [subtotalMinor, totalMinor]);
    };
    expect(total({ ...catalog, offerings })).toEqual(total(catalog));
  }), { numRuns: 100 });
});

test('[inv-33] over all orders of a customer the first box is credited at most once, with the price of one box', () => {
  fc.assert(fc.property(fc.array(fc.tuple(catalogs, selections), { minLength: 1, maxLength: 5 }), (orders) => {
    let had = false;
    let credits = 0;
    for (const [catalog, selection] of orders) {
      const box = findOffering(catalog, 'STB')!.nrcMinor;
      const lines = oneTimeLines(value(selectOfferings(selection, catalog)), catalog, !had, on);
      const credit = lines.filter(({ sku }) => sku === 'STB1OFFERT');
      credits += credit.length;
      for (const line of credit) expect(-line.amountMinor).toBe(box);
      expect(sumOf(lines)).toBeGreaterThanOrEqual(0);
      had ||= (selection.tvBoxes ?? 0) > 0;
    }
    expect(credits).toBeLessThanOrEqual(1);
  }), { numRuns: 150 });
});
