import type { CivilDate } from '../kernel/civil.ts';

/** What a person reads, in both languages of the territory (S1-011). */
export interface LocalText {
  readonly fr: string;
  readonly en: string;
}

export type OfferingFamily = 'internet' | 'tv' | 'phone' | 'plan' | 'addon' | 'equipment' | 'fee' | 'discount';

/** The days on which it is sold; `validUntil` does not belong to them. What was sold goes on. */
export interface Validity {
  readonly validFrom?: CivilDate;
  readonly validUntil?: CivilDate;
}

/**
 * What makes a discount apply. `manual` is never automatic: a person authorises it (decision 7). A coupon's code is its SKU; it eats into
 * these families and SKUs, without either into everything discountable, and goes together only with others that stack. With `offPpm` a
 * discount takes that part of the full price (millionths), without it the offering's own amount.
 */
export type DiscountRule = { readonly offPpm?: number } & (
  | { readonly kind: 'combo'; readonly minServices: number }
  | { readonly kind: 'commitment'; readonly months: number }
  | { readonly kind: 'manual'; readonly replaces: 'combo' }
  | { readonly kind: 'firstTvBox' }
  | CouponRule
);
export interface CouponRule {
  readonly kind: 'coupon';
  readonly families?: readonly OfferingFamily[];
  readonly skus?: readonly string[];
  readonly maxRedemptions?: number;
  readonly stacks?: boolean;
}
/** All a discount rule may say, for those who need not know its kind. */
export type AnyRule = Omit<CouponRule, 'kind'> & { readonly kind: DiscountRule['kind']; readonly offPpm?: number; readonly minServices: number; readonly months: number };

/** A price for the first months, e.g. an introduction or what a trial was offered (S2-074): an amount, or a part off the price of the day. After the last comes the evergreen price. */
export interface PricePhase {
  readonly months: number;
  readonly mrcMinor?: number;
  readonly offPpm?: number;
  readonly label?: LocalText;
}

/** Paying several months at once: their price less `offPpm`, unless a price is written down. */
export interface BillingTerm {
  readonly months: number;
  readonly offPpm: number;
  readonly priceMinor?: number;
}
export type TermUnit = 'quarter' | 'year';

/** One sellable thing, or one fee or discount that follows from what is sold. Amounts are minor units of the catalogue's currency. */
export interface ProductOffering extends Validity {
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
  /** For so many months a customer keeps the price of the day of sale, whatever `mrcFrom` says. Absent: price changes reach everybody. */
  readonly heldMonths?: number;
  /** The prices of the first months, one after the other. */
  readonly phases?: readonly PricePhase[];
  /** After so many months it ends by itself, e.g. a commitment discount with its term, a coupon. */
  readonly lastsMonths?: number;
  /** Prices of whole terms that do not follow from the monthly one. */
  readonly termMinor?: Readonly<Partial<Record<TermUnit, number>>>;
  readonly downKbps?: number;
  readonly upKbps?: number;
  /** The OLT's line profile, e.g. `LP:102`. */
  readonly lineProfile?: string;
  /** What is higher is an upgrade; without it, what is faster (decision 16). */
  readonly rank?: number;
  /** What a plan allows; without `max` there is no limit. */
  readonly limits?: readonly { readonly metric: string; readonly max?: number }[];
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
  /** A fee that is due when this happens, not with an order. */
  readonly occasion?: 'reconnection' | 'planChange';
  readonly maxQuantity?: number;
  readonly discount?: DiscountRule;
}

export interface Catalog {
  readonly id: string;
  readonly version: string;
  readonly currency: string;
  /** The TV box sold with TV. */
  readonly tvBoxSku?: string;
  readonly offerings: readonly ProductOffering[];
  /** Terms that may be paid at once (S2-054). */
  readonly terms?: Readonly<Partial<Record<TermUnit, BillingTerm>>>;
  /** The most each role may take off a month by a manual discount. Absent: whoever is named may. */
  readonly authority?: readonly { readonly role: string; readonly upToMinor: number }[];
}
