import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { checkWebhook, type WebhookVerdict } from '../../packages/erpnext/src/index.ts';
import { readAsked } from './asked.ts';
import { keptBy, recall, remember } from './memory.ts';
import { judge, note } from './told.ts';

const words: Readonly<Record<Exclude<WebhookVerdict, 'good'>, string>> = {
  missing: 'The signature is missing.', wrong: 'The signature does not fit the body.', unreadable: 'The body is not one of ERPNext.',
};

/**
 * One delivery: the document as item, or no execution: 401 when ERPNext did not sign it. A copy, a state overtaken on the way and what was
 * not asked for are answered as done, for ERPNext repeats whatever is not.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
  const kept = keptBy(context);
  const request = context.getRequestObject() as unknown as { readonly rawBody?: Uint8Array; readRawBody?(): Promise<void> };
  if (!request.rawBody) await request.readRawBody?.();
  const header = context.getHeaderData()['x-frappe-webhook-signature'];
  const { verdict, doctype, name, modified, body } = checkWebhook(typeof header === 'string' ? header : undefined, request.rawBody ?? new Uint8Array(), kept.secret ?? '');
  const answer = (status: number, code: string, message: string, hint: string): IWebhookResponseData => {
    context.getResponseObject().status(status).json({ type: 'refused', code, message, hint });
    return { noWebhookResponse: true };
  };
  if (verdict !== 'good') return answer(401, 'badSignature', words[verdict], 'Deactivate and activate the workflow to make its webhooks anew.');
  // The event is part of what is signed: one overheard delivery cannot be sent again as another event.
  const event = String(body['event'] ?? '');
  const { docType, events } = readAsked(context);
  if (doctype !== docType || !(events as readonly string[]).includes(event)) return answer(200, 'notAsked', 'This workflow does not listen to that.', 'Deactivate and activate the workflow to make its webhooks anew.');
  const told = recall(kept);
  const judged = judge(told, name, event, modified);
  if (judged !== 'news') return answer(200, judged === 'copy' ? 'replayed' : 'overtaken', judged === 'copy' ? 'This save came before.' : 'A later save came before.', 'Nothing to do: each save starts the workflow once.');
  remember(kept, note(told, name, event, modified));
  return { workflowData: [[{ json: { doctype, name, event, modified, found: 'webhook', doc: (body['doc'] ?? {}) as IDataObject } }]] };
}
