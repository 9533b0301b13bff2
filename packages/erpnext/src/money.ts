import { fromDecimal, isVendorError, toDecimal, VendorError, type JsonObject, type Money } from '../../../core/src/index.ts';
import type { Doc } from './doc.ts';

/** What an invoice must amount to, in cents of one currency, as core decided it. */
export interface InvoiceTotals {
  readonly total: Money;
  readonly tax?: Money;
  readonly net?: Money;
}

/**
 * ERPNext's float as cents; float noise is ignored, a real third decimal is refused.
 * @throws RangeError
 * @example cents(0.1 + 0.2, 'CAD') // 30
 */
export function cents(value: unknown, currency: string): number {
  return fromDecimal(typeof value === 'number' || typeof value === 'string' ? value : 0, currency);
}

/**
 * Where a saved Sales Invoice is not what was meant: taxes missing (`taxes_and_charges` alone adds none over REST), rounding to the
 * dollar (`rounded_total`), another rounding method on the site. Empty when all agree to the cent (S1-118).
 * @example invoiceDifferences(doc, { total: money(11492, 'CAD') }) // []
 */
export function invoiceDifferences(doc: JsonObject, { total, tax, net }: InvoiceTotals): readonly string[] {
  const currency = total.currency;
  const differences: string[] = [];
  const expect = (field: string, got: unknown, meant: number) => {
    let read: number | undefined;
    try {
      read = cents(got, currency);
    } catch {
      read = undefined;
    }
    if (read !== meant) differences.push(`${field} is ${read === undefined ? String(got) : toDecimal(read, currency)}, not ${toDecimal(meant, currency)}`);
  };
  if (doc['currency'] !== currency) differences.push(`currency is ${String(doc['currency'])}, not ${currency}`);
  expect('grand_total', doc['grand_total'], total.minor);
  if (tax) expect('total_taxes_and_charges', doc['total_taxes_and_charges'], tax.minor);
  if (net) expect('net_total', doc['net_total'], net.minor);
  if (Number(doc['rounded_total'] ?? 0) !== 0) expect('rounded_total', doc['rounded_total'], total.minor);
  return differences;
}

/**
 * What a submitted invoice leaves to pay must be its total less the advances it took: anything else is the dollar rounding at work. A
 * credit note's balance is settled after its reply was written: `ensureCreditNote` reads it back.
 * @example outstandingDifferences({ outstanding_amount: 115 }, { total: money(11492, 'CAD') }) // ['outstanding_amount is 115.00, not 114.92']
 */
export function outstandingDifferences(doc: JsonObject, { total }: InvoiceTotals): readonly string[] {
  if (doc['is_return']) return [];
  const owed = total.minor - cents(doc['total_advance'], total.currency);
  const got = cents(doc['outstanding_amount'], total.currency);
  return got === owed ? [] : [`outstanding_amount is ${toDecimal(got, total.currency)}, not ${toDecimal(owed, total.currency)}`];
}

/** Takes a wrong invoice back (`cancel` when submitted) and says so. Never returns. */
export async function rejectInvoice(doc: Doc, differences: readonly string[], undo: () => Promise<unknown>): Promise<never> {
  let cancelled = false;
  try {
    await undo();
    cancelled = true;
  } catch (error) {
    if (!isVendorError(error)) throw error;
  }
  throw new VendorError({
    vendor: 'ERPNext', operation: 'create Sales Invoice', kind: 'unexpectedReply', outcome: cancelled ? 'notApplied' : 'applied',
    message: `The invoice came back with other amounts: ${differences.join('; ')}. It was ${cancelled ? 'cancelled' : 'NOT cancelled'}.`,
    hint: 'Send the tax rows, disable_rounded_total, and set System Settings rounding_method to Commercial Rounding; then bill again under a new key.',
    detail: { name: doc.name, differences: [...differences], cancelled },
  });
}
