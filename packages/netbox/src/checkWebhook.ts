import { createHmac, timingSafeEqual } from 'node:crypto';

export type WebhookVerdict = 'good' | 'missing' | 'wrong' | 'unreadable' | 'stale';
export interface CheckedWebhook {
  readonly verdict: WebhookVerdict;
  /** The same delivery has the same one: request, object, event and time. Remember it to refuse replays. */
  readonly deliveryId: string;
  readonly event: string;
  /** `ipam.ipaddress`; NetBox before 4.5 gives the model alone. */
  readonly objectType: string;
  readonly objectId: number | null;
  readonly user: string;
  readonly requestId: string;
  readonly at: string;
}
type Body = Readonly<Record<string, unknown>>;
const nothing = (verdict: WebhookVerdict): CheckedWebhook => ({ verdict, deliveryId: '', event: '', objectType: '', objectId: null, user: '', requestId: '', at: '' });
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * Whether a delivery is NetBox' own: `X-Hook-Signature` is the bare hex HMAC-SHA512 of the raw bytes (access.md 2.5), compared in constant
 * time. NetBox signs no time of sending; the time in the signed body bounds how long a copy can be played again, `deliveryId` tells copies
 * within it. Nothing of a body that is not good is given out.
 * @example checkWebhook(request.headers['x-hook-signature'], rawBody, secret, { nowMs: Date.parse('2026-11-20T10:00:00Z') }).verdict // 'good'
 */
export function checkWebhook(signature: string | undefined, rawBody: Uint8Array, secret: string, { nowMs, maxAgeMs = 3_600_000 }: { readonly nowMs: number; readonly maxAgeMs?: number }): CheckedWebhook {
  if (signature === undefined || secret === '' || !/^[0-9a-f]{128}$/i.test(signature)) return nothing('missing');
  const given = new Uint8Array(signature.match(/../g)!.map((pair) => Number.parseInt(pair, 16)));
  if (!timingSafeEqual(createHmac('sha512', secret).update(rawBody).digest(), given)) return nothing('wrong');
  let body: Body;
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody)) as Body;
  } catch {
    return nothing('unreadable');
  }
  if (typeof body !== 'object' || body === null || text(body['event']) === '') return nothing('unreadable');
  const at = text(body['timestamp']);
  if (!(Math.abs(nowMs - Date.parse(at)) <= maxAgeMs)) return nothing('stale');
  const request = (body['request'] ?? {}) as Body;
  const id = (body['data'] as Body | undefined)?.['id'];
  const objectId = typeof id === 'number' ? id : null;
  const requestId = text(request['id']) || text(body['request_id']);
  const objectType = text(body['object_type']) || text(body['model']);
  return { verdict: 'good', deliveryId: [requestId, objectType, objectId, body['event'], at].join('|'), event: text(body['event']), objectType, objectId, user: text(request['user']) || text(body['username']), requestId, at };
}
