import { VendorError, type JsonObject } from '../../../core/src/index.ts';
import type { Wire } from './wire.ts';

/**
 * Names of doctypes that hold documents of their own, by a part of the name, as a link field in Desk offers them: listing DocType itself
 * takes System Manager, this does not.
 * @example searchDoctypes(wire, 'Service') // ['Service Equipment', 'Service Location', 'Service Subscription']
 */
export async function searchDoctypes(wire: Wire, text: string, limit = 100): Promise<readonly string[]> {
  const operation = 'search doctypes';
  const { body } = await wire.ask({
    method: 'GET', path: '/api/method/frappe.desk.search.search_link', operation, safety: 'read',
    query: { doctype: 'DocType', txt: text, page_length: limit, filters: JSON.stringify({ istable: 0, issingle: 0 }) },
  });
  // Version 15 moved them from `results` to `message`.
  const rows = body['message'] ?? body['results'];
  if (!Array.isArray(rows)) throw new VendorError({ vendor: 'ERPNext', operation, kind: 'unexpectedReply', message: 'ERPNext gave no names to the search.', hint: 'Is this a Frappe site of version 15 or later?' });
  return [...new Set(rows.map((row) => String((row as JsonObject)['value'])))].sort((a, b) => a.localeCompare(b, 'en'));
}
