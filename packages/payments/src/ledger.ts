import { accept, inTurns, isVendorError, refuse, type Clock, type Decision, type Json, type Refused } from '../../../core/src/index.ts';
import { notPayable, type ExpectedPayment, type PaymentRefusalCode, type PaymentView } from './judge.ts';
import type { PaymentPort, Settled } from './port.ts';
import type { Queryable } from './queryable.ts';
import { settleCharge } from './settleCharge.ts';
import { became, happened, methodHappened, type PaymentHappening } from './happenings.ts';
import type { PaymentEvent } from './webhook.ts';

export interface LedgerParts {
  readonly db: Queryable & { transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> };
  readonly port: PaymentPort;
  readonly clock: Clock;
  /** Called inside the transaction that records the outcome. */
  readonly publish: (event: { readonly type: string; readonly stream: string; readonly key: string; readonly data: Record<string, Json> }, tx: Queryable) => Promise<unknown>;
}
export interface PaymentAnswer {
  readonly paymentIntent: string;
  readonly status: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly chargeId?: string;
  readonly repeated: boolean;
}
export type LedgerDecision = Decision<PaymentAnswer, PaymentRefusalCode>;
interface Row { readonly provider: string; readonly payment_intent: string; readonly order_id: string; readonly amount_minor: number; readonly currency: string; readonly state: string; readonly captured_minor: number; readonly charge_id: string | null; readonly version: number }

/**
 * Payments that are taken once. Each call is written down before it leaves and settled after; a run that died in between is settled by the
 * next one, which looks at the provider before it repeats (S1-077, S1-103). One payment pays one order, and one order is paid by one payment.
 * Run `paymentMigrations` first.
 * @example const ledger = paymentLedger({ db, port, clock, publish: (event, tx) => events.publish(event, tx) });
 */
export function paymentLedger({ db, port, clock, publish }: LedgerParts) {
  const turn = inTurns();
  const rowOf = async (paymentIntent: string, on: Queryable = db): Promise<Row | undefined> => (await on.query<Row>('SELECT * FROM payment WHERE payment_intent = $1', [paymentIntent])).rows[0];
  const otherOrder = () => refuse('orderMismatch', 'The payment belongs to another order.', { path: 'paymentIntent', hint: 'One payment pays one order. Ask for a new payment.' });

  async function bind(expected: ExpectedPayment, view: PaymentView): Promise<{ readonly repeated: boolean } | Refused<'orderMismatch'>> {
    const at = clock.now();
    const made = await db.query(
      `INSERT INTO payment (payment_intent, order_id, amount_minor, currency, state, captured_minor, refunded_minor, charge_id, created_at, updated_at, provider)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10) ON CONFLICT DO NOTHING`,
      [view.paymentIntent, expected.orderId, view.amountMinor, view.currency, stateOf(view), view.capturedMinor, view.refundedMinor, view.chargeId ?? null, at, port.provider],
    );
    const row = await rowOf(view.paymentIntent);
    if (row) return row.order_id === expected.orderId ? { repeated: made.rowCount === 0 } : otherOrder();
    const { rows } = await db.query<Row>(`SELECT * FROM payment WHERE order_id = $1 AND state <> 'cancelled'`, [expected.orderId]);
    const first = rows[0];
    const seen = first && first.provider === port.provider ? await port.retrieve(first.payment_intent) : undefined;
    if (seen && !('type' in seen) && seen.status === 'canceled') {
      await record(seen, db);
      return bind(expected, view);
    }
    if (!first) return bind(expected, view);
    return refuse('orderMismatch', 'The order already has another payment.', { path: 'paymentIntent', hint: 'Cancel that payment first; nobody pays an order twice.', facts: { otherPayment: first.payment_intent } });
  }

  /** What the provider says now becomes the row; a late reading never takes a captured or cancelled payment back to open. */
  async function record(view: PaymentView, on: Queryable): Promise<void> {
    await on.query(
      `UPDATE payment SET state = $2, captured_minor = $3, refunded_minor = $4, charge_id = coalesce($5, charge_id), updated_at = $6, version = version + 1
       WHERE payment_intent = $1 AND NOT (state IN ('captured', 'partlyRefunded', 'refunded', 'cancelled') AND $2 IN ('unpaid', 'processing', 'authorised', 'onTerms'))`,
      [view.paymentIntent, stateOf(view), view.capturedMinor, view.refundedMinor, view.chargeId ?? null, clock.now()],
    );
  }

  async function verified(expected: ExpectedPayment): Promise<Decision<Settled, PaymentRefusalCode>> {
    const known = await rowOf(expected.paymentIntent);
    if (known && known.order_id !== expected.orderId) return otherOrder();
    const decision = await port.verify(expected);
    if (decision.type === 'refused') return decision;
    const bound = await bind(expected, decision.value);
    if ('type' in bound) return bound;
    const view = decision.value.orderId === undefined ? await port.bind(expected) : decision.value;
    await db.transaction(async (tx) => {
      await record(view, tx);
      await tell({ type: 'payment.verified', key: `verified:${view.paymentIntent}`, amountMinor: view.amountMinor }, expected.orderId, view, tx);
    });
    return accept({ view, repeated: bound.repeated }, ...decision.because);
  }

  async function tell(what: PaymentHappening, orderId: string | undefined, view: PaymentView, tx: Queryable): Promise<void> {
    const { type, key, ...more } = what;
    await publish({ type, stream: orderId ? `order-${orderId}` : `payment-${view.paymentIntent}`, key, data: { paymentIntent: view.paymentIntent, orderId: orderId ?? null, status: view.status, currency: view.currency, ...more } }, tx);
  }

  /** Intent before, outcome after. A call whose outcome is open keeps its key; one seen not to have happened gets the next. */
  async function journaled(operation: string, reference: string, expected: ExpectedPayment, happening: (settled: Settled) => PaymentHappening, work: (group: number) => Promise<Decision<Settled, PaymentRefusalCode>>): Promise<Decision<Settled, PaymentRefusalCode>> {
    const id = [expected.paymentIntent, operation, reference];
    const { rows } = await db.query<{ attempt_group: number; amount_minor: number }>(
      `INSERT INTO payment_call AS c (payment_intent, operation, reference, attempt_group, amount_minor, intended_at) VALUES ($1, $2, $3, 1, $4, $5)
       ON CONFLICT (payment_intent, operation, reference) DO UPDATE SET
         attempt_group = c.attempt_group + CASE WHEN c.outcome = 'failed' THEN 1 ELSE 0 END, intended_at = $5, outcome = NULL, settled_at = NULL
       RETURNING attempt_group, amount_minor`,
      [...id, expected.amountMinor, clock.now()],
    );
    const call = rows[0]!;
    if (call.amount_minor !== expected.amountMinor) return refuse('amountMismatch', 'This reference stands for another amount.', { path: 'amountMinor', hint: 'Use a reference of its own for each refund.', facts: { firstMinor: call.amount_minor } });
    const close = (outcome: string, on: Queryable, vendorId?: string) => on.query('UPDATE payment_call SET outcome = $4, settled_at = $5, vendor_id = $6 WHERE payment_intent = $1 AND operation = $2 AND reference = $3', [...id, outcome, clock.now(), vendorId ?? null]);
    let decision: Decision<Settled, PaymentRefusalCode>;
    try {
      decision = await work(call.attempt_group);
    } catch (error) {
      await close(isVendorError(error) && error.outcome === 'notApplied' ? 'failed' : 'unknown', db);
      throw error;
    }
    if (decision.type === 'refused') {
      await close('refused', db);
      return decision;
    }
    const settled = decision.value;
    await db.transaction(async (tx) => {
      await record(settled.view, tx);
      await close('done', tx, settled.refund?.id ?? settled.view.chargeId);
      await tell(happening(settled), expected.orderId, settled.view, tx);
    });
    return decision;
  }

  /** Some events name the charge alone. */
  const ofCharge = async (chargeId: string): Promise<string | undefined> => (await db.query<Row>('SELECT * FROM payment WHERE provider = $1 AND charge_id = $2', [port.provider, chargeId])).rows[0]?.payment_intent;

  /** Methods are not kept here, so there is nothing to record: whoever waits for a new card is told. */
  async function tellMethod(event: PaymentEvent, tx: Queryable): Promise<'applied' | 'ignored'> {
    const what = methodHappened(event);
    const { rows } = await tx.query<{ account_id: string }>('SELECT account_id FROM payment_customer WHERE provider = $1 AND customer_id = $2', [port.provider, event.customer ?? '']);
    if (!what || !rows[0]) return 'ignored';
    const accountId = rows[0].account_id;
    await publish({ type: what.type, stream: `account-${accountId}`, key: what.key, data: { accountId, paymentMethod: event.paymentMethod! } }, tx);
    return 'applied';
  }

  async function applied(event: PaymentEvent): Promise<'applied' | 'repeated' | 'ignored'> {
    for (;;) {
      const { rows } = await db.query('SELECT 1 FROM payment_event WHERE event_id = $1', [event.id]);
      if (rows.length > 0) return 'repeated';
      const payment = event.paymentIntent ?? (event.chargeId ? await ofCharge(event.chargeId) : undefined);
      const before = payment ? await rowOf(payment) : undefined;
      const seen = payment ? await port.retrieve(payment) : undefined;
      const view = seen && !('type' in seen) ? seen : undefined;
      const outcome = await db.transaction(async (tx) => {
        const now = view && (await tx.query<Row>('SELECT * FROM payment WHERE payment_intent = $1 FOR UPDATE', [view.paymentIntent])).rows[0];
        // Somebody wrote a reading meanwhile, perhaps a later one than ours: read again.
        if (now && now.version !== before?.version) return 'stale';
        const made = await tx.query('INSERT INTO payment_event (event_id, type, object_id, received_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [event.id, event.type, event.objectId, clock.now()]);
        if (made.rowCount === 0) return 'repeated';
        if (event.paymentMethod) return tellMethod(event, tx);
        if (!view) return 'ignored';
        if (!now || now.state === 'processing') await settleCharge(tx, port.provider, view, clock.now());
        await record(view, tx);
        const what = happened(event, view);
        if (!what) return 'ignored';
        await tell(what, now?.order_id ?? view.orderId, view, tx);
        return 'applied';
      });
      if (outcome !== 'stale') return outcome;
    }
  }

  async function readAgain(paymentIntent: string): Promise<void> {
    for (let done = false; !done;) {
      const before = await rowOf(paymentIntent);
      const view = before && (await port.retrieve(paymentIntent));
      if (!before || !view || 'type' in view) return;
      done = await db.transaction(async (tx) => {
        const now = (await tx.query<Row>('SELECT * FROM payment WHERE payment_intent = $1 FOR UPDATE', [paymentIntent])).rows[0];
        if (now?.version !== before.version) return false;
        const what = stateOf(view) === before.state ? undefined : became(view);
        await record(view, tx);
        if (what) await tell(what, before.order_id, view, tx);
        return true;
      });
    }
  }

  return {
    /** Reads the payment at the provider, judges it, and binds it to the order here and there. */
    verify: (expected: ExpectedPayment): Promise<LedgerDecision> => turn(expected.paymentIntent, async () => answer(await verified(expected))),

    /** Verifies, then takes the money. A payment that was captured before is not touched again. */
    capture: (expected: ExpectedPayment): Promise<LedgerDecision> =>
      turn(expected.paymentIntent, async () => {
        const row = await rowOf(expected.paymentIntent);
        if (row?.state === 'captured' && row.order_id === expected.orderId && row.captured_minor === expected.amountMinor && row.currency === expected.currency.toUpperCase()) {
          return accept({ paymentIntent: row.payment_intent, status: 'succeeded', amountMinor: row.captured_minor, currency: row.currency, ...(row.charge_id ? { chargeId: row.charge_id } : {}), repeated: true }, 'the ledger holds its capture');
        }
        if (row?.state === 'cancelled' && row.order_id === expected.orderId) return notPayable({ status: 'canceled' }, 'The payment was cancelled.', 'Ask for a new payment.');
        const before = await verified(expected);
        if (before.type === 'refused') return before;
        return answer(await journaled('capture', 'whole', expected, ({ view }) => ({ type: 'payment.captured', key: `captured:${view.paymentIntent}`, amountMinor: view.capturedMinor }), (group) => port.capture({ ...expected, group })));
      }),

    /** Releases the authorisation of an order that does not go on. */
    cancel: (expected: ExpectedPayment): Promise<LedgerDecision> =>
      turn(expected.paymentIntent, async () => {
        const row = await rowOf(expected.paymentIntent);
        if (row && row.order_id !== expected.orderId) return otherOrder();
        return answer(await journaled('cancel', 'whole', expected, ({ view }) => ({ type: 'payment.cancelled', key: `cancelled:${view.paymentIntent}`, amountMinor: view.amountMinor }), (group) => port.cancel({ ...expected, group })));
      }),

    /** Gives money back. Without a `reference`, the amount tells refunds apart: the same amount again is the same refund. */
    refund: (expected: ExpectedPayment, reference = `amount-${expected.amountMinor}`): Promise<LedgerDecision> =>
      turn(expected.paymentIntent, async () => {
        const row = await rowOf(expected.paymentIntent);
        if (row && row.order_id !== expected.orderId) return otherOrder();
        return answer(await journaled('refund', reference, expected, ({ refund }) => ({ type: 'payment.refunded', key: `refunded:${refund!.id}`, amountMinor: refund!.amountMinor, refundStatus: refund!.status }), (group) => port.refund({ ...expected, reference, group })));
      }),

    /**
     * Applies a verified event once: the payment is read back, since events come late, twice and out of order.
     * @throws VendorError when it cannot be read back; nothing is recorded then, so that it is delivered again.
     */
    receive: (event: PaymentEvent): Promise<'applied' | 'repeated' | 'ignored'> => turn(event.paymentIntent ?? event.id, () => applied(event)),

    /** Reads a payment of the ledger again and tells what became of it, for a time of which there are no events any more. */
    readAgain: (paymentIntent: string): Promise<void> => turn(paymentIntent, () => readAgain(paymentIntent)),
  };
}
export type PaymentLedger = ReturnType<typeof paymentLedger>;

function stateOf({ status, capturedMinor, refundedMinor }: PaymentView): string {
  if (status === 'succeeded') return refundedMinor === 0 ? 'captured' : refundedMinor >= capturedMinor ? 'refunded' : 'partlyRefunded';
  if (status === 'canceled') return 'cancelled';
  if (status === 'on_terms') return 'onTerms';
  return status === 'requires_capture' ? 'authorised' : status === 'processing' ? 'processing' : 'unpaid';
}

function answer(decision: Decision<Settled, PaymentRefusalCode>): LedgerDecision {
  if (decision.type === 'refused') return decision;
  const { view, repeated, refund } = decision.value;
  const { paymentIntent, currency, chargeId } = view;
  return accept({ paymentIntent, status: refund?.status ?? view.status, amountMinor: refund?.amountMinor ?? view.amountMinor, currency, ...(chargeId ? { chargeId } : {}), repeated }, ...decision.because);
}
