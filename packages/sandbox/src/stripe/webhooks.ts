import { createHmac } from 'node:crypto';

/**
 * The `Stripe-Signature` header of a raw body (erp.md 6.1, vector there).
 * @example signStripe('whsec_test_secret', 1700000000, '{}').startsWith('t=1700000000,v1=') // true
 */
export function signStripe(secret: string, timestamp: number, rawBody: string): string {
  return `t=${timestamp},v1=${createHmac('sha256', secret).update(`${timestamp}.${rawBody}`).digest('hex')}`;
}

const MINUTE = 60_000;
/** After a failed delivery: Stripe's test mode tries three more times over a few hours. */
export const webhookRetriesMs: readonly number[] = [MINUTE, 60 * MINUTE, 180 * MINUTE];
