import type { Form } from './form.ts';
import { amount, known, metadata, text } from './params.ts';
import { invalid, missing } from './problem.ts';
import type { Refund, State } from './state.ts';

export function createRefund(state: State, form: Form): Refund {
  known(form, ['payment_intent', 'charge', 'amount', 'reason', 'metadata', 'expand', 'refund_application_fee', 'instructions_email']);
  const intentId = text(form, 'payment_intent');
  const intent = intentId ? state.intents.get(intentId) : undefined;
  if (intentId && !intent) throw missing('payment_intent', intentId, 'payment_intent', 404);
  const chargeId = text(form, 'charge') ?? intent?.latest_charge ?? '';
  const charge = state.charges.get(chargeId);
  if (intent && (!charge || charge.status !== 'succeeded' || !charge.captured)) {
    throw invalid(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`, { code: 'payment_intent_unexpected_state', payment_intent: intent });
  }
  if (!charge) throw chargeId ? missing('charge', chargeId, 'charge', 404) : invalid('One of the following params should be provided for this request: payment_intent or charge.', { code: 'parameter_missing' });
  const reason = text(form, 'reason') ?? null;
  if (reason && !['duplicate', 'fraudulent', 'requested_by_customer'].includes(reason)) throw invalid('Invalid reason: must be one of duplicate, fraudulent, or requested_by_customer', { param: 'reason' });
  if (charge.disputed) throw invalid(`Charge ${charge.id} has been charged back; cannot issue a refund.`, { code: 'charge_disputed' });
  const left = charge.amount_captured - charge.amount_refunded;
  if (left === 0) throw invalid(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
  const minor = amount(form, 'amount', false) ?? left;
  if (minor > left) throw invalid(`Refund amount (${minor}) is greater than unrefunded amount on charge (${left})`, { param: 'amount' });
  charge.amount_refunded += minor;
  charge.refunded = charge.amount_refunded === charge.amount;
  const refund: Refund = {
    id: state.id('re'), object: 'refund', amount: minor, charge: charge.id, currency: charge.currency, created: state.now(),
    metadata: metadata(form), payment_intent: charge.payment_intent, reason, status: 'succeeded',
  };
  state.refunds.set(refund.id, refund);
  state.emit('refund.created', refund);
  state.emit('charge.refunded', charge);
  return refund;
}

/** The customer's bank sends the money back: the refund fails after it had succeeded, and the charge counts as unrefunded again. */
export function failRefund(state: State, id: string): Refund {
  const refund = state.refunds.get(id);
  if (!refund) throw new Error(`no refund ${id}`);
  const charge = state.charges.get(refund.charge)!;
  charge.amount_refunded -= refund.amount;
  charge.refunded = false;
  Object.assign(refund, { status: 'failed', failure_reason: 'expired_or_canceled_card' });
  state.emit('refund.failed', refund);
  return refund;
}
