import type { CivilDate } from '../kernel/civil.ts';
import type { LocalText, OfferingFamily } from '../catalog/catalog.ts';
import type { TaxLine, TaxTable } from './tax.ts';

export type ServiceType = 'internet' | 'tv' | 'phone';

/** What the customer picked. */
export interface CheckoutSelection {
  readonly services: readonly { readonly sku: string; readonly type: ServiceType; readonly quantity?: number }[];
  readonly addOns?: readonly string[];
  readonly commitmentMonths?: 0 | 24 | 36;
  /** How many TV boxes; one when TV is ordered and nothing is said. */
  readonly tvBoxes?: number;
}

/** What the customer cannot choose. */
export interface CheckoutContext {
  /** Whether a TV box in this order would be the customer's first (S1-062). */
  readonly firstTvBox: boolean;
  readonly jurisdiction: string;
  readonly on: CivilDate;
  readonly taxTable: TaxTable;
  /** A special discount someone allowed; it replaces the combo tier (decision 7). */
  readonly manualDiscount?: { readonly sku: string; readonly authorisedBy: string };
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

export type PriceRefusal =
  | 'badInput' | 'noServices' | 'unknownSku' | 'skuTypeMismatch' | 'skuNotOffered' | 'duplicateService' | 'quantityTooHigh' | 'requirementMissing'
  | 'discountUnknown' | 'jurisdictionUnknown' | 'taxCodeUnknown' | 'taxDayUnknown';
