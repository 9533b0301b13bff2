import type { CivilDate } from '../kernel/civil.ts';
import type { LocalText, OfferingFamily, ProductOffering, TermUnit } from '../catalog/catalog.ts';
import type { OneCharge } from '../billing/billedSubscription.ts';
import type { TaxLine, TaxTable } from './tax.ts';

export type ServiceType = 'internet' | 'tv' | 'phone';

/** What the customer picked. */
export interface CheckoutSelection {
  readonly services: readonly { readonly sku: string; readonly type: ServiceType; readonly quantity?: number }[];
  readonly addOns?: readonly string[];
  readonly commitmentMonths?: 0 | 24 | 36;
  /** How many TV boxes; one when TV is ordered and nothing is said. */
  readonly tvBoxes?: number;
  /** The SKU of a plan, for catalogues that sell plans. */
  readonly plan?: string;
  /** Codes of coupons. */
  readonly coupons?: readonly string[];
}

/** A special discount someone allowed; it replaces the combo tier (decision 7). The role counts where the catalogue has an `authority` table. */
export interface ManualDiscount {
  readonly sku: string;
  readonly authorisedBy: string;
  readonly role?: string;
}

/** Facts of a sale that the customer cannot choose and that move prices. */
export interface SaleFacts {
  readonly manualDiscount?: ManualDiscount;
  /** How often each coupon was used; needed for those with `maxRedemptions`. */
  readonly redeemed?: Readonly<Record<string, number>>;
}

/** Everything besides the offerings that decides recurring prices. */
export interface SaleTerms extends SaleFacts {
  /** The first day of service; phases and terms are counted from it. Default: the day asked about. */
  readonly start?: CivilDate;
  /** The day of the sale: what must be valid is valid then. Default: the start. */
  readonly on?: CivilDate;
  /** Several months paid at once; prices are then of the whole term. */
  readonly term?: TermUnit;
  readonly commitmentMonths?: number;
  readonly coupons?: readonly string[];
}

/** What the customer cannot choose. */
export interface CheckoutContext extends SaleFacts {
  /** Whether a TV box in this order would be the customer's first (S1-062). */
  readonly firstTvBox: boolean;
  readonly jurisdiction: string;
  readonly on: CivilDate;
  readonly taxTable: TaxTable;
}

export interface QuoteLine {
  readonly sku: string;
  readonly family: OfferingFamily;
  readonly label: LocalText;
  readonly quantity: number;
  /** Quantity times unit price, in minor units; negative for discounts and credits. */
  readonly amountMinor: number;
  readonly taxCode: string;
  readonly prorated: boolean;
  readonly because: string;
}

/** @example quoteLine(serv911, 1, 69, 'ordered').taxCode // 'standard' */
export function quoteLine({ sku, family, label, prorated, taxCode: own }: ProductOffering, quantity: number, amountMinor: number, because: string, taxCode = own): QuoteLine {
  return { sku, family, label, quantity, amountMinor, taxCode, prorated, because };
}

export interface Totals {
  readonly subtotalMinor: number;
  readonly taxes: readonly TaxLine[];
  readonly totalMinor: number;
}

export interface Quote {
  readonly currency: string;
  readonly monthly: Totals & { readonly lines: readonly QuoteLine[] };
  readonly oneTime: Totals & { readonly lines: readonly QuoteLine[] };
  /** First month and one-time charges together, taxed as one document (S1-074). */
  readonly dueNow: Totals;
  readonly because: readonly string[];
}

export type DiscountRefusal = 'badInput' | 'discountUnknown' | 'notAuthorised' | 'couponsExclusive';
export type PriceRefusal =
  | 'noServices' | 'unknownSku' | 'skuTypeMismatch' | 'skuNotOffered' | 'duplicateService' | 'quantityTooHigh' | 'requirementMissing'
  | 'jurisdictionUnknown' | 'taxCodeUnknown' | 'taxDayUnknown' | DiscountRefusal;

/** A line as a charge of one day. @example chargeOf(quoteLine(serv911, 1, 69, 'ordered'), '2026-04-03', 'en').description // '9-1-1 fee' */
export function chargeOf({ sku, label, quantity, amountMinor, taxCode, because }: QuoteLine, on: CivilDate, language: 'fr' | 'en'): OneCharge {
  return { key: `${sku}.${on}`, on, sku, description: label[language], quantity, amountMinor, taxCode, because };
}
