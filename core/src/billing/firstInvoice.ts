import { addDays } from '../kernel/civil.ts';
import { toDecimal } from '../kernel/decimal.ts';
import { accept, refuse, type Decision } from '../kernel/decision.ts';
import { deriveId } from '../kernel/id.ts';
import { civilDateIn } from '../kernel/zone.ts';
import { taxLines, type TaxRefusal } from '../pricing/tax.ts';
import { billingPeriod } from './billingPeriod.ts';
import { addUp, billLines } from './billLines.ts';
import type { CustomerBill } from './customerBill.ts';
import { firstInvoiceFault } from './firstInvoiceFault.ts';
import { defaultFirstInvoicePolicy, type FirstInvoiceInput, type FirstInvoiceLine } from './firstInvoiceInput.ts';
import { linesOfQuote } from './linesOfQuote.ts';

export type FirstInvoiceRefusal = 'badInput' | 'nothingToBill' | TaxRefusal;

/**
 * The first bill, made when the service goes live and not before (S1-118; decisions 9-13, 17, 18, 20-22). From the civil day of the
 * activation in the account's zone to the next anchor day; charges and discounts in the same part, each line rounded; each tax once on
 * the sum; the prepayment pays it and what is left stays credit.
 * @example firstInvoice({ orderId: 'ord_1', account: { zone: 'America/Toronto', currency: 'CAD', jurisdiction: 'CA-QC', anchorDay: 1 }, lines: [{ sku: 'FTTH150I', description: 'Internet 150', charge: 'mrc', amountMinor: 9995 }], activatedAt: '2026-04-13T14:20:00Z', prepaymentMinor: 11492, taxTable: canadaTaxTable }) // accepted: { subtotalMinor: 5997, taxMinor: 898, dueMinor: 0, creditLeftMinor: 4597, … }
 */
export function firstInvoice(input: FirstInvoiceInput): Decision<CustomerBill, FirstInvoiceRefusal> {
  const policy = input.policy ?? defaultFirstInvoicePolicy;
  const { account } = input;
  const billable = isList(input.lines) ? input.lines : linesOfQuote(input.lines, input.language ?? 'fr', input.subscriptions);
  const bad = firstInvoiceFault(input, billable, policy);
  if (bad) return refuse('badInput', bad.message, { path: bad.path, ...(bad.hint && { hint: bad.hint }) });
  if (billable.length === 0) return refuse('nothingToBill', 'There is no line to bill.', { path: 'lines', hint: 'Give the lines of the quote.' });

  const day = civilDateIn(input.activatedAt, account.zone);
  const anchor = account.anchorDay ?? policy.anchorDay;
  const period = billingPeriod(day, anchor);
  const lines = billLines(billable, period);
  const subtotalMinor = addUp(lines);
  if (subtotalMinor < 0) return refuse('badInput', 'The discounts are larger than the charges.', { path: 'lines', hint: 'A first bill cannot be negative; price the order again.' });
  const taxed = taxLines(lines.map(({ amountMinor, taxCode }) => ({ amountMinor, taxCode })), account.jurisdiction, day, input.taxTable);
  if (taxed.type === 'refused') return taxed;
  const taxes = taxed.value;
  const taxMinor = addUp(taxes);
  const totalMinor = subtotalMinor + taxMinor;
  const prepaidMinor = Math.min(totalMinor, input.prepaymentMinor);
  const amount = (minor: number) => `${toDecimal(minor, account.currency)} ${account.currency}`;
  const bill: CustomerBill = {
    id: deriveId(input.orderId, 'inv', 'first'),
    issuedOn: day,
    dueOn: addDays(day, policy.dueInDays),
    currency: account.currency,
    jurisdiction: account.jurisdiction,
    period: period.used,
    anchorDay: period.anchorDay,
    lines,
    subtotalMinor,
    taxes,
    taxMinor,
    totalMinor,
    prepaidMinor,
    dueMinor: totalMinor - prepaidMinor,
    creditLeftMinor: input.prepaymentMinor - prepaidMinor,
    policyVersion: policy.version,
    taxTableVersion: input.taxTable.version,
  };
  return accept(
    bill,
    `Live on ${day} in ${account.zone}.`,
    anchor === undefined ? `The day of activation becomes the billing day ${period.anchorDay}: a full first month.` : `Billing day ${anchor}: the first part runs to ${addDays(period.used.end, -1)}.`,
    ...taxed.because,
    `The prepayment of ${amount(input.prepaymentMinor)} pays ${amount(prepaidMinor)}; ${amount(bill.creditLeftMinor)} stays credit, ${amount(bill.dueMinor)} is due.`,
  );
}

const isList = (lines: FirstInvoiceInput['lines']): lines is readonly FirstInvoiceLine[] => Array.isArray(lines);
