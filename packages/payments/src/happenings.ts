import type { Json } from '../../../core/src/index.ts';
import { declineAdvice } from './declines.ts';
import type { PaymentView } from './judge.ts';
import type { PaymentEvent } from './webhook.ts';

/** Something that happened to a payment. Its key is the same whether we did it or Stripe told us, so it is published once. */
export interface PaymentHappening { readonly type: string; readonly key: string; readonly [fact: string]: Json }

/**
 * The events of Stripe that mean something here; a webhook endpoint needs no others. `GET /v1/events` takes twenty names at most.
 * `charge.refunded` has no happening of its own: it makes the ledger read the payment again.
 */
export const heardEvents = [
  'payment_intent.amount_capturable_updated', 'payment_intent.succeeded', 'payment_intent.canceled', 'payment_intent.processing', 'payment_intent.requires_action', 'payment_intent.payment_failed',
  'charge.refunded', 'refund.created', 'refund.updated', 'refund.failed', 'charge.dispute.created', 'charge.dispute.closed',
  'setup_intent.succeeded', 'payment_method.attached', 'payment_method.detached', 'payment_method.automatically_updated',
] as const;

/**
 * What an event means, given how the payment reads now; undefined when it means nothing here, or is no longer so.
 * @example happened({ type: 'payment_intent.succeeded', … }, view)?.type // 'payment.captured'
 */
export function happened(event: PaymentEvent, view: PaymentView): PaymentHappening | undefined {
  const pi = view.paymentIntent;
  const amountMinor = event.amountMinor ?? view.amountMinor;
  switch (event.type) {
    case 'payment_intent.amount_capturable_updated':
      return view.status === 'requires_capture' ? { type: 'payment.authorised', key: `authorised:${pi}`, amountMinor: view.amountMinor } : undefined;
    case 'payment_intent.succeeded':
      return view.status === 'succeeded' ? { type: 'payment.captured', key: `captured:${pi}`, amountMinor: view.capturedMinor } : undefined;
    case 'payment_intent.canceled':
      return view.status === 'canceled' ? { type: 'payment.cancelled', key: `cancelled:${pi}`, amountMinor: view.amountMinor } : undefined;
    case 'payment_intent.processing':
      return view.status === 'processing' ? { type: 'payment.processing', key: `processing:${pi}`, amountMinor } : undefined;
    case 'payment_intent.requires_action':
      return view.status === 'requires_action' ? { type: 'payment.actionRequired', key: `action:${pi}`, amountMinor } : undefined;
    case 'payment_intent.payment_failed': {
      if (view.status === 'succeeded' || view.status === 'requires_capture') return undefined;
      const declineCode = view.declineCode ?? 'generic_decline';
      return { type: 'payment.failed', key: `failed:${event.chargeId ?? event.id}`, amountMinor: view.amountMinor, declineCode, ...declineAdvice(declineCode, view.adviceCode) };
    }
    case 'refund.created':
    case 'refund.updated':
      return event.status === 'succeeded' || event.status === 'pending' ? { type: 'payment.refunded', key: `refunded:${event.objectId}`, amountMinor, refundStatus: event.status } : undefined;
    case 'refund.failed':
      return { type: 'payment.refundFailed', key: `refundFailed:${event.objectId}`, amountMinor };
    case 'charge.dispute.created':
      return { type: 'payment.disputed', key: `disputed:${event.objectId}`, amountMinor };
    case 'charge.dispute.closed':
      return { type: 'payment.disputeClosed', key: `disputeClosed:${event.objectId}`, amountMinor, disputeStatus: event.status ?? 'unknown' };
    default:
      return undefined;
  }
}

const TOLD_BY: Readonly<Record<string, string>> = { requires_capture: 'payment_intent.amount_capturable_updated', succeeded: 'payment_intent.succeeded', canceled: 'payment_intent.canceled' };

/** What became of a payment, seen without an event; the same happening as its event would be. @example became({ ...view, status: 'succeeded' })?.key // 'captured:pi_1' */
export function became(view: PaymentView): PaymentHappening | undefined {
  const type = TOLD_BY[view.status];
  return type === undefined ? undefined : happened({ id: type, type, objectId: view.paymentIntent }, view);
}

/**
 * What an event says about a stored method; undefined when it says nothing. A card that a bank renewed may pay where the old one was declined.
 * @example methodHappened({ id: 'evt_1', type: 'payment_method.attached', objectId: 'pm_1', paymentMethod: 'pm_1', customer: 'cus_1' })?.type // 'paymentMethod.stored'
 */
export function methodHappened({ id, type, paymentMethod }: PaymentEvent): PaymentHappening | undefined {
  if (paymentMethod === undefined) return undefined;
  if (type === 'setup_intent.succeeded' || type === 'payment_method.attached') return { type: 'paymentMethod.stored', key: `stored:${paymentMethod}` };
  if (type === 'payment_method.detached') return { type: 'paymentMethod.removed', key: `removed:${paymentMethod}` };
  return type === 'payment_method.automatically_updated' ? { type: 'paymentMethod.updated', key: `updated:${id}` } : undefined;
}
