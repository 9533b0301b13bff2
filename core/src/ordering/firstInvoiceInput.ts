import type { Instant } from '../kernel/civil.ts';
import type { TaxTable } from '../pricing/tax.ts';
import type { QuotedLines } from './linesOfQuote.ts';

export interface FirstInvoiceLine {
  readonly sku: string;
  readonly description: string;
  /** `mrc`: monthly, in advance. `nrc`: once. */
  readonly charge: 'mrc' | 'nrc';
  /** For the whole quantity, minor units before tax; negative for a discount. */
  readonly amountMinor: number;
  /** Default 1. */
  readonly quantity?: number;
  /** A part month costs a part; false for fees due for every month begun (911, decision 10). Default true. */
  readonly prorated?: boolean;
  /** Default `standard`. */
  readonly taxCode?: string;
  readonly subscription?: string;
}

export interface FirstInvoicePolicy {
  readonly version: string;
  /** The tenant's day of the month for all; absent = the day of activation (decision 18). An account's own day goes first. */
  readonly anchorDay?: number;
  readonly dueInDays: number;
}
export const defaultFirstInvoicePolicy: FirstInvoicePolicy = { version: 'first-invoice/1', dueInDays: 0 };

export interface FirstInvoiceInput {
  readonly orderId: string;
  readonly account: { readonly zone: string; readonly currency: string; readonly jurisdiction: string; readonly anchorDay?: number };
  /** Lines, or the quote of the order as it is. */
  readonly lines: readonly FirstInvoiceLine[] | QuotedLines;
  /** For a quote: the subscription each SKU is billed on. */
  readonly subscriptions?: Readonly<Record<string, string>>;
  readonly language?: 'fr' | 'en';
  readonly activatedAt: Instant;
  /** What was paid at checkout, taxes included. */
  readonly prepaymentMinor: number;
  readonly taxTable: TaxTable;
  readonly policy?: FirstInvoicePolicy;
}
