import type { CivilDate } from '../kernel/civil.ts';
import type { Catalog, LocalText, OfferingFamily } from '../catalog/catalog.ts';
import { isSold } from '../catalog/isSold.ts';
import { mrcOn } from '../catalog/mrcOn.ts';

/** What a page shows of an offering: nothing a customer need not know. Amounts in minor units, before tax. */
export interface ShownOffering {
  readonly sku: string;
  readonly family: OfferingFamily;
  readonly label: LocalText;
  readonly mrcMinor: number;
  readonly nrcMinor: number;
  readonly downMbps?: number;
  readonly upMbps?: number;
}

const FOLLOWS: readonly OfferingFamily[] = ['equipment', 'fee', 'discount'];

/**
 * What may be offered on a day (S1-002, S1-059): only what is sold that day, only Internet the drop can carry, fees and discounts left out
 * because they follow by themselves. In the catalogue's order, at the regular price.
 * @example listOfferings(residentialCatalog, { on: '2026-04-03', family: 'phone' })[0].sku // 'TELEPMENS'
 */
export function listOfferings(catalog: Catalog, wanted: { readonly on: CivilDate; readonly maxDownMbps?: number; readonly family?: OfferingFamily }): readonly ShownOffering[] {
  return catalog.offerings
    .filter((one) => isSold(one, wanted.on) && !FOLLOWS.includes(one.family) && (wanted.family ?? one.family) === one.family && !(one.downKbps! > wanted.maxDownMbps! * 1000))
    .map((one) => ({
      sku: one.sku, family: one.family, label: one.label, mrcMinor: mrcOn(one, wanted.on), nrcMinor: one.nrcMinor,
      ...(one.downKbps && { downMbps: one.downKbps / 1000 }), ...(one.upKbps && { upMbps: one.upKbps / 1000 }),
    }));
}
