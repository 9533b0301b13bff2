import { createHash } from 'node:crypto';
import { deriveId } from '../../../../core/src/index.ts';

/** PayPal's idempotency header. It keeps at most 108 characters, and ours may be longer. @example requestId('create', 'ord_1')['paypal-request-id'].length // 43 */
export const requestId = (...parts: readonly (string | number)[]) => ({ 'paypal-request-id': `ll-${createHash('sha256').update(deriveId(...parts)).digest('hex').slice(0, 40)}` });
