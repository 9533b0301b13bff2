import { isVendorError, VendorError } from '../../../core/src/index.ts';
import type { Doc } from './doc.ts';
import { get, list } from './read.ts';
import type { Wire } from './wire.ts';

/**
 * A document by the name it had, or, when a colleague renamed it meanwhile, by its key: names change, keys do not.
 * @throws VendorError `notFound` when neither leads anywhere: deleted, or merged into another document
 * @example resolve(wire, 'Customer', 'CUST-2026-00001', 'ord_1:customer') // { doc: { name: 'CUST-2026-00007', … }, renamed: true }
 */
export async function resolve(wire: Wire, doctype: string, name: string, key: string, keyField = 'leadlight_id'): Promise<{ readonly doc: Doc; readonly renamed: boolean }> {
  try {
    return { doc: await get(wire, doctype, name), renamed: false };
  } catch (error) {
    if (!isVendorError(error) || error.kind !== 'notFound') throw error;
  }
  const current = await nameOf(wire, doctype, key, keyField);
  if (current === undefined) throw new VendorError({ vendor: 'ERPNext', operation: `resolve ${doctype}`, kind: 'notFound', message: `The ${doctype} is neither under its name nor under its key.`, hint: 'It was deleted, or merged into another: look for it in ERPNext and put the key on the one that stays.', detail: { name } });
  return { doc: await get(wire, doctype, current), renamed: true };
}

/** The name a document has now, by its key. */
export async function nameOf(wire: Wire, doctype: string, key: string, keyField = 'leadlight_id'): Promise<string | undefined> {
  const [row] = await list(wire, doctype, { filters: [[keyField, '=', key]], limit: 1 });
  return typeof row?.['name'] === 'string' ? row['name'] : undefined;
}
