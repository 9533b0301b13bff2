import { cents } from './money.ts';
import { get, list } from './read.ts';
import type { Wire } from './wire.ts';

/** A submitted credit note against an invoice. */
export interface CreditedBy {
  /** Its `leadlight_id`, so that who wrote it knows it again. */
  readonly key: string;
  readonly name: string;
  readonly creditMinor: number;
  /** Whose balance it changed. */
  readonly settles: 'invoice' | 'customer';
}
/** What a Sales Invoice charged, what was credited of it and what is left to pay, in minor units. */
export interface InvoiceBalance {
  readonly name: string;
  readonly state: 'draft' | 'submitted' | 'cancelled';
  readonly isReturn: boolean;
  readonly customer: string;
  readonly company: string;
  readonly currency: string;
  readonly issuedOn: string;
  readonly issuedAt: string;
  readonly totalMinor: number;
  readonly taxMinor: number;
  readonly outstandingMinor: number;
  /** By submitted credit notes against it. */
  readonly creditedMinor: number;
  /** Those credit notes, oldest first. */
  readonly notes: readonly CreditedBy[];
  /** ERPNext's own word, e.g. `Partly Paid`. */
  readonly status: string;
  readonly debitTo: string;
  readonly conversionRate: number;
}

/**
 * A Sales Invoice in minor units, with what was credited of it.
 * @throws VendorError `notFound`; RangeError when ERPNext holds an amount its currency cannot have
 * @example invoiceBalance(wire, 'ACC-SINV-2026-00010') // { totalMinor: 11492, creditedMinor: 0, outstandingMinor: 11492, … }
 */
export async function invoiceBalance(wire: Wire, name: string, keyField = 'leadlight_id'): Promise<InvoiceBalance> {
  const doc = await get(wire, 'Sales Invoice', name);
  const currency = String(doc['currency'] ?? '');
  const text = (field: string) => String(doc[field] ?? '');
  const isReturn = Boolean(doc['is_return']);
  const rows = isReturn ? [] : await list(wire, 'Sales Invoice', { fields: ['name', 'grand_total', 'update_outstanding_for_self', keyField], filters: [['return_against', '=', name], ['is_return', '=', 1], ['docstatus', '=', 1]], limit: 1000 });
  const notes = rows.map((row): CreditedBy => ({ key: String(row[keyField] ?? ''), name: String(row['name']), creditMinor: -cents(row['grand_total'], currency), settles: row['update_outstanding_for_self'] ? 'customer' : 'invoice' }));
  return {
    name: doc.name, state: (['draft', 'submitted', 'cancelled'] as const)[doc.docstatus], isReturn, customer: text('customer'), company: text('company'), currency, issuedOn: text('posting_date'), issuedAt: text('posting_time'),
    totalMinor: cents(doc['grand_total'], currency), taxMinor: cents(doc['total_taxes_and_charges'], currency), outstandingMinor: cents(doc['outstanding_amount'], currency),
    creditedMinor: notes.reduce((sum, note) => sum + note.creditMinor, 0), notes, status: text('status'), debitTo: text('debit_to'), conversionRate: Number(doc['conversion_rate'] ?? 1),
  };
}
