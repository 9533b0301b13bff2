import { appliesTo } from '../catalog/appliesTo.ts';
import type { AnyRule, Catalog, DiscountRule, ProductOffering } from '../catalog/catalog.ts';
import { isSold } from '../catalog/isSold.ts';
import { isCivilDate, type CivilDate } from '../kernel/civil.ts';
import { accept, deny, type Decision } from '../kernel/decision.ts';
import { allocate, mulDiv } from '../kernel/money.ts';
import { priceOn } from './priceOn.ts';
import { quoteLine, type DiscountRefusal, type QuoteLine, type SaleTerms } from './quote.ts';
import type { SelectedOffering } from './selectOfferings.ts';

interface Target {
  readonly offering: ProductOffering;
  readonly minor: number;
  left: number;
}
/** An offering and all its rule says, side by side. */
type Offer = ProductOffering & AnyRule;
const total = (list: readonly Target[], what: 'minor' | 'left'): number => list.reduce((sum, one) => sum + one[what], 0);

/**
 * The recurring discounts of a selection on a day: the one best combo tier by the number of different services, or a special discount in
 * its place; the commitment; coupons, parts before amounts, so that the order of entry does not matter. Each takes from what it applies to
 * by largest remainder and is capped by what is left there, so a bill never turns negative (S1-053…058, S1-063, decisions 1 to 8).
 * @example applyDiscounts(chosen, residentialCatalog, '2026-04-03', { commitmentMonths: 24 }).value.map(({ sku, amountMinor }) => [sku, amountMinor]) // [['RAB3X', -1000], ['RAB24M', -1500]]
 */
export function applyDiscounts(chosen: readonly SelectedOffering[], catalog: Catalog, day: CivilDate, terms: SaleTerms): Decision<readonly QuoteLine[], DiscountRefusal> {
  const { start = day, on = start, manualDiscount: special, commitmentMonths = 0, coupons = [], redeemed } = terms;
  for (const [path, at] of Object.entries({ ['on' in terms ? 'on' : 'start']: on, start, day })) if (!isCivilDate(at) || at > '9') return deny('badInput', path, `${path} must be a day before the year 9000.`);
  const services = [...new Set(chosen.flatMap(({ offering }) => offering.comboService ?? []))].sort();
  const offers = catalog.offerings.filter((one) => isSold(one, on)).map((one) => ({ ...one, ...one.discount }) as Offer);
  const find = (kind: DiscountRule['kind'], fits: (offer: Offer) => boolean) => offers.filter((one) => one.kind === kind && fits(one));
  const [tier] = find('combo', ({ minServices }) => minServices <= services.length).sort((a, b) => b.minServices - a.minServices);
  const take: [path: string, why: string, Offer | undefined][] = [];
  if (special) take.push(['manualDiscount', `authorised by ${special.role ?? 'a person'}; replaces the combo discount`, find('manual', ({ sku }) => sku === special.sku && !!special.authorisedBy?.trim?.())[0]]);
  else if (tier) take.push(['', `${services.length} services: ${services.join(', ')}`, tier]);
  if (commitmentMonths) take.push(['commitmentMonths', `commitment of ${commitmentMonths} months`, find('commitment', ({ months }) => months === commitmentMonths)[0]]);
  const usable = (offer: Offer) => (offer.maxRedemptions === undefined || redeemed?.[offer.sku]! < offer.maxRedemptions) && chosen.some(({ offering }) => appliesTo(offer, offering));
  const rank = (one: Offer | undefined) => one && (one.offPpm === undefined ? 1 : 0) + one.sku;
  take.push(...coupons.map((code, i): (typeof take)[number] => [`coupons[${i}]`, 'coupon', find('coupon', (offer) => offer.sku === code && usable(offer))[0]]).sort((a, b) => (rank(a[2])! < rank(b[2])! ? -1 : 1)));

  const targets = chosen.map(({ offering, quantity }): Target => {
    const minor = (priceOn(offering, catalog, day, terms)?.minor ?? 0) * quantity;
    return { offering, minor, left: minor };
  });
  const lines: QuoteLine[] = [];
  for (const [path, why, offering] of take) {
    if (!offering) return deny('discountUnknown', path, 'None such, or not authorised.');
    if (why === 'coupon' && coupons[1] && (!offering.stacks || new Set(coupons).size < coupons.length)) return deny('couponsExclusive', path, `${offering.sku} stands alone.`);
    const now = priceOn(offering, catalog, day, terms);
    if (!now) continue;
    const of = targets.filter((one) => appliesTo(offering, one.offering));
    const wants = offering.offPpm === undefined ? -now.minor : mulDiv(total(of, 'minor'), offering.offPpm, 1_000_000);
    const most = path === 'manualDiscount' && day === start && catalog.authority ? catalog.authority.find(({ role }) => role === special!.role)?.upToMinor ?? 0 : wants;
    if (wants > most) return deny('notAuthorised', `${path}.role`, `This role may allow ${most}.`);
    const given = Math.min(wants, total(of, 'left'));
    if (given <= 0) continue;
    const shares = new Map<string, number>();
    allocate(given, of.map(({ left }) => left), of.map((one) => one.offering.sku)).forEach((share, i) => {
      const { taxCode } = why === 'coupon' ? of[i]!.offering : offering;
      of[i]!.left -= share;
      if (share) shares.set(taxCode, (shares.get(taxCode) ?? 0) - share);
    });
    const because = [why, now.because, given < wants && `of ${wants} only what was left`].filter(Boolean).join('; ');
    for (const [taxCode, amountMinor] of shares) lines.push(quoteLine(offering, 1, amountMinor, because, taxCode));
  }
  return accept(lines, ...lines.map((line) => `${line.sku}: ${line.because}`));
}
