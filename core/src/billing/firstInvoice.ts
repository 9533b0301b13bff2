import { addDays, isInstant, type Instant } from '../kernel/civil.ts';
import { accept, refuse, type Decision } from '../kernel/decision.ts';
import { deriveId } from '../kernel/id.ts';
import { decimals, toDecimal } from '../kernel/money.ts';
import { civilDateIn } from '../kernel/zone.ts';
import { taxLines, type TaxRefusal, type TaxTable } from '../pricing/tax.ts';
import { billingPeriod, type BillingPeriod } from './billingPeriod.ts';
import type { BillLine, CustomerBill } from './customerBill.ts';
import { linesOfQuote, type QuotedLines } from './linesOfQuote.ts';
import { prorate } from './prorate.ts';

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

export type FirstInvoiceRefusal = 'badInput' | 'nothingToBill' | TaxRefusal;

/**
 * The first bill, made when the service goes live and not before (S1-118; decisions 9-13, 17, 18, 20-22). From the civil day of the
 * activation in the account's zone to the next anchor day; charges and discounts in the same part, each line rounded; each tax once on
 * the sum; the prepayment pays it and what is left stays credit.
 * @example firstInvoice({ orderId: 'ord_1', account: { zone: 'America/Toronto', currency: 'CAD', jurisdiction: 'CA-QC', anchorDay: 1 }, lines: [{ sku: 'FTTH150I', description: 'Internet 150', charge: 'mrc', amountMinor: 9995 }], activatedAt: '2026-04-13T14:20:00Z', prepaymentMinor: 11492, taxTable }) // accepted: subtotal 5997
 */
export function firstInvoice(input: FirstInvoiceInput): Decision<CustomerBill, FirstInvoiceRefusal> {
  const policy = input.policy ?? defaultFirstInvoicePolicy;
  const { account } = input;
  const billable = isList(input.lines) ? input.lines : linesOfQuote(input.lines, input.language ?? 'fr', input.subscriptions);
  const bad = complaint(input, billable, policy);
  if (bad) return refuse('badInput', bad.message, { path: bad.path, ...(bad.hint && { hint: bad.hint }) });
  if (billable.length === 0) return refuse('nothingToBill', 'There is no line to bill.', { path: 'lines', hint: 'Give the lines of the quote.' });

  const day = civilDateIn(input.activatedAt, account.zone);
  const anchor = account.anchorDay ?? policy.anchorDay;
  const period = billingPeriod(day, anchor);
  const lines = capDiscounts(billable, billable.map((line) => billLine(line, period)));
  const subtotalMinor = total(lines);
  if (subtotalMinor < 0) return refuse('badInput', 'The discounts are larger than the charges.', { path: 'lines', hint: 'A first bill cannot be negative; price the order again.' });
  const taxed = taxLines(lines.map(({ amountMinor, taxCode }) => ({ amountMinor, taxCode })), account.jurisdiction, day, input.taxTable);
  if (taxed.type === 'refused') return taxed;
  const taxes = taxed.value;
  const taxMinor = total(taxes);
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

function billLine(line: FirstInvoiceLine, { whole, used }: BillingPeriod): BillLine {
  const base = {
    sku: line.sku,
    quantity: line.quantity ?? 1,
    taxCode: line.taxCode ?? 'standard',
    ...(line.subscription !== undefined && { subscription: line.subscription }),
  };
  if (line.charge === 'nrc') return { ...base, key: deriveId(line.sku, 'once'), description: line.description, amountMinor: line.amountMinor, because: 'charged once' };
  const span = `${used.start} → ${addDays(used.end, -1)}`;
  if (line.prorated === false) {
    // Keyed by calendar month: the fee is due once for a month begun, however many bills touch it.
    return { ...base, key: deriveId(line.sku, used.start.slice(0, 7)), description: `${line.description} ${used.start.slice(0, 7)}`, amountMinor: line.amountMinor, period: used, because: 'due in full for a month begun' };
  }
  const part = prorate(line.amountMinor, whole, used);
  return { ...base, key: deriveId(line.sku, used.start), description: `${line.description} ${span}${part.days < part.ofDays ? ` (${part.days}/${part.ofDays})` : ''}`, amountMinor: part.minor, period: used, because: part.because };
}

/** Line by line rounding may leave discounts a cent above what they discount; they never make a bill negative (decision 8). */
function capDiscounts(from: readonly FirstInvoiceLine[], lines: readonly BillLine[]): readonly BillLine[] {
  const monthly = lines.filter((_, index) => from[index]!.charge === 'mrc' && from[index]!.prorated !== false);
  let over = total(from.filter((line) => line.charge === 'mrc' && line.prorated !== false)) >= 0 ? Math.max(0, -total(monthly)) : 0;
  if (over === 0) return lines;
  return [...lines].reverse().map((line) => {
    if (over === 0 || line.amountMinor >= 0 || !monthly.includes(line)) return line;
    const give = Math.min(over, -line.amountMinor);
    over -= give;
    return { ...line, amountMinor: line.amountMinor + give === 0 ? 0 : line.amountMinor + give, because: `${line.because}; capped by what is left to discount` };
  }).reverse();
}

function complaint({ account, activatedAt, prepaymentMinor }: FirstInvoiceInput, lines: readonly FirstInvoiceLine[], policy: FirstInvoicePolicy): { readonly path: string; readonly message: string; readonly hint?: string } | undefined {
  if (!isInstant(activatedAt)) return { path: 'activatedAt', message: 'The activation must be an instant in UTC.', hint: 'e.g. 2026-04-13T14:20:00Z' };
  try {
    civilDateIn(activatedAt, account.zone);
  } catch {
    return { path: 'account.zone', message: 'The zone of the account is not an IANA time zone.', hint: 'e.g. America/Toronto' };
  }
  if (!/^[A-Z]{3}$/.test(account.currency)) return { path: 'account.currency', message: 'The currency must be three capitals.', hint: 'e.g. CAD' };
  for (const [path, day] of [['account.anchorDay', account.anchorDay], ['policy.anchorDay', policy.anchorDay]] as const) {
    if (day !== undefined && (!Number.isInteger(day) || day < 1 || day > 31)) return { path, message: 'A billing day must be a whole number from 1 to 31.' };
  }
  if (!Number.isSafeInteger(prepaymentMinor) || prepaymentMinor < 0) return { path: 'prepaymentMinor', message: 'The prepayment must be a whole, not negative number of minor units.' };
  for (const [index, line] of lines.entries()) {
    if (!Number.isSafeInteger(line.amountMinor)) return { path: `lines[${index}].amountMinor`, message: 'An amount must be a whole number of minor units.', hint: `For ${account.currency}: ${10 ** decimals(account.currency)} = 1.` };
    if (line.quantity !== undefined && (!Number.isSafeInteger(line.quantity) || line.quantity < 1)) return { path: `lines[${index}].quantity`, message: 'A quantity must be a whole number from 1.' };
  }
  return undefined;
}

const isList = (lines: FirstInvoiceInput['lines']): lines is readonly FirstInvoiceLine[] => Array.isArray(lines);
const total = (list: readonly { readonly amountMinor: number }[]): number => list.reduce((sum, one) => sum + one.amountMinor, 0);
