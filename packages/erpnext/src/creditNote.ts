import { toDecimal, VendorError, type Json } from '../../../core/src/index.ts';
import { isRows, type Fields } from './doc.ts';
import { cancel } from './documents.ts';
import { ensure, type Ensured, type EnsureOptions } from './ensure.ts';
import { invoiceBalance, type InvoiceBalance } from './invoiceBalance.ts';
import { cents, rejectInvoice, type InvoiceTotals } from './money.ts';
import { get } from './read.ts';
import type { Wire } from './wire.ts';

export interface CreditNoteOptions extends Omit<EnsureOptions, 'totals' | 'critical' | 'reuse' | 'submit'> {
  /** What it must amount to, below zero. */
  readonly totals: InvoiceTotals;
}
export interface Credited extends Ensured {
  /** `invoice`: less is left to pay on the invoice. `customer`: more was credited than it left open, so the note stands as the customer's credit until it is reconciled or refunded. */
  readonly settles: 'invoice' | 'customer';
  /** The invoice as it stands now. */
  readonly invoice: InvoiceBalance;
}

/**
 * Exactly one credit note per key against a submitted invoice: written and submitted in one request, agreed to the cent, read back. ERPNext
 * checks less than one would think: for services it takes a return of more than was sold, and of another customer's. So that is looked at
 * here, before and, against somebody else at the same time, after.
 * @throws VendorError `conflict` (invoice not submitted, more than is left of it, key taken by other content), `rejectedInput`, `unexpectedReply` (other amounts: cancelled)
 * @example ensureCreditNote(wire, 'sub_1:credit:2026-04', 'ACC-SINV-2026-00010', fields, { totals: { total: money(-5746, 'CAD') } })
 */
export async function ensureCreditNote(wire: Wire, key: string, against: string, fields: Fields, { totals, keyField = 'leadlight_id', ...options }: CreditNoteOptions): Promise<Credited> {
  const credit = -totals.total.minor;
  const before = await invoiceBalance(wire, against, keyField);
  checkInput(before, against, fields, totals);
  const leftMinor = before.totalMinor - before.notes.reduce((sum, note) => sum + (note.key === key ? 0 : note.creditMinor), 0);
  if (before.state !== 'submitted') throw stop('conflict', `The invoice is ${before.state}; only a submitted one is credited.`, before.state === 'cancelled' ? 'Nothing is owed on it: bill again, or credit the invoice that replaced it.' : 'Submit it first, or correct the draft.', { state: before.state });
  if (credit > leftMinor) throw stop('conflict', `More would be credited than is left of the invoice: ${toDecimal(leftMinor, before.currency)} of ${toDecimal(before.totalMinor, before.currency)}.`, 'Credit the rest against the invoice that charged it.', { leftMinor, creditMinor: credit });
  const made = await ensure(wire, 'Sales Invoice', key, {
    ...fields, is_return: 1, return_against: against, disable_rounded_total: 1, debit_to: before.debitTo, conversion_rate: before.conversionRate,
    // On the same day it is compared by the minute, whenever it is written.
    ...(fields['posting_date'] === before.issuedOn && fields['posting_time'] === undefined ? { posting_time: before.issuedAt } : {}),
    // ERPNext would let the invoice fall below zero, or change this by itself, depending on what else was sent.
    update_outstanding_for_self: credit <= before.outstandingMinor ? 0 : 1,
  }, { ...options, submit: true, keyField, totals, critical: ['customer', 'company', 'currency', 'return_against'] });
  return readBack(wire, made, { credit, before, totals, key, keyField });
}

interface Written {
  readonly credit: number;
  readonly before: InvoiceBalance;
  readonly totals: InvoiceTotals;
  readonly key: string;
  readonly keyField: string;
}

/** The reply to a return is written before its balance is: both documents are read again. */
async function readBack(wire: Wire, made: Ensured, { credit, before, totals: { total }, key, keyField }: Written): Promise<Credited> {
  const doc = await get(wire, 'Sales Invoice', made.name);
  const invoice = await invoiceBalance(wire, before.name, keyField);
  const undo = () => cancel(wire, 'Sales Invoice', made.name);
  // Two at once may each have found room: the later gives way.
  let credited = 0;
  for (const note of invoice.notes) {
    credited += note.creditMinor;
    if (note.key !== key) continue;
    if (made.created && credited > invoice.totalMinor) {
      await undo();
      throw stop('conflict', 'Another credit note was written meanwhile, and both are more than the invoice. This one was cancelled.', 'Look what is left of the invoice.', { name: made.name, leftMinor: invoice.totalMinor - credited + credit, cancelled: true });
    }
    break;
  }
  const settles = doc['update_outstanding_for_self'] ? 'customer' : 'invoice';
  const differences: string[] = [];
  const expect = (what: string, got: number, right: boolean) => void (right || differences.push(`${what} is ${toDecimal(got, total.currency)}`));
  const own = cents(doc['outstanding_amount'], total.currency);
  if (doc.docstatus !== 1) differences.push(`docstatus is ${doc.docstatus}`);
  if (made.created) {
    expect('outstanding_amount of the credit note', own, settles === 'customer' ? own === -credit : own === 0);
    // Payments that came in between only lower it further.
    if (settles === 'invoice') expect('outstanding_amount of the invoice', invoice.outstandingMinor, invoice.outstandingMinor <= before.outstandingMinor - credit);
  }
  if (differences.length > 0) await rejectInvoice(doc, differences, undo);
  return { ...made, doc, settles, invoice };
}

function checkInput(invoice: InvoiceBalance, against: string, fields: Fields, { total }: InvoiceTotals): void {
  const refuse = (message: string, hint: string, detail: Record<string, Json> = {}) => stop('rejectedInput', message, hint, { invoice: against, ...detail });
  if (total.minor >= 0) throw refuse('A credit note amounts to less than zero.', 'Give its total as core decided it, e.g. -5746.');
  if (invoice.isReturn) throw refuse('A credit note is not credited itself.', 'Cancel it, or write a new invoice.');
  for (const [field, of] of [['customer', invoice.customer], ['company', invoice.company], ['currency', invoice.currency]] as const) {
    const given = field === 'currency' ? total.currency : fields[field];
    if (given !== undefined && given !== of) throw refuse(`The credit note has another ${field} than its invoice.`, 'Credit the invoice that charged it.', { field });
  }
  if (typeof fields['posting_date'] === 'string' && fields['posting_date'] < invoice.issuedOn) throw refuse('The credit note is of an earlier day than its invoice.', `Date it ${invoice.issuedOn} or later.`, { field: 'posting_date' });
  const rows = fields['items'];
  if (!isRows(rows) || rows.length === 0) throw refuse('The credit note has no lines.', 'Send items with negative quantities.', { field: 'items' });
  const odd = rows.findIndex((row) => !(Number(row['qty']) < 0));
  if (odd >= 0) throw refuse('Every line of a credit note has a quantity below zero.', 'Send qty as -1 and the rate as it was charged.', { field: `items[${odd}].qty` });
}

const stop = (kind: 'conflict' | 'rejectedInput', message: string, hint: string, detail: Record<string, Json>): VendorError => new VendorError({ vendor: 'ERPNext', operation: 'ensure credit note', kind, message, hint, detail });
