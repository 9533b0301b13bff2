import { addDays } from '../kernel/civil.ts';
import type { JsonObject } from '../kernel/json.ts';
import { toDecimal } from '../kernel/decimal.ts';
import type { BillLine, CustomerBill } from '../billing/customerBill.ts';

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
    items: shown.map((line) => item(line, decimal)),
    ...(discountMinor > 0 && { apply_discount_on: 'Net Total', discount_amount: decimal(discountMinor) }),
    taxes: bill.taxes.map((tax) => {
      const account = Object.prototype.hasOwnProperty.call(settings.taxAccounts, tax.tax) ? settings.taxAccounts[tax.tax] : undefined;
      if (!account) throw new RangeError(`salesInvoice: no ledger account for ${tax.tax}`);
      // ERPNext taxes the whole net total by rate; where something on the bill is exempt the amount is given instead.
      return tax.taxableMinor === bill.subtotalMinor
        ? { charge_type: 'On Net Total', account_head: account, description: tax.label[settings.language ?? 'fr'], rate: tax.ratePpm / 10_000, ...(tax.included && { included_in_print_rate: 1 }) }
        : { charge_type: 'Actual', account_head: account, description: tax.label[settings.language ?? 'fr'], tax_amount: decimal(tax.amountMinor) };
    }),
    ...(bill.prepaidMinor > 0 && { allocate_advances_automatically: 1 }),
    ...(settings.location !== undefined && { service_location: settings.location }),
    leadlight_id: bill.id,
    docstatus: 1,
  };
  return { fields, expected: { netTotalMinor: bill.totalMinor - bill.taxMinor, taxMinor: bill.taxMinor, grandTotalMinor: bill.totalMinor, outstandingMinor: bill.dueMinor } };
}

function item(line: BillLine, decimal: (minor: number) => number): JsonObject {
  // A quantity that does not divide the amount would come back a cent off; then the line is one piece.
  const whole = line.amountMinor % line.quantity === 0;
  return {
    item_code: line.sku,
    qty: whole ? line.quantity : 1,
    rate: decimal(whole ? line.amountMinor / line.quantity : line.amountMinor),
    description: whole || line.quantity === 1 ? named(line) : `${line.quantity} × ${named(line)}`,
    ...(line.subscription !== undefined && { service_subscription: line.subscription }),
  };
}
/** With the days it is for, as a customer reads them. */
function named({ description, period, days, ofDays }: BillLine): string {
  return period === undefined ? description : `${description} ${period.start} → ${addDays(period.end, -1)}${days === undefined || days === ofDays ? '' : ` (${days}/${ofDays})`}`;
}
