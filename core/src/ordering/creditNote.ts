import { accept, mustBe, refuse, type Decision } from '../kernel/decision.ts';
import { formatMoney, toDecimal } from '../kernel/decimal.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { CustomerBill } from '../billing/customerBill.ts';
import type { SalesInvoiceSettings } from './salesInvoice.ts';
import { invoiceItem, invoiceTaxes } from './salesInvoiceRows.ts';

/** The invoice a credit note is written against, as ERPNext holds it now. */
export interface CreditedInvoice {
  readonly name: string;
  readonly state: 'draft' | 'submitted' | 'cancelled';
  readonly customer: string;
  readonly company: string;
  readonly currency: string;
  readonly issuedOn: string;
  readonly totalMinor: number;
  /** By earlier credit notes. */
  readonly creditedMinor: number;
  readonly outstandingMinor: number;
  /** Those credit notes, by the bill they were written for: one of the same bill is this one, sent again. */
  readonly notes?: readonly { readonly key: string; readonly creditMinor: number; readonly settles: 'invoice' | 'customer' }[];
}
export interface CreditNote {
  /** The invoice it is a return against. */
  readonly against: string;
  /** For `POST /api/resource/Sales Invoice`; ERPNext speaks decimals. */
  readonly fields: JsonObject;
  /** What the server must echo, to the cent. Minor units, below zero. */
  readonly expected: { readonly netTotalMinor: number; readonly taxMinor: number; readonly grandTotalMinor: number };
  /** `invoice`: less is left to pay on it. `customer`: it left less open than is credited, so the note stands as the customer's credit. */
  readonly settles: 'invoice' | 'customer';
}
export type CreditNoteRefusal = 'notACreditNote' | 'notCreditable' | 'otherCurrency' | 'tooEarly' | 'tooMuch' | 'noTaxAccount' | 'badInput';

/**
 * A credit note as ERPNext writes it: a return against its invoice, with quantities below zero, its taxes as explicit rows, no rounding to
 * whole dollars. Charges that are part of it (a smaller plan, a discount given back) lower it as a discount of the return. Never more than
 * is left of what the invoice charged, for ERPNext itself would take any amount (erp.md 2.8; decision 40).
 * @example creditNote({ ...bill, kind: 'creditNote', lines: bill.lines.map((line) => ({ ...line, amountMinor: -line.amountMinor })), taxes: [], taxMinor: 0, totalMinor: -5997 }, { name: 'ACC-SINV-1', state: 'submitted', customer: 'CUST-1', company: 'Gigafibre', currency: 'CAD', issuedOn: '2026-04-01', totalMinor: 11492, creditedMinor: 0, outstandingMinor: 0 }, { taxAccounts: {} }).value.settles // 'customer'
 */
export function creditNote(bill: CustomerBill, against: CreditedInvoice, settings: Omit<SalesInvoiceSettings, 'customer' | 'company'>): Decision<CreditNote, CreditNoteRefusal> {
  if (bill?.kind !== 'creditNote' || !(bill.totalMinor < 0)) return refuse('notACreditNote', 'This bill charges something: it is an invoice.', { path: 'bill.kind', hint: 'Write it with Sales Invoice.' });
  if (!Array.isArray(bill.lines) || !Array.isArray(bill.taxes)) return mustBe('bill', 'a bill with lines and taxes');
  for (const field of ['totalMinor', 'creditedMinor', 'outstandingMinor'] as const) if (!Number.isSafeInteger(against?.[field])) return mustBe(`against.${field}`, 'whole minor units');
  if (against.state !== 'submitted') return refuse('notCreditable', `Invoice ${against.name} is ${against.state}.`, { path: 'against.state', hint: against.state === 'cancelled' ? 'Nothing is owed on it; credit the invoice that replaced it.' : 'Correct the draft instead.' });
  if (against.currency !== bill.currency) return refuse('otherCurrency', `Invoice ${against.name} is in ${against.currency}.`, { path: 'bill.currency', hint: 'Credit the invoice that charged it.' });
  if (bill.issuedOn < against.issuedOn) return refuse('tooEarly', `Invoice ${against.name} is of ${against.issuedOn}, which is later.`, { path: 'bill.issuedOn', hint: 'Date the credit note on or after its invoice.' });
  const creditMinor = -bill.totalMinor;
  const again = against.notes?.find(({ key }) => key === bill.id);
  const leftMinor = against.totalMinor - against.creditedMinor + (again?.creditMinor ?? 0);
  const openMinor = against.outstandingMinor + (again?.settles === 'invoice' ? again.creditMinor : 0);
  const amount = (minor: number) => formatMoney({ minor, currency: bill.currency });
  if (creditMinor > leftMinor) return refuse('tooMuch', `${amount(leftMinor)} of invoice ${against.name} can still be credited, not ${amount(creditMinor)}.`, { path: 'bill.totalMinor', hint: 'Credit the rest against the invoice that charged it.', facts: { leftMinor, creditMinor } });
  const unknown = bill.taxes.find(({ tax }) => !Object.prototype.hasOwnProperty.call(settings.taxAccounts, tax));
  if (unknown) return refuse('noTaxAccount', `There is no ledger account for ${unknown.tax}.`, { path: 'taxAccounts', hint: 'Give the account of each tax on the invoice.' });

  const asLines = settings.discounts === 'negativeLines';
  const shown = bill.lines.filter((line) => line.amountMinor < 0 || (asLines && line.amountMinor > 0));
  const keptMinor = asLines ? 0 : bill.lines.reduce((sum, line) => sum + Math.max(0, line.amountMinor), 0);
  const settles = creditMinor <= openMinor ? 'invoice' : 'customer';
  const fields: JsonObject = {
    customer: against.customer,
    company: against.company,
    currency: bill.currency,
    ...(settings.sellingPriceList !== undefined && { selling_price_list: settings.sellingPriceList }),
    is_return: 1,
    return_against: against.name,
    update_outstanding_for_self: settles === 'invoice' ? 0 : 1,
    set_posting_time: 1,
    posting_date: bill.issuedOn,
    due_date: bill.issuedOn,
    payment_terms_template: '',
    disable_rounded_total: 1,
    ignore_pricing_rule: 1,
    items: shown.map((line) => invoiceItem(line, bill.currency, -1)),
    ...(keptMinor > 0 && { apply_discount_on: 'Net Total', discount_amount: Number(toDecimal(-keptMinor, bill.currency)) }),
    taxes: invoiceTaxes(bill, settings),
    ...(settings.location !== undefined && { service_location: settings.location }),
    leadlight_id: bill.id,
    docstatus: 1,
  };
  return accept(
    { against: against.name, fields, expected: { netTotalMinor: bill.totalMinor - bill.taxMinor, taxMinor: bill.taxMinor, grandTotalMinor: bill.totalMinor }, settles },
    `${amount(creditMinor)} of ${amount(leftMinor)} that are left of invoice ${against.name}.`,
    settles === 'invoice' ? `The invoice leaves ${amount(openMinor - creditMinor)} to pay.` : `The invoice leaves only ${amount(openMinor)} to pay: the credit is the customer's until it is reconciled or paid back.`,
  );
}
