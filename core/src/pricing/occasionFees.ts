import type { OneCharge } from '../billing/billedSubscription.ts';
import type { Catalog, ProductOffering } from '../catalog/catalog.ts';
import { isSold } from '../catalog/isSold.ts';
import type { CivilDate } from '../kernel/civil.ts';
import { chargeOf, quoteLine } from './quote.ts';

/** The fees that are due when something happens, e.g. a reconnection, as charges of that day. @example occasionFees('reconnection', residentialCatalog, '2026-04-03') // [] */
export function occasionFees(occasion: NonNullable<ProductOffering['occasion']>, { offerings }: Catalog, on: CivilDate, language: 'fr' | 'en' = 'fr'): readonly OneCharge[] {
  return offerings.filter((one) => one.occasion === occasion && isSold(one, on)).map((one) => chargeOf(quoteLine(one, 1, one.nrcMinor, `due on ${occasion}`), on, language));
}
