import { createPublicKey, createVerify, X509Certificate } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { accept, refuse, type Decision, type Instant, type Refused } from '../../../../core/src/index.ts';
import type { PaymentEvent } from '../webhook.ts';
import { paypalMinor } from './amount.ts';
import { paypalWire, type PaypalOptions } from './wire.ts';

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;
export interface PaypalDelivery {
  readonly raw: Uint8Array;
  readonly headers: Headers;
  /** Of the webhook as it is registered in the PayPal account. */
  readonly webhookId: string;
}
type Verdict = Decision<PaymentEvent, 'badSignature' | 'badInput'>;
interface Signed { readonly id: string; readonly time: string; readonly sig: string; readonly cert: string; readonly algo: string; readonly text: string; readonly event: Record<string, unknown> }

const badSignature = (): Refused<'badSignature'> => refuse('badSignature', 'The PayPal signature does not fit the body.', { hint: 'Check the webhook ID, and that no proxy rewrites the body. Simulated events of the PayPal dashboard cannot be verified.' });

/** Headers and body in order, or why not. Certificates come from PayPal alone. */
function read({ raw, headers, webhookId }: PaypalDelivery): Signed | Refused<'badSignature' | 'badInput'> {
  const header = (name: string): string => (typeof headers[name] === 'string' ? (headers[name] as string) : '');
  const signed = { id: header('paypal-transmission-id'), time: header('paypal-transmission-time'), sig: header('paypal-transmission-sig'), cert: header('paypal-cert-url'), algo: header('paypal-auth-algo') };
  if (webhookId.trim() === '' || Object.values(signed).some((value) => value === '')) return badSignature();
  const url = URL.canParse(signed.cert) ? new URL(signed.cert) : undefined;
  if (url?.protocol !== 'https:' || !/(^|\.)paypal\.com$/.test(url.hostname) || url.port !== '' || url.username !== '') return badSignature();
  const text = new TextDecoder().decode(raw);
  try {
    // Whole JSON, or it must not be spliced into the question below.
    const event = JSON.parse(text) as unknown;
    if (typeof event === 'object' && event !== null && !Array.isArray(event)) return { ...signed, text, event: event as Record<string, unknown> };
  } catch { /* said below */ }
  return refuse('badInput', 'The body is not a JSON object.', { hint: 'Send the event as PayPal made it.' });
}

/**
 * Has PayPal say whether it signed this delivery. The raw body goes into the question as it came: parsed and written again it would no
 * longer fit (erp.md 6.2).
 * @throws VendorError when PayPal does not answer; answer 5xx then, and it delivers again
 * @example const verify = paypalWebhookVerifier({ send, clock, clientId, clientSecret }); (await verify({ raw, headers, webhookId })).type
 */
export function paypalWebhookVerifier(options: PaypalOptions): (delivery: PaypalDelivery) => Promise<Verdict> {
  const call = paypalWire(options);
  return async (delivery) => {
    const signed = read(delivery);
    if ('type' in signed) return signed;
    const asked = JSON.stringify({ auth_algo: signed.algo, cert_url: signed.cert, transmission_id: signed.id, transmission_sig: signed.sig, transmission_time: signed.time, webhook_id: delivery.webhookId });
    const { status, body } = await call('webhooks.verify', { method: 'POST', path: '/v1/notifications/verify-webhook-signature', headers: { 'content-type': 'application/json' }, body: `${asked.slice(0, -1)},"webhook_event":${signed.text}}` }, [400, 422]);
    if (status !== 200 || body['verification_status'] !== 'SUCCESS') return badSignature();
    return eventOf(signed.event);
  };
}

/**
 * The same without asking PayPal: RSA-SHA256 over `id|time|webhookId|crc32(body)`, with the certificate of PayPal's own host.
 * `certificate` fetches and keeps it; a public key in its place is taken as it is.
 * @example (await verifyPaypalOffline({ raw, headers, webhookId }, (url) => certificates.get(url), clock.now())).type // 'accepted'
 */
export async function verifyPaypalOffline(delivery: PaypalDelivery, certificate: (url: string) => Promise<string>, now: Instant): Promise<Verdict> {
  const signed = read(delivery);
  if ('type' in signed) return signed;
  if (signed.algo !== 'SHA256withRSA') return badSignature();
  const pem = await certificate(signed.cert);
  if (pem.includes('BEGIN CERTIFICATE')) {
    const { validFrom, validTo } = new X509Certificate(pem);
    if (!(Date.parse(validFrom) <= Date.parse(now) && Date.parse(now) <= Date.parse(validTo))) return badSignature();
  }
  const fits = createVerify('RSA-SHA256').update(`${signed.id}|${signed.time}|${delivery.webhookId}|${crc32(delivery.raw)}`).verify(createPublicKey(pem), signed.sig, 'base64');
  return fits ? eventOf(signed.event) : badSignature();
}

const TYPES: Readonly<Record<string, string>> = {
  'CHECKOUT.ORDER.APPROVED': 'payment_intent.amount_capturable_updated', 'CHECKOUT.ORDER.VOIDED': 'payment_intent.canceled',
  'PAYMENT.CAPTURE.COMPLETED': 'payment_intent.succeeded', 'PAYMENT.CAPTURE.PENDING': 'payment_intent.processing', 'PAYMENT.CAPTURE.DENIED': 'payment_intent.payment_failed', 'PAYMENT.CAPTURE.DECLINED': 'payment_intent.payment_failed',
  'PAYMENT.CAPTURE.REFUNDED': 'refund.created', 'PAYMENT.REFUND.PENDING': 'refund.created', 'PAYMENT.REFUND.FAILED': 'refund.failed', 'CUSTOMER.DISPUTE.CREATED': 'charge.dispute.created', 'CUSTOMER.DISPUTE.RESOLVED': 'charge.dispute.closed',
};

/** A PayPal event in the ledger's words; types the ledger does not know pass under their own name and are ignored. */
function eventOf(event: Record<string, unknown>): Verdict {
  const { id, event_type: type, resource } = event as { id?: unknown; event_type?: unknown; resource?: Record<string, never> };
  if (typeof id !== 'string' || typeof type !== 'string' || typeof resource !== 'object' || resource === null) return refuse('badInput', 'The body is signed but is not an event.', { hint: 'Send the event as PayPal made it.' });
  const about = TYPES[type] ?? type;
  // A payment of a subscription is about the subscription.
  const sale = type.startsWith('PAYMENT.SALE.') ? (resource as { billing_agreement_id?: string; amount?: { total?: string; currency?: string } }) : undefined;
  const named = resource as { id?: string; dispute_id?: string; status?: string; amount?: object; dispute_amount?: object; supplementary_data?: { related_ids?: { order_id?: string } }; links?: readonly { rel?: string; href?: string }[]; disputed_transactions?: readonly { seller_transaction_id?: string }[] };
  const above = named.links?.find(({ rel, href }) => rel === 'up' && /\/captures\//.test(href ?? ''))?.href?.split('/').at(-1);
  const chargeId = named.disputed_transactions?.[0]?.seller_transaction_id ?? above ?? (type.startsWith('PAYMENT.CAPTURE.') ? named.id : undefined);
  const paymentIntent = type.startsWith('CHECKOUT.ORDER.') ? named.id : named.supplementary_data?.related_ids?.order_id;
  const amountMinor = paypalMinor(sale ? { currency_code: sale.amount?.currency, value: sale.amount?.total } : (named.amount ?? named.dispute_amount));
  const status = about.startsWith('refund.') && named.status ? (named.status === 'COMPLETED' ? 'succeeded' : named.status.toLowerCase()) : named.status;
  return accept({
    id, type: about, objectId: sale?.billing_agreement_id ?? named.id ?? named.dispute_id ?? id, ...(paymentIntent ? { paymentIntent } : {}), ...(chargeId ? { chargeId } : {}), ...(Number.isNaN(amountMinor) ? {} : { amountMinor }), ...(status ? { status } : {}),
  }, 'PayPal signed it');
}
