import fc from 'fast-check';
import type { BilledItem, PriceTerm } from '../billing/billedSubscription.ts';
import type { Catalog, PricePhase, ProductOffering } from '../catalog/catalog.ts';
import { checkCatalog } from '../catalog/checkCatalog.ts';
import { findOffering, mrcOn } from '../catalog/mrcOn.ts';
import { residentialCatalog } from '../tenant/residentialCatalog.ts';
import { saasCatalog } from '../catalog/saas.fixture.ts';
import { addDays, addMonths } from '../kernel/civil.ts';
import type { Decision } from '../kernel/decision.ts';
import { less } from './termPrice.ts';
import { priceTerms } from './priceTerms.ts';
import { days, prices } from './generators.testkit.ts';

const net = findOffering(residentialCatalog, 'FTTH150I')!;
const plan = findOffering(saasCatalog, 'professional')!;
function value<T>(decided: Decision<T>): T {
  if (decided.type === 'refused') throw new Error(`${decided.code} ${decided.path}: ${decided.message}`);
  return decided.value;
}
const catalogWith = (...more: readonly ProductOffering[]): Catalog => ({ ...residentialCatalog, offerings: [...residentialCatalog.offerings, ...more] });
const coupon = (sku: string, more: Partial<ProductOffering>): ProductOffering => ({ ...findOffering(residentialCatalog, 'STB1OFFERT')!, sku, discount: { kind: 'coupon' }, ...more });
const short = (terms: readonly PriceTerm[]) => terms.map(({ from, unitMinor }) => [from, unitMinor]);
/** What a term list says on a day. */
const at = (terms: BilledItem['terms'], day: string): number | undefined => {
  const last = terms.filter(({ from }) => from <= day).at(-1);
  return last && !(last.until! <= day) ? last.unitMinor : undefined;
};

test('[S2-074] every term says why it costs what it costs', () => {
  const phases: readonly PricePhase[] = [{ months: 1, mrcMinor: 0, label: { fr: 'Premier mois offert', en: 'First month free' } }, { months: 3, offPpm: 200_000 }];
  const mrcFrom = [{ on: '2027-01-01', mrcMinor: 10995 }];
  expect(value(priceTerms({ ...net, phases, mrcFrom }, '2026-04-13', { catalog: residentialCatalog })).map(({ unitMinor, because }) => [unitMinor, because])).toEqual([
    [0, 'ordered; First month free until 2026-05-13'], [7996, 'ordered; first price until 2026-08-13'], [9995, 'ordered; regular price'], [10995, 'ordered; price since 2027-01-01'],
  ]);
  expect(value(priceTerms({ ...net, mrcFrom, heldMonths: 24 }, '2026-04-13', { catalog: residentialCatalog }))[0]?.because).toBe('ordered; price of 2026-04-13 kept');
  expect(value(priceTerms(plan, '2026-04-13', { catalog: saasCatalog, language: 'en' }))).toEqual([{ from: '2026-04-13', sku: 'professional', description: 'professional plan', quantity: 1, unitMinor: 49900, taxCode: 'standard', because: 'ordered' }]);
});

test('coupons come off the unit price for their months, and say so', () => {
  const catalog = catalogWith(coupon('WELCOME', { lastsMonths: 3, discount: { kind: 'coupon', offPpm: 500_000, stacks: true } }), coupon('FIVER', { mrcMinor: -500, lastsMonths: 1, discount: { kind: 'coupon', stacks: true } }));
  const terms = value(priceTerms(net, '2026-01-31', { catalog, coupons: ['FIVER', 'WELCOME'] }));
  expect(short(terms)).toEqual([['2026-01-31', 4497], ['2026-02-28', 4997], ['2026-04-30', 9995]]);
  expect(terms[0]?.because).toBe('ordered; coupon; until 2026-04-30; coupon; until 2026-02-28');
  expect(priceTerms({ ...net, discountable: false }, '2026-01-31', { catalog, coupons: ['FIVER'] })).toMatchObject({ type: 'refused', code: 'discountUnknown', path: 'coupons[0]' });
});

test('[S2-054] a term is priced as a whole: once, on the base only', () => {
  const year = (offering: ProductOffering, catalog = saasCatalog) => short(value(priceTerms(offering, '2026-04-13', { catalog, term: 'year' })));
  expect(year(plan)).toEqual([['2026-04-13', 497004]]);
  expect(year({ ...plan, termMinor: { year: 499000 } })).toEqual([['2026-04-13', 499000]]);
  expect(year({ ...plan, phases: [{ months: 12, offPpm: 200_000 }] })).toEqual([['2026-04-13', 397603], ['2027-04-13', 497004]]);
  expect(year({ ...plan, phases: [{ months: 12, mrcMinor: 100 }] })).toEqual([['2026-04-13', 996], ['2027-04-13', 497004]]);
  expect(year({ ...plan, prorated: false })).toEqual([['2026-04-13', 49900]]);
  expect(priceTerms(net, '2026-04-13', { catalog: residentialCatalog, term: 'year' })).toMatchObject({ type: 'refused', code: 'badInput', path: 'term' });
});

test.each<[string, string, string]>([['2026-02-30', '2026-04-03', 'start'], ['9001-01-01', '2026-04-03', 'start'], ['', '2026-04-03', 'start'], ['2026-04-13', 'soon', 'on'], ['2026-04-13', '9999-12-31', 'on']])('a start on %p, sold on %p, is no start', (start, on, path) => {
  expect(priceTerms({ ...net, phases: [{ months: 3, offPpm: 1 }] }, start, { catalog: residentialCatalog, on })).toMatchObject({ type: 'refused', code: 'badInput', path });
});

const phase: fc.Arbitrary<PricePhase> = fc.oneof(
  fc.record({ months: fc.integer({ min: 1, max: 14 }), mrcMinor: prices }), fc.record({ months: fc.integer({ min: 1, max: 14 }), offPpm: fc.constantFrom(0, 1, 200_000, 333_333, 500_000, 1_000_000) }),
);
const optional = <K extends string, T>(key: K, of: fc.Arbitrary<T>) => fc.option(of.map((one) => ({ [key]: one }) as Record<K, T>), { nil: {} });
const offerings = fc.tuple(
  prices, fc.array(phase, { maxLength: 4 }), fc.uniqueArray(fc.tuple(days, prices), { maxLength: 3, selector: ([day]) => day }), optional('heldMonths', fc.integer({ min: 1, max: 40 })), optional('lastsMonths', fc.integer({ min: 1, max: 40 })),
).map(([mrcMinor, phases, steps, held, lasts]): ProductOffering => ({
  ...net, mrcMinor, ...(phases[0] && { phases }), ...held, ...lasts, ...(steps[0] && { mrcFrom: steps.sort().map(([on, minor]) => ({ on, mrcMinor: minor })) }),
}));

test('terms partition time from the start and say each day what a calendar of months says', () => {
  fc.assert(fc.property(offerings, days, fc.integer({ min: -40, max: 40 }), fc.array(fc.integer({ min: 0, max: 1500 }), { maxLength: 20 }), (offering, start, early, offsets) => {
    const on = addDays(start, -Math.abs(early));
    const terms = value(priceTerms(offering, start, { catalog: residentialCatalog, on }));
    expect(terms.map(({ from }) => from)).toEqual([...new Set(terms.map(({ from }) => from))].sort());
    terms.forEach(({ until }, i) => { if (until !== undefined) expect(until <= (terms[i + 1]?.from ?? '9')).toBe(true); });
    const edges = [...(offering.mrcFrom ?? []).map((step) => step.on), ...Array.from({ length: 57 }, (_, n) => addMonths(start, n))];
    for (const day of [...offsets.map((n) => addDays(start, n)), ...edges, ...edges.map((edge) => addDays(edge, -1))]) {
      const months = Array.from({ length: 60 }, (_, n) => n).filter((n) => addMonths(start, n) <= day).length;
      if (day < start || months > 57) continue;
      const price = mrcOn(offering, offering.heldMonths !== undefined && months <= offering.heldMonths ? on : day);
      let passed = 0;
      const now = offering.phases?.find((one) => (passed += one.months) >= months);
      const expected = offering.lastsMonths !== undefined && months > offering.lastsMonths ? undefined : !now ? price : now.mrcMinor ?? less(price, now.offPpm!);
      expect([day, at(terms, day)]).toEqual([day, expected]);
    }
  }), { numRuns: 60 });
});

test('phases never drift: phase n ends where n times one month from the start ends', () => {
  fc.assert(fc.property(days, fc.integer({ min: 2, max: 12 }), (start, count) => {
    const phases = Array.from({ length: count }, (_, n) => ({ months: 1, mrcMinor: n + 1 }));
    expect(value(priceTerms({ ...net, phases }, start, { catalog: residentialCatalog })).map(({ from }) => from)).toEqual(Array.from({ length: count + 1 }, (_, n) => addMonths(start, n)));
  }), { numRuns: 60 });
});

test('[S2-050] [S2-051] [S2-052] [S2-053] the plans are a catalogue that checks, with their prices, ranks and limits', () => {
  expect(checkCatalog(saasCatalog)).toMatchObject({ type: 'accepted', warnings: [] });
  const limits = saasCatalog.offerings.filter(({ family }) => family === 'plan').map((one) => [one.sku, one.mrcMinor, one.rank, ...one.limits!.map(({ max }) => max)]);
  expect(limits).toEqual([['free', 0, 0, 10, 1, 1000, 7], ['starter', 9900, 1, 100, 5, 10_000, 30], ['professional', 49900, 2, 1000, 25, 100_000, 90], ['enterprise', 249900, 3, undefined, undefined, undefined, 365]]);
});
