import Stripe from 'stripe';
import { refuse, VendorError, type Clock, type Refused } from '../../../core/src/index.ts';
import { sdkError, stripeFailure } from './failure.ts';
import type { PaymentView } from './judge.ts';
import { quietHttpClient } from './quietHttp.ts';

export interface StripeOptions {
  readonly secretKey: string;
  readonly clock: Clock;
  /** For a simulated or proxied Stripe, e.g. `http://127.0.0.1:12111`; left out: api.stripe.com. */
  readonly baseUrl?: string;
  readonly timeoutMs?: number;
}

/** The SDK without its hidden repetitions, and reads whose failures are sorted. @example const { sdk, read } = stripeSdk(options); */
export function stripeSdk(options: StripeOptions) {
  const base = options.baseUrl ? new URL(options.baseUrl) : undefined;
  const protocol = base?.protocol === 'http:' ? 'http' : 'https';
  const sdk = new Stripe(options.secretKey, {
    maxNetworkRetries: 0, timeout: options.timeoutMs ?? 20_000, telemetry: false, httpClient: quietHttpClient(protocol),
    ...(base ? { host: base.hostname, port: base.port || (protocol === 'http' ? '80' : '443'), protocol } : {}),
  });
  const read = async <T>(operation: string, work: () => Promise<T>): Promise<T> => work().catch((error: unknown) => { throw stripeFailure(error, operation, false); });

  async function retrieve(paymentIntent: string): Promise<PaymentView | Refused<'paymentUnknown'>> {
    try {
      return viewOf(await sdk.paymentIntents.retrieve(paymentIntent, { expand: ['latest_charge'] }));
    } catch (error) {
      const { statusCode, code } = sdkError(error);
      if (statusCode === 404 && code === 'resource_missing') return refuse('paymentUnknown', 'Stripe does not know this payment.', { path: 'paymentIntent', hint: 'Were it and the key made in the same account and mode?' });
      throw stripeFailure(error, 'payments.retrieve', false);
    }
  }
  return { sdk, read, retrieve, live: /^[sr]k_live_/.test(options.secretKey) };
}

/** Stripe took a write, but what it should have left behind is not there. @throws VendorError always */
export function unread(operation: string): never {
  throw new VendorError({ vendor: 'stripe', operation, kind: 'unexpectedReply', outcome: 'unknown', message: `Stripe accepted ${operation}, but reading it back shows nothing.`, hint: 'See the payment in the Stripe dashboard.' });
}

/** A PaymentIntent with its latest charge expanded, in the ledger's words. @example viewOf(intent).status // 'requires_capture' */
export function viewOf(intent: Stripe.PaymentIntent): PaymentView {
  const charge = typeof intent.latest_charge === 'object' && intent.latest_charge ? intent.latest_charge : undefined;
  const failure = intent.last_payment_error;
  const orderId = intent.metadata?.['order_id'];
  const chargeKey = intent.metadata?.['leadlight_charge'];
  const declineCode = failure?.type === 'card_error' ? failure.decline_code || failure.code : undefined;
  return {
    paymentIntent: intent.id, status: intent.status, amountMinor: intent.amount, currency: intent.currency.toUpperCase(), livemode: intent.livemode,
    capturedMinor: intent.status === 'succeeded' ? intent.amount_received : 0, refundedMinor: charge?.captured ? charge.amount_refunded : 0, disputed: charge?.disputed ?? false,
    ...(orderId ? { orderId } : {}), ...(chargeKey ? { chargeKey } : {}), ...(charge && charge.status === 'succeeded' ? { chargeId: charge.id } : {}),
    ...(declineCode ? { declineCode } : {}), ...(failure?.advice_code ? { adviceCode: failure.advice_code } : {}),
  };
}
