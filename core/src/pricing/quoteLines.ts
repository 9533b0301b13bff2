import type { Catalog } from '../catalog/catalog.ts';
import { isSold } from '../catalog/isSold.ts';
import type { CivilDate } from '../kernel/civil.ts';
import { accept, deny, type Decision } from '../kernel/decision.ts';
import { applyDiscounts } from './applyDiscounts.ts';
import { priceOn, type PriceNow } from './priceOn.ts';
import { quoteLine, type PriceRefusal, type QuoteLine, type SaleTerms } from './quote.ts';
import type { SelectedOffering } from './selectOfferings.ts';

const line = ({ offering, quantity, picked }: SelectedOffering, { minor, because }: PriceNow): QuoteLine => {
  const why = picked ? (quantity > 1 ? `ordered ${quantity} times` : 'ordered') : `comes with ${offering.autoWith?.family}`;
  return quoteLine(offering, quantity, minor * quantity, because ? `${why}; ${because}` : why);
};

/**
 * The recurring lines of a sale on a day, discounts included; of a month, or of the term that is paid at once. What was picked is shown
 * even when it is free. @example recurringLines(chosen, residentialCatalog, '2026-04-03', {}).value.map(({ sku }) => sku) // ['FTTH150I', 'TVBSTANDARD', 'TELEPMENS', 'SERV911', 'RAB3X']
 */
export function recurringLines(chosen: readonly SelectedOffering[], catalog: Catalog, day: CivilDate, terms: SaleTerms): Decision<readonly QuoteLine[], PriceRefusal> {
  if (terms.term && !catalog.terms?.[terms.term]?.months) return deny('badInput', 'term', 'The catalogue has no such term.');
  const discounts = applyDiscounts(chosen, catalog, day, terms);
  if (discounts.type === 'refused') return discounts;
  const charged = chosen.flatMap((one) => {
    const { mrcMinor, mrcFrom, phases, family } = one.offering;
    const now = mrcMinor || mrcFrom || phases || !/fee|equipment/.test(family) ? priceOn(one.offering, catalog, day, terms) : null;
    return now ? [line(one, now)] : [];
  });
  return accept([...charged, ...discounts.value], ...discounts.because);
}

/**
 * The one-time lines: what costs something, a free installation too, and one free box in a customer's life, with TV only (S1-061, S1-062,
 * decision 14). @example oneTimeLines(chosen, residentialCatalog, true).map(({ sku, amountMinor }) => [sku, amountMinor]) // [['ACTTELEP', 6995], ['INSTALL', 0], ['STB', 11995], ['STB1OFFERT', -11995]]
 */
export function oneTimeLines(chosen: readonly SelectedOffering[], catalog: Catalog, firstTvBox: boolean, on?: CivilDate): readonly QuoteLine[] {
  const lines = chosen.filter(({ offering: { nrcMinor, family, mrcMinor } }) => nrcMinor > 0 || (family === 'fee' && mrcMinor === 0)).map((one) => line(one, { minor: one.offering.nrcMinor }));
  const box = chosen.find(({ offering }) => offering.sku === catalog.tvBoxSku)?.offering;
  const credit = catalog.offerings.find((one) => one.discount?.kind === 'firstTvBox' && isSold(one, on));
  if (firstTvBox && box?.nrcMinor && credit) lines.push({ ...quoteLine(credit, 1, -box.nrcMinor, 'TV is ordered and the customer never had a box', box.taxCode), prorated: false });
  return lines;
}
