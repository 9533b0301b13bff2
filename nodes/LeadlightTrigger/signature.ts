import { createHmac, timingSafeEqual } from 'node:crypto';

const TOLERANCE_SECONDS = 300;

export type SignatureVerdict = 'good' | 'missing' | 'stale' | 'wrong';

/**
 * Whether a delivery is the hub's and fresh: `t=<unix seconds>,v1=<hex hmac-sha256(secret, "<t>.<raw body>")>` over the bytes as they
 * came, compared in constant time; five minutes either way.
 * @example verifySignature(header, rawBody, secret, Date.parse('2026-11-20T10:00:00Z')) // 'good'
 */
export function verifySignature(header: string | undefined, rawBody: Uint8Array, secret: string, nowMs: number): SignatureVerdict {
  const parts = new Map((header ?? '').split(',').map((part) => part.trim().split('=', 2) as [string, string]));
  const at = parts.get('t') ?? '';
  const given = parts.get('v1') ?? '';
  if (!/^\d{1,12}$/.test(at) || !/^[0-9a-f]{64}$/i.test(given) || secret === '') return 'missing';
  if (Math.abs(nowMs / 1000 - Number(at)) > TOLERANCE_SECONDS) return 'stale';
  const expected = createHmac('sha256', secret).update(`${at}.`).update(rawBody).digest();
  return timingSafeEqual(expected, Buffer.from(given, 'hex')) ? 'good' : 'wrong';
}
