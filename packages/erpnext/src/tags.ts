import { VendorError } from '../../../core/src/index.ts';
import { get } from './read.ts';
import type { Wire } from './wire.ts';

/**
 * Puts a tag on a document or takes it off, and gives the tags it has then. Done already counts as done.
 * @example setTag(wire, 'Customer', 'CUST-2026-00001', 'VIP', true) // ['VIP']
 */
export async function setTag(wire: Wire, doctype: string, name: string, tag: string, on: boolean): Promise<readonly string[]> {
  const operation = `${on ? 'tag' : 'untag'} ${doctype}`;
  const text = tag.trim();
  if (text === '' || text.includes(',')) throw new VendorError({ vendor: 'ERPNext', operation, kind: 'rejectedInput', message: 'A tag is a text without commas.', hint: 'Give one tag at a time.' });
  const has = async () => String((await get(wire, doctype, name))['_user_tags'] ?? '').split(',').map((one) => one.trim()).filter(Boolean);
  const before = await has();
  if (before.includes(text) === on) return before;
  // Sets it to what it is to be: done twice it ends the same.
  await wire.ask({ method: 'POST', path: `/api/method/frappe.desk.doctype.tag.tag.${on ? 'add_tag' : 'remove_tag'}`, body: { tag: text, dt: doctype, dn: name }, operation, safety: 'repeatable' });
  const after = await has();
  if (after.includes(text) !== on) throw new VendorError({ vendor: 'ERPNext', operation, kind: 'unexpectedReply', message: `ERPNext accepted ${operation}, but the document reads otherwise.`, hint: 'Read the document again later.' });
  return after;
}
