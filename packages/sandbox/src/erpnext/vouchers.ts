// Documents ERPNext prepares from others: unsaved, for the caller to complete and post.
import { load } from './documents.ts';
import { invalid } from './fault.ts';
import { isTable, type Site } from './site.ts';
import type { Row } from './store.ts';

const SYSTEM = ['name', 'owner', 'creation', 'modified', 'modified_by', 'docstatus', 'parent', 'amended_from'];
const fresh = (row: Readonly<Record<string, unknown>>) => Object.fromEntries(Object.entries(row).filter(([key]) => !SYSTEM.includes(key)));

/** An unsaved Payment Entry for what an invoice leaves open; for a credit note one that pays the customer back. */
export function paymentFor(site: Site, doctype: string, name: string, args: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (doctype !== 'Sales Invoice') throw invalid(`Payment Entry against ${doctype} is not prepared by this sandbox`);
  const invoice = load(site, doctype, name);
  const open = Number(invoice['outstanding_amount']);
  const amount = args['party_amount'] === undefined ? open : Number(args['party_amount']);
  const bank = typeof args['bank_account'] === 'string' ? args['bank_account'] : null;
  if (open < 0) {
    const back = Math.abs(amount);
    return {
      doctype: 'Payment Entry', __islocal: 1, payment_type: 'Pay', company: invoice['company'], posting_date: site.today(), party_type: 'Customer', party: invoice['customer'], party_name: invoice['customer_name'],
      paid_from: bank, paid_from_account_currency: bank ? invoice['currency'] : null, paid_to: invoice['debit_to'], paid_to_account_currency: invoice['currency'], paid_amount: back, received_amount: back, source_exchange_rate: 1, target_exchange_rate: 1,
      references: [{ reference_doctype: doctype, reference_name: name, due_date: invoice['due_date'], total_amount: invoice['grand_total'], outstanding_amount: open, allocated_amount: -Math.min(back, -open) }],
    };
  }
  return {
    doctype: 'Payment Entry', __islocal: 1, payment_type: 'Receive', company: invoice['company'], posting_date: site.today(), party_type: 'Customer', party: invoice['customer'], party_name: invoice['customer_name'],
    paid_from: invoice['debit_to'], paid_from_account_currency: invoice['currency'], paid_to: bank, paid_to_account_currency: bank ? invoice['currency'] : null,
    paid_amount: amount, received_amount: amount, source_exchange_rate: 1, target_exchange_rate: 1,
    references: [{ reference_doctype: doctype, reference_name: name, due_date: invoice['due_date'], total_amount: invoice['grand_total'], outstanding_amount: open, allocated_amount: Math.min(amount, open) }],
  };
}

/** An unsaved credit note of a submitted invoice: same lines, negative quantities. */
export function returnFor(site: Site, name: string): Record<string, unknown> {
  const invoice = load(site, 'Sales Invoice', name);
  if (invoice['docstatus'] !== 1) throw invalid(`Sales Invoice ${name} must be submitted`);
  const meta = site.meta('Sales Invoice');
  const copy: Record<string, unknown> = fresh(invoice);
  for (const field of meta.fields) {
    if (field.no_copy) delete copy[field.fieldname];
    else if (isTable(field)) copy[field.fieldname] = (invoice[field.fieldname] as Row[]).map((row) => fresh(row));
  }
  // Amounts given as such turn round like quantities; rates stay.
  copy['taxes'] = (copy['taxes'] as Record<string, unknown>[]).map((tax) => (tax['charge_type'] === 'Actual' ? { ...tax, tax_amount: -Number(tax['tax_amount']) } : tax));
  if (Number(copy['discount_amount'])) copy['discount_amount'] = -Number(copy['discount_amount']);
  copy['items'] = (copy['items'] as Record<string, unknown>[]).map((line) => ({ ...line, qty: -Number(line['qty']), amount: -Number(line['amount']) }));
  return { ...copy, advances: [], allocate_advances_automatically: 0, __islocal: 1, is_return: 1, return_against: name, update_outstanding_for_self: 1, naming_series: 'ACC-SINV-RET-.YYYY.-' };
}
