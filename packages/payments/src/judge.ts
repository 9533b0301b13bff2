import { accept, refuse, type Decision, type Refused } from '../../../core/src/index.ts';
import { declineAdvice } from './declines.ts';

export type PaymentRefusalCode = 'paymentUnknown' | 'amountMismatch' | 'currencyMismatch' | 'notPayable' | 'declined' | 'orderMismatch' | 'methodUnknown';

/** What our own order says; ids and amounts never come from a browser unchecked. Amounts in minor units, currency as three capitals. */
export interface ExpectedPayment {
  readonly orderId: string;
  readonly paymentIntent: string;
  readonly amountMinor: number;
  readonly currency: string;
}

/** A payment as the vendor holds it now. No card data. */
export interface PaymentView {
  readonly paymentIntent: string;
  readonly status: string;
  readonly amountMinor: number;
  readonly capturedMinor: number;
  readonly refundedMinor: number;
  readonly currency: string;
  readonly livemode: boolean;
  readonly disputed: boolean;
  readonly orderId?: string;
  /** Of a charge without the customer: the name of the intended charge it carries out. */
  readonly chargeKey?: string;
  readonly chargeId?: string;
  readonly declineCode?: string;
  readonly adviceCode?: string;
}

/**
 * Whether an observed payment pays this order: ours, whole, in our currency, authorised or captured, not given back (S1-064, S1-081).
 * An amount that differs either way is refused: the price is ours, not the browser's.
 * @example judgePayment({ ...seen, status: 'requires_capture', amountMinor: 11492 }, { ...order, amountMinor: 11492 }).type // 'accepted'
 */
export function judgePayment(seen: PaymentView, expected: ExpectedPayment, live?: boolean): Decision<PaymentView, PaymentRefusalCode> {
  const other = judgeOwner(seen, expected);
  if (other) return other;
  if (seen.currency !== expected.currency.toUpperCase()) {
    return refuse('currencyMismatch', `The payment is in ${seen.currency}, the order in ${expected.currency}.`, { path: 'currency', hint: 'Create the payment in the currency of the order.' });
  }
  if (seen.amountMinor !== expected.amountMinor || (seen.status === 'succeeded' && seen.capturedMinor !== expected.amountMinor)) {
    return refuse('amountMismatch', 'The payment is not the amount of the order.', {
      path: 'amountMinor', hint: 'Price the order on the server again and have the customer pay that amount.', facts: { expectedMinor: expected.amountMinor, authorisedMinor: seen.amountMinor, capturedMinor: seen.capturedMinor },
    });
  }
  if (live !== undefined && seen.livemode !== live) return notPayable(seen, `The payment was made in ${seen.livemode ? 'live' : 'test'} mode.`, 'Use keys of the same mode in the shop and in the hub.');
  if (seen.refundedMinor > 0) return notPayable(seen, 'The payment was refunded.', 'Ask for a new payment.');
  if (seen.disputed) return notPayable(seen, 'The payment is disputed by the cardholder.', 'Settle the dispute first.');
  if (seen.status === 'requires_capture') return accept(seen, 'the amount is authorised and waits for capture');
  if (seen.status === 'succeeded') return accept(seen, 'the amount was captured');
  if (seen.declineCode) return declined(seen.declineCode, seen.adviceCode);
  if (seen.status === 'processing') return notPayable(seen, 'The bank has not answered yet.', 'Wait for the payment.captured event, then open the order again.');
  return notPayable(seen, `The payment is ${seen.status.replaceAll('_', ' ')}.`, 'The customer has to complete the payment first.');
}

/** The refusal when a payment is bound to another order; undefined when it is free or ours (S1-077). */
export function judgeOwner(seen: PaymentView, expected: Pick<ExpectedPayment, 'orderId'>): Refused<'orderMismatch'> | undefined {
  if (seen.orderId === undefined || seen.orderId === expected.orderId) return undefined;
  return refuse('orderMismatch', 'The payment belongs to another order.', { path: 'paymentIntent', hint: 'One payment pays one order. Ask for a new payment.' });
}

/** The refusal for a payment that cannot be used as it stands. */
export function notPayable(seen: Pick<PaymentView, 'status'>, message: string, hint: string): Refused<'notPayable'> {
  return refuse('notPayable', message, { path: 'paymentIntent', hint, facts: { status: seen.status } });
}

const HINTS = { updateCard: 'Ask the customer for another card.', retryLater: 'Try again later, at most four times in sixteen days.', stop: 'Do not try this card again; ask for another way to pay.' } as const;

/** The refusal for a declined card: the code for the operator, and what may be told to the customer. */
export function declined(declineCode: string, adviceCode?: string): Refused<'declined'> {
  const advice = declineAdvice(declineCode, adviceCode);
  return refuse('declined', 'The card was declined.', { hint: HINTS[advice.action], facts: { declineCode, ...(adviceCode ? { adviceCode } : {}), ...advice } });
}

/**
 * The refusal of a refund that cannot be: nothing captured, another currency, nought, or more than is left (S2-093). Undefined when it may.
 * @example judgeRefund({ ...seen, capturedMinor: 100, refundedMinor: 60 }, { ...order, amountMinor: 41 })?.code // 'amountMismatch'
 */
export function judgeRefund(view: PaymentView, { amountMinor, currency }: ExpectedPayment): Refused<PaymentRefusalCode> | undefined {
  if (view.status !== 'succeeded') return notPayable(view, 'Nothing was captured.', 'Cancel the authorisation instead.');
  if (view.currency !== currency.toUpperCase()) return refuse('currencyMismatch', `The payment is in ${view.currency}.`, { path: 'currency', hint: 'Refund in the currency of the payment.' });
  const left = view.capturedMinor - view.refundedMinor;
  if (amountMinor >= 1 && amountMinor <= left) return undefined;
  return refuse('amountMismatch', amountMinor < 1 ? 'A refund is at least one minor unit.' : 'The refund is more than what is left of the payment.', { path: 'amountMinor', hint: left > 0 ? `Refund 1 to ${left} minor units.` : 'Nothing is left to give back.', facts: { leftMinor: left, capturedMinor: view.capturedMinor, refundedMinor: view.refundedMinor } });
}
