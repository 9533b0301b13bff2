import { addDays } from '../kernel/civil.ts';
import type { JsonObject } from '../kernel/json.ts';
import { toDecimal } from '../kernel/decimal.ts';
import type { BillLine, CustomerBill } from '../billing/customerBill.ts';

/**
 * A line of a bill as a row of ERPNext; on a credit note (`sign` -1) the quantity is below zero and the rate is what was charged.
 * @example invoiceItem(bill.lines[0], 'CAD') // { item_code: 'FTTH150I', qty: 1, rate: 59.97, … }
 */
export function invoiceItem(line: BillLine, currency: string, sign: 1 | -1 = 1): JsonObject {
  // A quantity that does not divide the amount would come back a cent off; then the line is one piece.
  const whole = line.amountMinor % line.quantity === 0;
  const quantity = whole ? line.quantity : 1;
  return {
    item_code: line.sku,
    qty: sign * quantity,
    rate: Number(toDecimal((sign * line.amountMinor) / quantity, currency)),
    description: whole || line.quantity === 1 ? named(line) : `${line.quantity} × ${named(line)}`,
    ...(line.subscription !== undefined && { service_subscription: line.subscription }),
  };
}

/** With the days it is for, as a customer reads them. */
function named({ description, period, days, ofDays }: BillLine): string {
  return period === undefined ? description : `${description} ${period.start} → ${addDays(period.end, -1)}${days === undefined || days === ofDays ? '' : ` (${days}/${ofDays})`}`;
}

/**
 * The taxes of a bill as explicit rows: naming a template adds none over REST.
 * @throws RangeError when a tax has no ledger account.
 * @example invoiceTaxes(bill, { taxAccounts: { GST: 'TPS à payer - GF', QST: 'TVQ à payer - GF' } })[0].rate // 5
 */
export function invoiceTaxes(bill: CustomerBill, { taxAccounts, language = 'fr' }: { readonly taxAccounts: Readonly<Record<string, string>>; readonly language?: 'fr' | 'en' }): JsonObject[] {
  return bill.taxes.map((tax) => {
    const account = Object.prototype.hasOwnProperty.call(taxAccounts, tax.tax) ? taxAccounts[tax.tax] : undefined;
    if (!account) throw new RangeError(`salesInvoice: no ledger account for ${tax.tax}`);
    // ERPNext taxes the whole net total by rate; where something on the bill is exempt the amount is given instead.
    return tax.taxableMinor === bill.subtotalMinor
      ? { charge_type: 'On Net Total', account_head: account, description: tax.label[language], rate: tax.ratePpm / 10_000, ...(tax.included && { included_in_print_rate: 1 }) }
      : { charge_type: 'Actual', account_head: account, description: tax.label[language], tax_amount: Number(toDecimal(tax.amountMinor, bill.currency)) };
  });
}
