import fc from 'fast-check';
import type { Catalog, ProductOffering } from '../catalog/catalog.ts';
import { residentialCatalog } from '../tenant/residentialCatalog.ts';
import { addDays, addMonths } from '../kernel/civil.ts';
import type { CheckoutSelection } from './quote.ts';

/** Days weighted to month ends, leap days and the days around changes of the clock. */
export const days: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('2026-01-31', '2026-02-28', '2028-02-29', '2027-12-31', '2026-03-08', '2026-11-01', '2026-10-04', '2026-04-05', '2026-01-01', '2028-01-29', '2028-01-30'),
  fc.tuple(fc.integer({ min: 0, max: 48 }), fc.integer({ min: -3, max: 1 })).map(([months, off]) => addDays(addMonths('2026-01-01', months), off)),
  fc.integer({ min: 0, max: 1500 }).map((n) => addDays('2026-01-01', n)),
);
export const prices: fc.Arbitrary<number> = fc.oneof(fc.constantFrom(0, 1, 4995, 2 ** 31), fc.integer({ min: 0, max: 30_000 }));

export const changed = (catalog: Catalog, sku: string, more: Partial<ProductOffering>): Catalog => ({ ...catalog, offerings: catalog.offerings.map((one) => (one.sku === sku ? { ...one, ...more } : one)) });
export const sumOf = (lines: readonly { readonly amountMinor: number }[]): number => lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

const pickOf = <T>(...values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
/** Anything a customer may order of `catalogs`, coupons included. */
export const selections: fc.Arbitrary<CheckoutSelection> = fc.record({
  internet: pickOf('FTTH25', 'FTTH150I', 'FTTH1500I'), tv: pickOf('TVBSKINNY', 'TVBEVO', 'TELE'), phone: pickOf(1, 2), addOns: fc.subarray(['TVADDFAMILLE', 'TVADDSPORTS']),
  commitmentMonths: fc.constantFrom(0 as const, 24 as const, 36 as const), boxes: fc.integer({ min: 0, max: 3 }), coupons: fc.shuffledSubarray(['PART', 'SMALL', 'LARGE']),
}).filter(({ internet, tv, phone }) => Boolean(internet ?? (tv === 'TELE' ? phone : tv ?? phone))).map(({ internet, tv, phone, addOns, commitmentMonths, boxes, coupons }) => {
  const hasTv = tv !== undefined && (tv !== 'TELE' || internet !== undefined);
  return {
    services: [...(internet ? [{ sku: internet, type: 'internet' as const }] : []), ...(hasTv ? [{ sku: tv, type: 'tv' as const }] : []), ...(phone ? [{ sku: 'TELEPMENS', type: 'phone' as const, quantity: phone }] : [])],
    addOns: hasTv ? addOns : [], commitmentMonths, tvBoxes: hasTv ? boxes : 0, coupons,
  };
});

const gift = residentialCatalog.offerings.find(({ sku }) => sku === 'STB1OFFERT')!;
const coupon = (sku: string, more: Partial<ProductOffering>): ProductOffering => ({ ...gift, sku, discount: { kind: 'coupon', stacks: true }, ...more });
/** The residential catalogue at other prices, with phases, an exempt phone and three coupons that stack. */
export const catalogs: fc.Arbitrary<Catalog> = fc.record({
  minors: fc.array(prices, { minLength: 14, maxLength: 14 }), offs: fc.array(fc.constantFrom(0, 1, 500, 1000, 1500, 4995, 2 ** 31), { minLength: 6, maxLength: 6 }), fee: prices, box: prices,
  phase: fc.option(fc.record({ months: fc.integer({ min: 1, max: 7 }), offPpm: fc.constantFrom(0, 333_333, 500_000, 1_000_000) }), { nil: undefined }),
  part: fc.constantFrom(0, 1, 100_000, 333_333, 1_000_000), small: fc.constantFrom(1, 500), large: fc.constantFrom(9995, 2 ** 31), lasts: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }), exempt: fc.boolean(),
}).map(({ minors, offs, fee, box, phase, part, small, large, lasts, exempt }) => {
  let n = 0;
  let d = 0;
  const ends = lasts === undefined ? {} : { lastsMonths: lasts };
  const offerings = residentialCatalog.offerings.map((one): ProductOffering => {
    if (one.sku === 'TELE') return one;
    if (one.sku === 'SERV911') return { ...one, mrcMinor: fee };
    if (one.sku === 'STB') return { ...one, nrcMinor: box };
    if (one.discount) return one.discount.kind === 'firstTvBox' ? one : { ...one, mrcMinor: 0 - offs[d++]!, ...(one.discount.kind === 'commitment' && ends) };
    if (one.family === 'fee') return one;
    return { ...one, mrcMinor: minors[n++]!, ...(one.family === 'internet' && phase && { phases: [phase] }), ...(exempt && one.family === 'phone' && { taxCode: 'exempt' }) };
  });
  return { ...residentialCatalog, offerings: [...offerings, coupon('PART', { ...ends, discount: { kind: 'coupon', offPpm: part, stacks: true } }), coupon('SMALL', { mrcMinor: -small, discount: { kind: 'coupon', stacks: true, families: ['tv', 'phone', 'internet'] } }), coupon('LARGE', { mrcMinor: -large, ...ends })] };
});
