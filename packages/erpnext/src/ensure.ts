import { isVendorError, VendorError, type Json } from '../../../core/src/index.ts';
import type { Doc, Fields, Filter } from './doc.ts';
import { cancel, create, remove, submit, type WriteOptions } from './documents.ts';
import { sameValue } from './echo.ts';
import { isDuplicate } from './errors.ts';
import { invoiceDifferences, outstandingDifferences, rejectInvoice, type InvoiceTotals } from './money.ts';
import { get, list } from './read.ts';
import { nameOf } from './resolve.ts';
import type { Wire } from './wire.ts';

export interface EnsureOptions extends WriteOptions {
  /** The unique field that holds the key; default `leadlight_id`. */
  readonly keyField?: string;
  /** Submit in the same request as the insert, so that no orphan draft can exist. */
  readonly submit?: boolean;
  /** Fields that must agree when the document is there already; default: those sent that say whose, what or how much. */
  readonly critical?: readonly string[];
  /** Reuse the document these filters find when another unique field (a Lead's e-mail) is taken. */
  readonly reuse?: readonly Filter[];
  /** Where a link is not found: the key of the document it means, which may have been renamed since. By field. */
  readonly linkKeys?: Readonly<Record<string, { readonly doctype: string; readonly key: string }>>;
  /** For Sales Invoice: what it must amount to; otherwise it is cancelled and refused. */
  readonly totals?: InvoiceTotals;
}
export interface Ensured {
  readonly name: string;
  /** Whether this call made it. False as well when a lost reply was found to have made it. */
  readonly created: boolean;
  readonly doc: Doc;
  readonly warnings: readonly string[];
}

const CRITICAL = new Set([
  'customer', 'party', 'company', 'currency', 'item', 'item_code', 'project', 'service_location', 'service_subscription', 'equipment_type',
  'service_type', 'job_type', 'fibre_id', 'rate', 'qty', 'paid_amount', 'gateway_txn_id', 'payment_type', 'order_ref', 'leadlight_step',
]);

/**
 * Exactly one document per key, however often, however concurrently and however badly the network treats it (S1-103): look by key; else
 * insert; a duplicate in either shape or an unknown outcome is observed before at most one more insert. The unique index is the arbiter.
 * @throws VendorError `conflict` when the document is there with other critical fields (`detail.drift`), is cancelled, or another unique
 * field clashes; nothing is overwritten.
 * @example ensure(wire, 'Customer', 'ord_1:customer', { customer_name: 'Jean Tremblay' }) // { name: 'CUST-2026-00001', created: true, … }
 */
export async function ensure(wire: Wire, doctype: string, key: string, fields: Fields, options: EnsureOptions = {}): Promise<Ensured> {
  const operation = `ensure ${doctype}`;
  const keyField = options.keyField ?? 'leadlight_id';
  if (key === '' || key.length > 100) throw new VendorError({ vendor: 'ERPNext', operation, kind: 'rejectedInput', message: 'The key has 1 to 100 characters.', hint: 'Derive it from the order and the step.' });
  const byKey: readonly Filter[] = [[keyField, '=', key]];
  const found = await look(wire, doctype, byKey);
  if (found) return reuse(wire, doctype, found, fields, options);
  let body: Fields = { ...fields, [keyField]: key, ...(options.submit ? { docstatus: 1 } : {}) };
  let relinked = false;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { doc, warnings } = await create(wire, doctype, body, { strict: options.strict ?? false, repeatable: true });
      if (options.totals) await checkTotals(wire, doctype, doc, options.totals);
      if (options.submit && doc.docstatus !== 1) return { ...(await reuse(wire, doctype, doc.name, fields, options)), created: true, warnings };
      return { name: doc.name, created: true, doc, warnings };
    } catch (error) {
      if (isVendorError(error) && error.detail?.['cancelled'] === true) throw error;
      const links = relinked ? undefined : await currentLinks(wire, error, options);
      if (links) {
        relinked = true;
        attempt -= 1;
        body = { ...body, ...links };
        continue;
      }
      const unknown = isVendorError(error) && error.outcome === 'unknown';
      if (!unknown && !isDuplicate(error)) throw error;
      const there = await lookPatiently(wire, doctype, byKey);
      if (there) return reuse(wire, doctype, there, body, options);
      if (!unknown) {
        const other = options.reuse ? await look(wire, doctype, options.reuse) : undefined;
        if (other) return { name: other, created: false, doc: await get(wire, doctype, other), warnings: ['Another unique field was taken: the document that holds it was reused.'] };
        throw error;
      }
      if (attempt >= 2) throw error;
    }
  }
}

/** The present names of links that were not found, when their documents were renamed; undefined when that is not what failed. */
async function currentLinks(wire: Wire, error: unknown, { linkKeys = {}, keyField }: EnsureOptions): Promise<Fields | undefined> {
  if (!isVendorError(error) || error.detail?.['excType'] !== 'LinkValidationError') return undefined;
  const lost = ((error.detail['missingLinks'] ?? []) as readonly { readonly path: string }[]).map(({ path }) => path).filter((path) => linkKeys[path]);
  const found: Record<string, Json> = {};
  for (const path of lost) {
    const name = await nameOf(wire, linkKeys[path]!.doctype, linkKeys[path]!.key, keyField);
    if (name !== undefined) found[path] = name;
  }
  return Object.keys(found).length > 0 ? found : undefined;
}

async function look(wire: Wire, doctype: string, filters: readonly Filter[]): Promise<string | undefined> {
  const rows = await list(wire, doctype, { filters, fields: ['name'], limit: 2 });
  const name = rows[0]?.['name'];
  return typeof name === 'string' ? name : undefined;
}

// The first request may still be committing when its reply is given up on.
async function lookPatiently(wire: Wire, doctype: string, filters: readonly Filter[]): Promise<string | undefined> {
  for (const wait of [0, 500, 1500]) {
    if (wait > 0) await wire.clock.sleep(wait);
    const name = await look(wire, doctype, filters);
    if (name !== undefined) return name;
  }
  return undefined;
}

async function reuse(wire: Wire, doctype: string, name: string, fields: Fields, options: EnsureOptions): Promise<Ensured> {
  const operation = `ensure ${doctype}`;
  const doc = await get(wire, doctype, name);
  const conflict = (message: string, hint: string, detail: Record<string, Json>) => new VendorError({ vendor: 'ERPNext', operation, kind: 'conflict', message, hint, detail: { name, ...detail } });
  if (doc.docstatus === 2) throw conflict(`The ${doctype} of this key is cancelled.`, 'Amend it in ERPNext, or use a new key for a new document.', { cancelled: true });
  const critical = options.critical ?? Object.keys(fields).filter((field) => CRITICAL.has(field));
  const drift = critical.filter((field) => fields[field] !== undefined && !sameValue(fields[field], doc[field]));
  if (options.totals) drift.push(...invoiceDifferences(doc, options.totals).map((difference) => difference.split(' ')[0]!));
  if (drift.length > 0) {
    throw conflict(`The ${doctype} of this key is there with another ${drift.join(', ')}; nothing was overwritten.`, 'Compare both and decide which is right; then correct the document or use a new key.', { drift });
  }
  if (options.submit && doc.docstatus === 0) return { name, created: false, doc: await submit(wire, doctype, name), warnings: ['It was there as a draft and has been submitted.'] };
  return { name, created: false, doc, warnings: [] };
}

async function checkTotals(wire: Wire, doctype: string, doc: Doc, totals: InvoiceTotals): Promise<void> {
  const differences = [...invoiceDifferences(doc, totals), ...(doc.docstatus === 1 ? outstandingDifferences(doc, totals) : [])];
  if (differences.length === 0) return;
  await rejectInvoice(doc, differences, () => (doc.docstatus === 1 ? cancel(wire, doctype, doc.name) : remove(wire, doctype, doc.name)));
}
