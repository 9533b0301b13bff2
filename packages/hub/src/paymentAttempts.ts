import type { Instant, PaymentAttempt, PaymentOutcome } from '../../../core/src/index.ts';
import type { Queryable } from '../../journal/src/index.ts';
import { declineAdvice } from '../../payments/src/index.ts';

interface Row {
  readonly id: string; readonly subject: string; readonly provider: string; readonly method: string; readonly currency: string; readonly amount_minor: number | string; readonly started_at: Date | string; readonly settled_at: Date | string | null;
  readonly outcome: string | null; readonly decline_code: string | null; readonly advice_code: string | null; readonly decline_action: string | null; readonly refunded_minor: number | string | null; readonly disputed_minor: number | string | null;
}
const TENANT = 'main';
/** The streams of a payment: of its order, or of its own where it came before the order was known. */
const told = (order: string, intent: string): string => `e.tenant = '${TENANT}' AND e.stream IN ('order-' || ${order}, 'payment-' || ${intent})`;
const disputed = (order: string, intent: string): string => `(SELECT sum((e.data ->> 'amountMinor')::bigint) FROM event e WHERE ${told(order, intent)} AND e.type = 'payment.disputed' AND e.data ->> 'paymentIntent' = ${intent})`;

/** Stored methods: the ledger has every attempt. */
const CHARGES = `
  SELECT 'charge:' || c.invoice_id || ':' || c.attempt AS id, c.invoice_id AS subject, c.provider, 'storedMethod' AS method, c.currency, c.amount_minor, c.intended_at AS started_at, c.settled_at,
    c.outcome, c.decline_code, c.advice_code, NULL AS decline_action, p.refunded_minor, ${disputed('c.invoice_id', 'c.payment_intent')} AS disputed_minor
  FROM payment_charge c LEFT JOIN payment p ON p.payment_intent = c.payment_intent
  WHERE c.intended_at >= $1 AND c.intended_at < $2`;

/** What customers paid themselves, or owe by terms; a stored method's payment is among the charges. */
const CHECKOUTS = `
  SELECT 'payment:' || p.payment_intent AS id, p.order_id AS subject, p.provider, CASE p.provider WHEN 'stripe' THEN 'checkout' WHEN 'invoice' THEN 'terms' ELSE p.provider END AS method, p.currency, p.amount_minor, p.created_at AS started_at,
    (SELECT min(e.at) FROM event e WHERE ${told('p.order_id', 'p.payment_intent')} AND e.type = 'payment.captured' AND e.key = 'captured:' || p.payment_intent) AS settled_at,
    CASE WHEN p.state IN ('captured', 'partlyRefunded', 'refunded') THEN 'done' WHEN p.state = 'cancelled' THEN 'cancelled'
      WHEN EXISTS (SELECT 1 FROM payment_call l WHERE l.payment_intent = p.payment_intent AND l.operation = 'capture' AND (l.outcome = 'unknown' OR l.outcome IS NULL)) THEN 'unknown' ELSE 'open' END AS outcome,
    NULL AS decline_code, NULL AS advice_code, NULL AS decline_action, p.refunded_minor, ${disputed('p.order_id', 'p.payment_intent')} AS disputed_minor
  FROM payment p
  WHERE p.created_at >= $1 AND p.created_at < $2 AND NOT EXISTS (SELECT 1 FROM payment_charge c WHERE c.payment_intent = p.payment_intent)`;

/** Declines at the checkout, which only the provider told of. One of a stored method is among the charges, also while its outcome is open. */
const DECLINED = `
  SELECT 'declined:' || e.id AS id, coalesce(p.order_id, e.data ->> 'orderId', e.data ->> 'paymentIntent') AS subject, coalesce(p.provider, CASE WHEN e.data ->> 'paymentIntent' LIKE 'pi\\_%' THEN 'stripe' ELSE 'paypal' END) AS provider,
    CASE WHEN e.data ->> 'paymentIntent' LIKE 'pi\\_%' THEN 'checkout' ELSE 'paypal' END AS method, e.data ->> 'currency' AS currency, (e.data ->> 'amountMinor')::bigint AS amount_minor, e.at AS started_at, NULL::timestamptz AS settled_at,
    'declined' AS outcome, e.data ->> 'declineCode' AS decline_code, NULL AS advice_code, e.data ->> 'action' AS decline_action, NULL::bigint AS refunded_minor, NULL::bigint AS disputed_minor
  FROM event e LEFT JOIN payment p ON p.payment_intent = e.data ->> 'paymentIntent'
  WHERE e.tenant = '${TENANT}' AND e.type = 'payment.failed' AND e.at >= $1 AND e.at < $2 AND (e.data ->> 'attempt') IS NULL
    AND NOT EXISTS (SELECT 1 FROM payment_charge c WHERE c.charge_id IS NOT NULL AND e.key = 'failed:' || c.charge_id)
    AND NOT EXISTS (SELECT 1 FROM payment_charge c WHERE c.invoice_id = e.data ->> 'orderId' AND (c.outcome IS NULL OR c.outcome = 'unknown'))`;

const OUTCOMES: Readonly<Record<string, PaymentOutcome>> = { done: 'succeeded', declined: 'declined', refused: 'failed', failed: 'failed', cancelled: 'cancelled', open: 'open' };
const iso = (at: Date | string): Instant => new Date(at).toISOString();

/** Every attempt to be paid that began in a period, as the payment ledger and the event log hold it. @example await paymentAttempts(db, { start: '2026-04-01T04:00:00Z', end: '2026-05-01T04:00:00Z' }) */
export async function paymentAttempts(db: Queryable, { start, end }: { readonly start: Instant; readonly end: Instant }): Promise<readonly PaymentAttempt[]> {
  const { rows } = await db.query<Row>(`${CHARGES} UNION ALL ${CHECKOUTS} UNION ALL ${DECLINED} ORDER BY started_at, id`, [start, end]);
  return rows.map((row) => {
    // An intent without an outcome is one whose run has not come back.
    const outcome = row.outcome === null ? 'unknown' : (OUTCOMES[row.outcome] ?? 'unknown');
    const amountMinor = Number(row.amount_minor);
    const capped = (minor: number | string | null): number => Math.min(Number(minor ?? 0), amountMinor);
    return {
      id: row.id, subject: row.subject, provider: row.provider, method: row.method, currency: row.currency, amountMinor, startedAt: iso(row.started_at), outcome,
      ...(outcome === 'succeeded' && row.settled_at !== null ? { settledAt: iso(row.settled_at) } : {}),
      ...(outcome === 'declined' ? { declineClass: row.decline_action ?? declineAdvice(row.decline_code ?? 'generic_decline', row.advice_code ?? undefined).action } : {}),
      ...(capped(row.refunded_minor) > 0 ? { refundedMinor: capped(row.refunded_minor) } : {}), ...(capped(row.disputed_minor) > 0 ? { disputedMinor: capped(row.disputed_minor) } : {}),
    };
  });
}
