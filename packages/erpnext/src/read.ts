import { VendorError, type Json, type JsonObject } from '../../../core/src/index.ts';
import type { Doc, Filter } from './doc.ts';
import { payload, resource, type Wire } from './wire.ts';

export interface ListQuery {
  readonly fields?: readonly string[];
  readonly filters?: readonly Filter[];
  readonly orFilters?: readonly Filter[];
  /** Default `creation asc, name asc`: the server's own default differs between versions. */
  readonly orderBy?: string;
  readonly start?: number;
  /** Default 100, at most 1000; the server's own default of 20 is never relied on. */
  readonly limit?: number;
  /** The parent doctype, when a child table is listed by itself. */
  readonly parent?: string;
}

// Proxies commonly cut addresses at 2 to 8 kB; the same list by POST has no such limit.
const LONGEST_QUERY = 1500;

/** One page of a list. @throws VendorError */
export async function list(wire: Wire, doctype: string, query: ListQuery = {}): Promise<readonly JsonObject[]> {
  const operation = `list ${doctype}`;
  const limit = query.limit ?? 100;
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw new VendorError({ vendor: 'ERPNext', operation, kind: 'rejectedInput', message: 'A page holds 1 to 1000 rows.', hint: 'Use listAll for more.' });
  }
  const asked = {
    fields: query.fields ?? ['name'],
    ...(query.filters?.length ? { filters: query.filters } : {}),
    ...(query.orFilters?.length ? { or_filters: query.orFilters } : {}),
    order_by: query.orderBy ?? 'creation asc, name asc',
    limit_start: query.start ?? 0,
    limit_page_length: limit,
    ...(query.parent ? { parent: query.parent } : {}),
  };
  const flat: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(asked)) flat[key] = typeof value === 'object' ? JSON.stringify(value) : value;
  const length = Object.entries(flat).reduce((sum, [key, value]) => sum + key.length + encodeURIComponent(value).length + 2, 0);
  const found =
    length <= LONGEST_QUERY
      ? payload(await wire.ask({ method: 'GET', path: resource(doctype), query: flat, operation, safety: 'read' }), 'data', operation, false)
      : payload(await wire.ask({ method: 'POST', path: '/api/method/frappe.client.get_list', body: { doctype, ...asked }, operation, safety: 'read' }), 'message', operation, false);
  if (!Array.isArray(found)) throw new VendorError({ vendor: 'ERPNext', operation, kind: 'unexpectedReply', message: `ERPNext gave no list to ${operation}.`, hint: 'Check the doctype and the site version.' });
  return found as JsonObject[];
}

/**
 * Every matching row exactly once, in order of creation, by keyset: rows saved or inserted meanwhile neither repeat nor hide others.
 * `name` and `creation` are always among the fields.
 * @example for await (const row of listAll(wire, 'Item', { filters: [['disabled', '=', 0]] })) …
 */
export async function* listAll(wire: Wire, doctype: string, query: Omit<ListQuery, 'orderBy' | 'start'> = {}): AsyncGenerator<JsonObject> {
  const limit = query.limit ?? 500;
  const fields = [...new Set(['name', 'creation', ...(query.fields ?? [])])];
  let from: Json | undefined;
  let start = 0;
  let seen = new Set<Json | undefined>();
  for (;;) {
    const filters: readonly Filter[] = [...(query.filters ?? []), ...(from === undefined ? [] : [['creation', '>=', from] as const])];
    const rows = await list(wire, doctype, { ...query, fields, filters, start, limit, orderBy: 'creation asc, name asc' });
    for (const row of rows) if (!seen.has(row['name'])) yield row;
    if (rows.length < limit) return;
    const last = rows.at(-1)?.['creation'];
    const names = rows.filter((row) => row['creation'] === last).map((row) => row['name']);
    // A page that never leaves one instant (a bulk import) is walked by offset within that instant.
    if (last === from) start += limit;
    else start = 0;
    seen = last === from ? new Set([...seen, ...names]) : new Set(names);
    from = last;
  }
}

/** One document with its child tables. @throws VendorError `notFound` */
export async function get(wire: Wire, doctype: string, name: string): Promise<Doc> {
  const operation = `get ${doctype}`;
  return asDoc(payload(await wire.ask({ method: 'GET', path: resource(doctype, name), operation, safety: 'read' }), 'data', operation, false), operation, false);
}

/** How many documents match, exactly. */
export async function count(wire: Wire, doctype: string, filters: readonly Filter[] = []): Promise<number> {
  const operation = `count ${doctype}`;
  const found = payload(await wire.ask({ method: 'POST', path: '/api/method/frappe.client.get_count', body: { doctype, filters }, operation, safety: 'read' }), 'message', operation, false);
  if (typeof found !== 'number') throw new VendorError({ vendor: 'ERPNext', operation, kind: 'unexpectedReply', message: `ERPNext gave no number to ${operation}.`, hint: 'The count may have timed out on the server; narrow the filters.' });
  return found;
}

/** A reply that must be a document. */
export function asDoc(value: unknown, operation: string, write: boolean): Doc {
  const doc = value as Partial<Doc> | null;
  if (typeof doc !== 'object' || doc === null || typeof doc.name !== 'string') {
    throw new VendorError({ vendor: 'ERPNext', operation, kind: 'unexpectedReply', outcome: write ? 'unknown' : 'notApplied', message: `ERPNext gave no document to ${operation}.`, hint: 'Read the document back before repeating.' });
  }
  return doc as Doc;
}
