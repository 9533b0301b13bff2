import type { CivilDate } from '../kernel/civil.ts';

/** What a person reads, in both languages of the territory (S1-011). */
export interface LocalText {
  readonly fr: string;
  readonly en: string;
}

export type OfferingFamily = 'internet' | 'tv' | 'phone' | 'addon' | 'equipment' | 'fee' | 'discount';

/** What makes a discount apply. `manual` is never automatic: a person authorises it (decision 7). */
export type DiscountRule =
  | { readonly kind: 'combo'; readonly minServices: number }
  | { readonly kind: 'commitment'; readonly months: number }
  | { readonly kind: 'manual'; readonly replaces: 'combo' }
  | { readonly kind: 'firstTvBox' };

/** One sellable thing, or one fee or discount that follows from what is sold. Amounts are minor units of the catalogue's currency. */
export interface ProductOffering {
  readonly sku: string;
  readonly family: OfferingFamily;
  readonly label: LocalText;
  /** As a technician reads it on a job, e.g. `FTTH 150M`. */
  readonly shortName: string;
  /** Monthly recurring charge; negative for discounts. */
  readonly mrcMinor: number;
  /** One-off charge. */
  readonly nrcMinor: number;
  /** Later monthly prices, each in force from its day (a statutory fee changes by law, decision 10). */
  readonly mrcFrom?: readonly { readonly on: CivilDate; readonly mrcMinor: number }[];
  readonly downKbps?: number;
  readonly upKbps?: number;
  /** The OLT's line profile, e.g. `LP:102`. */
  readonly lineProfile?: string;
  /** Only these are offered in a new order (S1-059). */
  readonly comboReady: boolean;
  /** The service it counts as for combo tiers; absent = counts for nothing (add-ons, fees, the free base TV: decisions 1, 2, 15). */
  readonly comboService?: string;
  /** Whether combo and commitment discounts may eat into it (decision 8). */
  readonly discountable: boolean;
  /** Whether a part period is charged in part (decision 10: the 911 fee is not). */
  readonly prorated: boolean;
  readonly taxCode: string;
  /** Families that must be in the same order. */
  readonly requires?: readonly OfferingFamily[];
  /** Added by itself: once per unit ordered of that family, or once per order that holds any. */
  readonly autoWith?: { readonly family: OfferingFamily; readonly per: 'unit' | 'order' };
  readonly maxQuantity?: number;
  readonly discount?: DiscountRule;
}

export interface Catalog {
  readonly id: string;
  readonly version: string;
  readonly currency: string;
  /** The TV box sold with TV. */
  readonly tvBoxSku: string;
  readonly offerings: readonly ProductOffering[];
}
