import { deriveId, type Instant } from '../../../core/src/index.ts';
import type { PaymentView } from './judge.ts';
import type { Queryable } from './queryable.ts';

/** The name of an intended charge: the same for every repetition, another for the next rung of the ladder. @example chargeKey('INV-1', 2) */
export const chargeKey = (invoiceId: string, attempt: number): string => deriveId('ll', invoiceId, 'charge', attempt);

/**
 * Closes the open charge that a paid payment answers, when the run that made it died before it could (S1-103). Nothing happens when that
 * run has written it down itself.
 * @example await settleCharge(tx, 'stripe', view, clock.now());
 */
export async function settleCharge(tx: Queryable, provider: string, view: PaymentView, now: Instant): Promise<void> {
  const { orderId, paymentIntent, chargeId = null } = view;
  if (view.status !== 'succeeded' || view.chargeKey === undefined || orderId === undefined) return;
  const { rows } = await tx.query<{ attempt: number }>(`SELECT attempt FROM payment_charge WHERE invoice_id = $1 AND provider = $2 AND (outcome IS NULL OR outcome = 'unknown') FOR UPDATE`, [orderId, provider]);
  const mine = rows.find(({ attempt }) => chargeKey(orderId, attempt) === view.chargeKey);
  if (!mine) return;
  await tx.query(`UPDATE payment_charge SET outcome = 'done', settled_at = $3, payment_intent = $4, charge_id = $5 WHERE invoice_id = $1 AND attempt = $2`, [orderId, mine.attempt, now, paymentIntent, chargeId]);
  await tx.query(
    `INSERT INTO payment (payment_intent, order_id, amount_minor, currency, state, captured_minor, refunded_minor, charge_id, created_at, updated_at, provider)
     VALUES ($1, $2, $3, $4, 'captured', $5, $6, $7, $8, $8, $9) ON CONFLICT DO NOTHING`,
    [paymentIntent, orderId, view.amountMinor, view.currency, view.capturedMinor, view.refundedMinor, chargeId, now, provider],
  );
}
