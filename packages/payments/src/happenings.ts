import type { Json } from '../../../core/src/index.ts';
import { declineAdvice } from './declines.ts';
import type { PaymentView } from './judge.ts';
import type { PaymentEvent } from './webhook.ts';

/** Something that happened to a payment. Its key is the same whether we did it or Stripe told us, so it is published once. */
export interface PaymentHappening { readonly type: string; readonly key: string; readonly [fact: string]: Json }

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
