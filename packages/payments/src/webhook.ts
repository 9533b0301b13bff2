import Stripe from 'stripe';
import { accept, refuse, type Decision, type Instant } from '../../../core/src/index.ts';

/** What of an event is used: its name and whom it concerns. Everything else is read back from Stripe. */
export interface PaymentEvent {
  readonly id: string;
  readonly type: string;
  /** The refund, dispute, charge or intent it is about. */
  readonly objectId: string;
  readonly paymentIntent?: string;
  readonly amountMinor?: number;
  readonly status?: string;
  readonly chargeId?: string;
  /** Events about a stored method name it and whose it is or was. */
  readonly paymentMethod?: string;
  readonly customer?: string;
}

/**
 * Verifies the signature over the raw bytes (HMAC-SHA256, compared in constant time, 300 seconds of tolerance) and reads the event.
 * A blank secret refuses everything: a signature under the empty key is anyone's (S2-092, predecessors.md B.2 08).
 * @example verifyStripeWebhook({ raw, header: request.headers['stripe-signature'], secret, now: clock.now() }).type // 'accepted'
 */
export function verifyStripeWebhook(delivery: { readonly raw: Uint8Array; readonly header: string | undefined; readonly secret: string; readonly now: Instant }): Decision<PaymentEvent, 'badSignature' | 'badInput'> {
  const { raw, header, secret, now } = delivery;
  let event: unknown;
  try {
    // The SDK parses what it has verified; its refusal quotes the payload, so it stays here.
    event = Stripe.webhooks.constructEvent(raw as Buffer, header ?? '', secret, 300, undefined, Date.parse(now));
  } catch (error) {
    if (error instanceof SyntaxError) return refuse('badInput', 'The body is signed but is not JSON.', { hint: 'Send the event as Stripe made it.' });
    return refuse('badSignature', 'The Stripe signature does not fit the body, or is too old.', { hint: 'Check the signing secret of the endpoint, the clock, and that no proxy rewrites the body.' });
  }
  const read = readPaymentEvent(event);
  return read ? accept(read, 'the signature fits') : refuse('badInput', 'The body is signed but is not an event.', { hint: 'Point a snapshot event destination here, not a thin one.' });
}

/** The parts of a signed event that are used; undefined when it is none. */
export function readPaymentEvent(event: unknown): PaymentEvent | undefined {
  const { id, type, object: kind, data } = (event ?? {}) as { id?: unknown; type?: unknown; object?: unknown; data?: { object?: Record<string, unknown>; previous_attributes?: Record<string, unknown> } };
  const object = data?.object;
  if (typeof id !== 'string' || typeof type !== 'string' || kind !== 'event' || !object || typeof object['id'] !== 'string') return undefined;
  const idOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : typeof value === 'object' && value !== null ? String((value as { id?: unknown }).id) : undefined);
  const paymentIntent = object['object'] === 'payment_intent' ? object['id'] : idOf(object['payment_intent']);
  const paymentMethod = object['object'] === 'payment_method' ? object['id'] : object['object'] === 'setup_intent' ? idOf(object['payment_method']) : undefined;
  const customer = paymentMethod && idOf(object['customer'] ?? data?.previous_attributes?.['customer']);
  const chargeId = object['object'] === 'charge' ? object['id'] : idOf(object['latest_charge'] ?? object['charge']);
  return {
    id, type, objectId: object['id'], ...(paymentIntent ? { paymentIntent } : {}), ...(chargeId ? { chargeId } : {}), ...(paymentMethod ? { paymentMethod } : {}), ...(customer ? { customer } : {}),
    ...(typeof object['amount'] === 'number' ? { amountMinor: object['amount'] } : {}), ...(typeof object['status'] === 'string' ? { status: object['status'] } : {}),
  };
}
