import type { CivilDate } from '../kernel/civil.ts';
import type { Catalog, ProductOffering } from './catalog.ts';

/** The last price change of an offering that is in force on a day. @example stepOn(serv911, '2026-04-03') // undefined */
export function stepOn({ mrcFrom = [] }: ProductOffering, day: CivilDate): { readonly on: CivilDate; readonly mrcMinor: number } | undefined {
  return mrcFrom.filter(({ on }) => on <= day).at(-1);
}

/** The monthly charge of an offering on a day, in minor units (decision 10: statutory amounts change by date). @example mrcOn(serv911, '2026-04-03') // 69 */
export function mrcOn(offering: ProductOffering, day: CivilDate): number {
  return (stepOn(offering, day) ?? offering).mrcMinor;
}

/** @example findOffering(residentialCatalog, 'FTTH25')?.mrcMinor // 4995 */
export function findOffering(catalog: Catalog, sku: string): ProductOffering | undefined {
  return catalog.offerings.find((one) => one.sku === sku);
}
