import { createHmac, timingSafeEqual } from 'node:crypto';
import type { JsonObject } from '../../../core/src/index.ts';

export type WebhookVerdict = 'good' | 'missing' | 'wrong' | 'unreadable';
export interface CheckedWebhook {
  readonly verdict: WebhookVerdict;
  readonly doctype: string;
  readonly name: string;
  /** Of the document when it was saved, in site time, byte for byte. */
  readonly modified: string;
  /** The same save of the same document has the same one: Frappe gives no event id and repeats what was answered late. */
  readonly deliveryId: string;
  readonly body: JsonObject;
}
const nothing = (verdict: WebhookVerdict): CheckedWebhook => ({ verdict, doctype: '', name: '', modified: '', deliveryId: '', body: {} });

/**
 * Whether a delivery is the site's own: `X-Frappe-Webhook-Signature` is base64 of the HMAC-SHA256 of the raw bytes (erp.md 1.9), compared in
 * constant time. Versions write their JSON differently (v17 sorts and indents), so never check a body that was parsed and written again; its
 * Content-Type may be missing. Nothing of a body that is not good is given out. `event` is the one the address stands for: a body names none.
 * @example checkWebhook(request.headers['x-frappe-webhook-signature'], rawBody, secret).verdict // 'good'
 */
export function checkWebhook(signature: string | undefined, rawBody: Uint8Array, secret: string, event = ''): CheckedWebhook {
  if (signature === undefined || secret === '' || !/^[A-Za-z0-9+/]{43}=$/.test(signature)) return nothing('missing');
  const made = createHmac('sha256', secret).update(rawBody).digest('base64');
  const bytes = (text: string) => new TextEncoder().encode(text);
  if (!timingSafeEqual(bytes(made), bytes(signature))) return nothing('wrong');
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
  } catch {
    return nothing('unreadable');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return nothing('unreadable');
  const { doctype, name, modified } = body as Record<string, unknown>;
  if (typeof doctype !== 'string' || typeof name !== 'string' || typeof modified !== 'string' || name === '' || !/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/.test(modified)) return nothing('unreadable');
  return { verdict: 'good', doctype, name, modified, deliveryId: [doctype, name, modified, event].join('|'), body: body as JsonObject };
}

/**
 * What a good delivery means beside the last one of the same document that was acted upon: a copy, an older state overtaken on the way, or news.
 * Site time is compared as text, which sorts as time does.
 * @example judgeDelivery('2026-04-09 14:03:22.118204', '2026-04-09 14:03:22.118204') // 'copy'
 */
export function judgeDelivery(last: string | undefined, modified: string): 'news' | 'copy' | 'older' {
  if (last === undefined || modified > last) return 'news';
  return modified === last ? 'copy' : 'older';
}
