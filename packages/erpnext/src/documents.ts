import { isVendorError, VendorError, type JsonObject } from '../../../core/src/index.ts';
import type { Doc, Fields } from './doc.ts';
import { echoWarnings } from './echo.ts';
import { isStale } from './errors.ts';
import { asDoc, get } from './read.ts';
import { payload, resource, type Wire } from './wire.ts';

export interface Written {
  readonly doc: Doc;
  /** Fields that do not exist, fields saved otherwise, and what the server itself remarked. */
  readonly warnings: readonly string[];
}
export interface WriteOptions {
  /** An unknown field is an error instead of a warning. */
  readonly strict?: boolean;
}

/** Creates once. After `outcome: 'unknown'` read before repeating; `ensure` does that. @throws VendorError */
export async function create(wire: Wire, doctype: string, fields: Fields, options: WriteOptions & { readonly repeatable?: boolean } = {}): Promise<Written> {
  const operation = `create ${doctype}`;
  const answer = await wire.ask({ method: 'POST', path: resource(doctype), body: fields, operation, safety: options.repeatable ? 'repeatable' : 'once' });
  const doc = asDoc(payload(answer, 'data', operation, true), operation, true);
  return { doc, warnings: [...echoWarnings(doctype, operation, fields, doc, options.strict ?? false), ...answer.warnings] };
}

export interface UpdateOptions extends WriteOptions {
  /** The `modified` that was read, byte for byte: the write is refused (`conflict`, stale) if somebody saved since. */
  readonly modified?: string;
}

/**
 * Sets the fields given, and only those. A child table is replaced whole: rows without their `name` become new, rows left out are
 * deleted; use `updateRows` to edit one. Falsy values (0, '', null, false) are stored as such.
 * @throws VendorError
 */
export async function update(wire: Wire, doctype: string, name: string, fields: Fields, options: UpdateOptions = {}): Promise<Written> {
  const operation = `update ${doctype}`;
  const body = { ...fields, ...(options.modified !== undefined ? { modified: options.modified } : {}) };
  // With `modified` a repeat after a lost reply would meet its own change as a conflict.
  const answer = await wire.ask({ method: 'PUT', path: resource(doctype, name), body, operation, safety: options.modified === undefined ? 'repeatable' : 'once' });
  const doc = asDoc(payload(answer, 'data', operation, true), operation, true);
  return { doc, warnings: [...echoWarnings(doctype, operation, fields, doc, options.strict ?? false), ...answer.warnings] };
}

/**
 * Reads, lets `change` say what to set, saves if nobody saved in between; otherwise once more, three times in all.
 * `change` returns null when there is nothing to do: then nothing is written.
 * @example updateWithRetry(wire, 'Task', name, (task) => (task.status === 'Completed' ? null : { status: 'Completed' }))
 */
export async function updateWithRetry(wire: Wire, doctype: string, name: string, change: (doc: Doc) => Fields | null, options: WriteOptions = {}): Promise<Written> {
  for (let attempt = 1; ; attempt += 1) {
    const doc = await get(wire, doctype, name);
    const fields = change(doc);
    if (fields === null) return { doc, warnings: [] };
    try {
      return await update(wire, doctype, name, fields, { ...options, modified: doc.modified });
    } catch (error) {
      if (!isStale(error) || attempt >= 3) throw error;
      await wire.clock.sleep(200 * attempt);
    }
  }
}

/** Edits one child table without losing the rows it does not touch: `edit` gets the rows with their names. */
export function updateRows(wire: Wire, doctype: string, name: string, table: string, edit: (rows: readonly JsonObject[]) => readonly JsonObject[]): Promise<Written> {
  return updateWithRetry(wire, doctype, name, (doc) => ({ [table]: edit(Array.isArray(doc[table]) ? (doc[table] as JsonObject[]) : []) }));
}

/** Submits a draft; one that is submitted already is a success. @throws VendorError `conflict` when it is cancelled */
export function submit(wire: Wire, doctype: string, name: string): Promise<Doc> {
  return move(wire, doctype, name, 1);
}
/** Cancels a submitted document; one that is cancelled already is a success. A draft is refused by the server. */
export function cancel(wire: Wire, doctype: string, name: string): Promise<Doc> {
  return move(wire, doctype, name, 2);
}

async function move(wire: Wire, doctype: string, name: string, to: 1 | 2): Promise<Doc> {
  const operation = `${to === 1 ? 'submit' : 'cancel'} ${doctype}`;
  const before = await get(wire, doctype, name);
  if (before.docstatus === to) return before;
  if (before.docstatus === 2) throw new VendorError({ vendor: 'ERPNext', operation, kind: 'conflict', message: `This ${doctype} is cancelled.`, hint: 'Amend it: a cancelled document is never submitted again.' });
  try {
    // PUT is synchronous where run_method may only queue (Journal Entry with many rows).
    const answer = await wire.ask({ method: 'PUT', path: resource(doctype, name), body: { docstatus: to }, operation, safety: 'once' });
    const after = asDoc(payload(answer, 'data', operation, true), operation, true);
    if (after.docstatus === to) return after;
  } catch (error) {
    if (!isVendorError(error)) throw error;
    // Somebody, or our own lost request, may have done it.
    const now = await get(wire, doctype, name).catch(() => undefined);
    if (now?.docstatus === to) return now;
    throw error;
  }
  const now = await get(wire, doctype, name);
  if (now.docstatus === to) return now;
  throw new VendorError({ vendor: 'ERPNext', operation, kind: 'unexpectedReply', message: `ERPNext accepted ${operation}, but the document reads docstatus ${now.docstatus}.`, hint: 'It may be queued on the server; read it again later.' });
}

/** Deletes. One that is gone already counts as done, unless `missing: 'refuse'`. Submitted or linked documents are refused by the server. */
export async function remove(wire: Wire, doctype: string, name: string, options: { readonly missing?: 'accept' | 'refuse' } = {}): Promise<{ readonly deleted: boolean }> {
  try {
    await wire.ask({ method: 'DELETE', path: resource(doctype, name), operation: `delete ${doctype}`, safety: 'repeatable' });
    return { deleted: true };
  } catch (error) {
    if (isVendorError(error) && error.kind === 'notFound' && options.missing !== 'refuse') return { deleted: false };
    throw error;
  }
}

/** Runs a method of a document: always a POST with the method in the JSON body, for a GET would answer 200 and save nothing. */
export async function run(wire: Wire, doctype: string, name: string, method: string, args: Fields = {}): Promise<unknown> {
  const answer = await wire.ask({ method: 'POST', path: resource(doctype, name), body: { ...args, run_method: method }, operation: `${method} ${doctype}`, safety: 'once' });
  return answer.body['data'] ?? answer.body['message'];
}
