import { VendorError, type JsonObject } from '../../../core/src/index.ts';
import type { Doc } from './doc.ts';
import { asDoc, get, list } from './read.ts';
import { payload, type Wire } from './wire.ts';

/**
 * Moves a document along its workflow, as its button in Desk would. Never repeated: after a lost reply the outcome is unknown, and the state of the document says more.
 * @throws VendorError `rejectedInput` when the workflow has no such action from here, `unauthorised` when the user may not
 * @example applyWorkflow(wire, 'Dispatch Job', 'DJ-2026-00001', 'Schedule')
 */
export async function applyWorkflow(wire: Wire, doctype: string, name: string, action: string): Promise<Doc> {
  const operation = `${action} ${doctype}`;
  const doc = await get(wire, doctype, name);
  const told = payload(await wire.ask({ method: 'POST', path: '/api/method/frappe.model.workflow.apply_workflow', body: { doc: JSON.stringify({ ...doc, doctype }), action }, operation, safety: 'once' }), 'message', operation, true);
  asDoc(told, operation, true);
  return get(wire, doctype, name);
}

/**
 * A comment on a document, once: one with the same text is found again, so that a repeated run does not repeat itself.
 * @example comment(wire, 'Customer', 'CUST-2026-00001', 'Port 0/1/5 activated') // { name: 'a1b2…', created: true }
 */
export async function comment(wire: Wire, doctype: string, name: string, text: string): Promise<{ readonly name: string; readonly created: boolean }> {
  const operation = `comment on ${doctype}`;
  if (text.trim() === '') throw new VendorError({ vendor: 'ERPNext', operation, kind: 'rejectedInput', message: 'The comment is empty.', hint: 'Say what happened.' });
  const rows = await list(wire, 'Comment', { fields: ['name', 'content'], filters: [['reference_doctype', '=', doctype], ['reference_name', '=', name], ['comment_type', '=', 'Comment']], limit: 1000 });
  // Desk keeps comments as HTML; ours are plain, and compared as such.
  const plain = (html: unknown) => String(html ?? '').replace(/<[^>]*>/g, '').replace(/&amp;/g, '&').replace(/&lt;/g, '<').replace(/&gt;/g, '>').trim();
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const before = rows.find((row) => plain(row['content']) === text.trim());
  if (before) return { name: String(before['name']), created: false };
  // Whoever comments must be able to see the document: asked first, for Comment itself does not look.
  await get(wire, doctype, name);
  const made = payload(await wire.ask({ method: 'POST', path: '/api/resource/Comment', body: { comment_type: 'Comment', reference_doctype: doctype, reference_name: name, content: escaped }, operation, safety: 'once' }), 'data', operation, true) as JsonObject;
  return { name: asDoc(made, operation, true).name, created: true };
}
