import { isVendorError, VendorError } from '../../../core/src/index.ts';
import type { Fields } from './doc.ts';
import { isDuplicate } from './errors.ts';
import { list } from './read.ts';
import { payload, type Wire } from './wire.ts';

export interface Keyed {
  readonly key: string;
  readonly fields: Fields;
}
export interface Inserted {
  readonly key: string;
  readonly name: string;
  /** False: it was there before, or a lost reply was found to have made it. */
  readonly created: boolean;
}

/** What Frappe takes in one request; each request is one transaction. */
export const MOST = 200;

/**
 * Many documents by key, in chunks that are written whole or not at all; those that are there already are passed over, so that a run that
 * broke off is simply run again. Their fields are not compared: use `ensure` where that matters.
 * @throws VendorError what Frappe refused; `detail.done` says how many documents of earlier chunks stand, `detail.from` where the chunk began
 * @example insertMany(wire, 'Item Price', rows) // [{ key: 'price:FTTH150I', name: 'a1b2…', created: true }, …]
 */
export async function insertMany(wire: Wire, doctype: string, rows: readonly Keyed[], keyField = 'leadlight_id'): Promise<readonly Inserted[]> {
  const operation = `insert many ${doctype}`;
  if (!Array.isArray(rows) || rows.some((row: Partial<Keyed> | null) => typeof row?.key !== 'string' || typeof row.fields !== 'object')) throw new VendorError({ vendor: 'ERPNext', operation, kind: 'rejectedInput', message: 'Each document is an object with key and fields.', hint: 'Send a list such as [{"key": "import:7", "fields": {…}}].' });
  const keys = new Set(rows.map(({ key }) => key));
  if (keys.size !== rows.length || keys.has('')) throw new VendorError({ vendor: 'ERPNext', operation, kind: 'rejectedInput', message: 'Each document needs a key of its own.', hint: 'Derive it from the order and the step, or from the old system’s number.' });
  const done: Inserted[] = [];
  for (let from = 0; from < rows.length; from += MOST) {
    try {
      done.push(...(await chunk(wire, doctype, rows.slice(from, from + MOST), keyField, operation)));
    } catch (error) {
      if (!isVendorError(error)) throw error;
      throw new VendorError({ vendor: 'ERPNext', operation, kind: error.kind, outcome: error.outcome, message: error.message, hint: error.hint, detail: { ...error.detail, done: done.length, from }, ...(error.status === undefined ? {} : { status: error.status }) });
    }
  }
  return done;
}

async function chunk(wire: Wire, doctype: string, rows: readonly Keyed[], keyField: string, operation: string): Promise<Inserted[]> {
  const made = new Set<string>();
  for (let attempt = 1; ; attempt += 1) {
    const there = new Map((await list(wire, doctype, { fields: ['name', keyField], filters: [[keyField, 'in', rows.map(({ key }) => key)]], limit: 1000 })).map((row) => [String(row[keyField]), String(row['name'])]));
    const lacking = rows.filter(({ key }) => !there.has(key));
    if (lacking.length === 0) return rows.map(({ key }) => ({ key, name: there.get(key)!, created: made.has(key) }));
    if (attempt > 3) throw new VendorError({ vendor: 'ERPNext', operation, kind: 'unexpectedReply', outcome: 'unknown', message: `${lacking.length} documents are not there although ERPNext accepted them.`, hint: 'Read them by key before repeating.' });
    try {
      const docs = lacking.map(({ key, fields }) => ({ ...fields, doctype, [keyField]: key }));
      payload(await wire.ask({ method: 'POST', path: '/api/method/frappe.client.insert_many', body: { docs }, operation, safety: 'once' }), 'message', operation, true);
      for (const { key } of lacking) made.add(key);
    } catch (error) {
      // Looked up and done once more; a cancelled request is not.
      const again = isVendorError(error) && (error.outcome === 'unknown' || isDuplicate(error)) && error.detail?.['cancelled'] !== true;
      if (!again || attempt > 2) throw error;
    }
  }
}
