import type { PriceTerm } from '../billing/billedSubscription.ts';
import type { Catalog, ProductOffering } from '../catalog/catalog.ts';
import type { CivilDate } from '../kernel/civil.ts';
import { accept, type Decision } from '../kernel/decision.ts';
import { itemsOver } from './itemsOver.ts';
import type { PriceRefusal, SaleTerms } from './quote.ts';

/**
 * What one offering costs from its start on: introduction and promotion phases, coupons, then the evergreen price, price changes by their
 * day unless the price is held. Each term says why. Coupons are taken off the unit price. Months are counted from the start, so nothing
 * drifts.
 * @example priceTerms({ ...serv911, lastsMonths: 12 }, '2026-01-31', { catalog: residentialCatalog }).value.map(({ from, until, unitMinor }) => [from, until, unitMinor]) // [['2026-01-31', '2027-01-31', 69]]
 */
export function priceTerms(offering: ProductOffering, start: CivilDate, context: Omit<SaleTerms, 'start'> & { readonly catalog: Catalog; readonly language?: 'fr' | 'en' }): Decision<readonly PriceTerm[], PriceRefusal> {
  const { catalog, language = 'fr' } = context;
  const items = itemsOver([{ offering, quantity: 1, picked: true }], catalog, { ...context, start }, language, (lines) => lines.slice(0, 1).map((one) => ({
    ...one, amountMinor: lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0), because: lines.map(({ because }) => because).join('; '),
  })));
  return items.type === 'refused' ? items : accept(items.value[0]?.terms ?? [], ...items.because);
}
