import type { JsonObject } from '../kernel/json.ts';
import { toDecimal } from '../kernel/decimal.ts';
import type { CustomerBill } from '../billing/customerBill.ts';
import { invoiceItem, invoiceTaxes } from './salesInvoiceRows.ts';

export interface SalesInvoiceSettings {
  readonly customer: string;
  readonly company: string;
  readonly sellingPriceList?: string;
  readonly location?: string;
  /** The ledger account of each tax, by its name in the tax table, e.g. `{ GST: 'TPS à payer - GF' }`. */
  readonly taxAccounts: Readonly<Record<string, string>>;
  /** For what each tax is called on the invoice. Default `fr`. */
  readonly language?: 'fr' | 'en';
  /** Negative rates need `allow_negative_rates_for_items`; a discount on the net total works everywhere. Default `invoiceDiscount`. */
  readonly discounts?: 'invoiceDiscount' | 'negativeLines';
}

export interface SalesInvoice {
  /** For `POST /api/resource/Sales Invoice`; ERPNext speaks decimals. */
  readonly fields: JsonObject;
  /** What the server must echo, to the cent; else the invoice is cancelled. Minor units. */
  readonly expected: { readonly netTotalMinor: number; readonly taxMinor: number; readonly grandTotalMinor: number; readonly outstandingMinor: number };
}

/**
 * A bill as ERPNext writes it: taxes as explicit rows on the net total, no rounding to whole dollars, its own posting date, submitted,
 * advances allocated (erp.md 2.8). ERPNext adds it up again, so `expected` is compared with its answer.
 * @throws RangeError when a tax has no account, or the bill is a credit note.
 * @example salesInvoice(bill, { customer: 'CUST-1', company: 'Gigafibre', taxAccounts: { GST: 'TPS à payer - GF', QST: 'TVQ à payer - GF' } }).fields.docstatus // 1
 */
export function salesInvoice(bill: CustomerBill, settings: SalesInvoiceSettings): SalesInvoice {
  if (bill.kind === 'creditNote') throw new RangeError('salesInvoice: a credit note is a return against its invoice, not an invoice');
  const decimal = (minor: number) => Number(toDecimal(minor, bill.currency));
  const asLines = settings.discounts === 'negativeLines';
  const shown = bill.lines.filter((line) => asLines || line.amountMinor >= 0);
  const discountMinor = asLines ? 0 : -bill.lines.reduce((sum, line) => sum + Math.min(0, line.amountMinor), 0);
  const fields: JsonObject = {
    customer: settings.customer,
    company: settings.company,
    currency: bill.currency,
    ...(settings.sellingPriceList !== undefined && { selling_price_list: settings.sellingPriceList }),
    // Without this the posting date is forced to the server's today.
    set_posting_time: 1,
    posting_date: bill.issuedOn,
    due_date: bill.dueOn,
    payment_terms_template: '',
    disable_rounded_total: 1,
    ignore_pricing_rule: 1,
    items: shown.map((line) => invoiceItem(line, bill.currency)),
    ...(discountMinor > 0 && { apply_discount_on: 'Net Total', discount_amount: decimal(discountMinor) }),
    taxes: invoiceTaxes(bill, settings),
    ...(bill.prepaidMinor > 0 && { allocate_advances_automatically: 1 }),
    ...(settings.location !== undefined && { service_location: settings.location }),
    leadlight_id: bill.id,
    docstatus: 1,
  };
  return { fields, expected: { netTotalMinor: bill.totalMinor - bill.taxMinor, taxMinor: bill.taxMinor, grandTotalMinor: bill.totalMinor, outstandingMinor: bill.dueMinor } };
}
