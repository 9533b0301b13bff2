import { VendorError, type JsonObject } from '../../../core/src/index.ts';
import { isRows, systemFields, type Fields } from './doc.ts';
import { ensure, type Ensured, type EnsureOptions } from './ensure.ts';
import { get } from './read.ts';
import type { Wire } from './wire.ts';

/**
 * A corrected copy of a cancelled document, under a new key. System columns, row names and unique keys of the source are left behind.
 * @throws VendorError `conflict` when the source is not cancelled
 * @example amend(wire, 'Sales Invoice', 'ACC-SINV-2026-00001', 'ord_1:inv:first:2', { due_date: '2026-05-01' }, { submit: true })
 */
export async function amend(wire: Wire, doctype: string, name: string, key: string, changes: Fields, options: EnsureOptions & { readonly noCopy?: readonly string[] } = {}): Promise<Ensured> {
  const source = await get(wire, doctype, name);
  if (source.docstatus !== 2) {
    throw new VendorError({ vendor: 'ERPNext', operation: `amend ${doctype}`, kind: 'conflict', message: `Only a cancelled ${doctype} can be amended.`, hint: 'Cancel it first.', detail: { name } });
  }
  const left = new Set([...systemFields, options.keyField ?? 'leadlight_id', 'status', 'naming_series', ...(options.noCopy ?? [])]);
  const copy = (from: JsonObject): Record<string, JsonObject[string]> =>
    Object.fromEntries(Object.entries(from).filter(([field, value]) => !left.has(field) && value !== null && !(typeof value === 'string' && /^\*+$/.test(value))).map(([field, value]) => [field, isRows(value) ? value.map(copy) : value]));
  return ensure(wire, doctype, key, { ...copy(source), ...changes, amended_from: name }, { critical: [], ...options });
}
