import type { Instant } from '../../../core/src/index.ts';
import { declineAdvice } from './declines.ts';
import type { Queryable } from './queryable.ts';

/** One attempt to charge a stored method, as the ledger holds it. */
export interface ChargeRecord {
  readonly invoiceId: string;
  readonly attempt: number;
  readonly amountMinor: number;
  readonly currency: string;
  /** `open`: its run has not come back, or the bank has not answered. `refused` and `failed`: nothing was taken. */
  readonly outcome: 'paid' | 'declined' | 'open' | 'refused' | 'failed';
  readonly at: Instant;
  readonly settledAt: Instant | null;
  readonly provider: string;
  readonly paymentMethod: string;
  readonly paymentIntent: string | null;
  readonly chargeId: string | null;
  readonly refundedMinor: number;
  readonly declineCode: string | null;
  /** Of a decline: what helps, and what may be told to the customer. */
  readonly action: string | null;
  readonly customerReason: string | null;
}
/** A payment of an order or an invoice, with every capture, cancellation and refund that was asked for. */
export interface PaymentRecord {
  readonly provider: string;
  readonly paymentIntent: string;
  readonly state: string;
  readonly amountMinor: number;
  readonly capturedMinor: number;
  readonly refundedMinor: number;
  readonly currency: string;
  readonly chargeId: string | null;
  readonly at: Instant;
  readonly calls: readonly { readonly operation: string; readonly reference: string; readonly amountMinor: number; readonly outcome: string; readonly at: Instant; readonly vendorId: string | null }[];
}

type Time = Date | string;
interface ChargeRow { readonly invoice_id: string; readonly attempt: number; readonly amount_minor: number | string; readonly currency: string; readonly outcome: string | null; readonly intended_at: Time; readonly settled_at: Time | null; readonly provider: string; readonly payment_method: string; readonly payment_intent: string | null; readonly charge_id: string | null; readonly refunded_minor: number | string | null; readonly decline_code: string | null; readonly advice_code: string | null }
interface PaymentRow { readonly provider: string; readonly payment_intent: string; readonly state: string; readonly amount_minor: number | string; readonly captured_minor: number | string; readonly refunded_minor: number | string; readonly currency: string; readonly charge_id: string | null; readonly created_at: Time }
interface CallRow { readonly payment_intent: string; readonly operation: string; readonly reference: string; readonly amount_minor: number | string; readonly outcome: string | null; readonly intended_at: Time; readonly vendor_id: string | null }

const OUTCOMES: Readonly<Record<string, ChargeRecord['outcome']>> = { done: 'paid', declined: 'declined', refused: 'refused', failed: 'failed' };
const iso = (at: Time): Instant => new Date(at).toISOString();
/** Where a page ends: time, invoice and attempt name one row. */
const cursorOf = (row: ChargeRow): string => `${iso(row.intended_at)}~${row.attempt}~${row.invoice_id}`;

/**
 * What the ledger knows of an account's and an order's payments (S2-116). Reads only; no card, no customer.
 * @example await paymentHistory(db).ofAccount('acc_1', { limit: 20 }) // { charges: [...], next: null }
 */
export function paymentHistory(db: Queryable) {
  return {
    /** The charges of an account, the newest first. `before`: `next` of the page before; what is none begins at the top. */
    async ofAccount(accountId: string, { before, limit = 50 }: { readonly before?: string; readonly limit?: number } = {}): Promise<{ readonly charges: readonly ChargeRecord[]; readonly next: string | null }> {
      const [, at = null, attempt = null, invoiceId = null] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)~(\d{1,2})~(.{1,80})$/.exec(before ?? '') ?? [];
      const { rows } = await db.query<ChargeRow>(
        `SELECT c.*, p.refunded_minor FROM payment_charge c LEFT JOIN payment p ON p.payment_intent = c.payment_intent
         WHERE c.account_id = $1 AND ($2::timestamptz IS NULL OR (c.intended_at, c.attempt, c.invoice_id) < ($2::timestamptz, $3::integer, $4::text))
         ORDER BY c.intended_at DESC, c.attempt DESC, c.invoice_id DESC LIMIT $5`,
        [accountId, at, attempt, invoiceId, limit + 1],
      );
      const page = rows.slice(0, limit);
      return { charges: page.map(charged), next: rows.length > limit ? cursorOf(page.at(-1)!) : null };
    },

    /** The payments of an order or an invoice, the newest first; more than one when the earlier ones were cancelled. */
    async ofOrder(orderId: string): Promise<readonly PaymentRecord[]> {
      const { rows } = await db.query<PaymentRow>('SELECT * FROM payment WHERE order_id = $1 ORDER BY created_at DESC, payment_intent', [orderId]);
      const calls = (await db.query<CallRow>('SELECT * FROM payment_call WHERE payment_intent = ANY($1::text[]) ORDER BY intended_at, operation, reference', [rows.map(({ payment_intent }) => payment_intent)])).rows;
      return rows.map((row) => ({
        provider: row.provider, paymentIntent: row.payment_intent, state: row.state, amountMinor: Number(row.amount_minor), capturedMinor: Number(row.captured_minor), refundedMinor: Number(row.refunded_minor), currency: row.currency, chargeId: row.charge_id, at: iso(row.created_at),
        calls: calls.filter((call) => call.payment_intent === row.payment_intent).map((call) => ({ operation: call.operation, reference: call.reference, amountMinor: Number(call.amount_minor), outcome: call.outcome ?? 'unknown', at: iso(call.intended_at), vendorId: call.vendor_id })),
      }));
    },
  };
}
export type PaymentHistory = ReturnType<typeof paymentHistory>;

function charged(row: ChargeRow): ChargeRecord {
  const outcome = OUTCOMES[row.outcome ?? ''] ?? 'open';
  const advice = outcome === 'declined' ? declineAdvice(row.decline_code ?? 'generic_decline', row.advice_code ?? undefined) : undefined;
  return {
    invoiceId: row.invoice_id, attempt: row.attempt, amountMinor: Number(row.amount_minor), currency: row.currency, outcome, at: iso(row.intended_at), settledAt: row.settled_at && iso(row.settled_at), provider: row.provider, paymentMethod: row.payment_method,
    paymentIntent: row.payment_intent, chargeId: row.charge_id, refundedMinor: Number(row.refunded_minor ?? 0), declineCode: row.decline_code, action: advice?.action ?? null, customerReason: advice?.customerReason ?? null,
  };
}
