import type { QuoteLine } from '../pricing/quote.ts';
import type { FirstInvoiceLine } from './firstInvoiceInput.ts';

/** The part of a Quote that is billed. */
export interface QuotedLines {
  readonly monthly: { readonly lines: readonly QuoteLine[] };
  readonly oneTime: { readonly lines: readonly QuoteLine[] };
}

/**
 * The lines of a quote as the first bill takes them: what was quoted is what is billed (S1-118).
 * @example linesOfQuote(quote, 'fr')[0] // { sku: 'FTTH150I', description: 'Internet fibre 150M/150M', charge: 'mrc', amountMinor: 9995, … }
 */
export function linesOfQuote(quote: QuotedLines, language: 'fr' | 'en', subscriptions: Readonly<Record<string, string>> = {}): readonly FirstInvoiceLine[] {
  const line = (charge: 'mrc' | 'nrc') => ({ sku, label, quantity, amountMinor, taxCode, prorated }: QuoteLine): FirstInvoiceLine => {
    const subscription = Object.prototype.hasOwnProperty.call(subscriptions, sku) ? subscriptions[sku] : undefined;
    return { sku, description: label[language], charge, amountMinor, quantity, taxCode, prorated, ...(subscription !== undefined && { subscription }) };
  };
  return [...quote.monthly.lines.map(line('mrc')), ...quote.oneTime.lines.map(line('nrc'))];
}
