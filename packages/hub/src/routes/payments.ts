import type { FastifyInstance } from 'fastify';
import { VendorError, type Refused } from '../../../../core/src/index.ts';
import { migrate } from '../../../journal/src/index.ts';
import { paymentLedger, paymentMigrations, stripePayments, verifyStripeWebhook, type LedgerDecision, type PaymentLedger } from '../../../payments/src/index.ts';
import type { PaymentRequest, PaymentState } from '../api.ts';
import type { Deps, Routes } from '../deps.ts';
import { answer } from '../replies.ts';

const body = {
  type: 'object', required: ['orderId', 'paymentIntent', 'amountMinor', 'currency'], additionalProperties: false,
  properties: {
    orderId: { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,80}$', description: 'Our order.' },
    paymentIntent: { type: 'string', pattern: '^pi_[A-Za-z0-9]{1,64}$', description: 'The PaymentIntent id, never its client secret.' },
    amountMinor: { type: 'integer', minimum: 0, maximum: 99_999_999, description: 'Minor units (cents): the price of the order, or what is to be refunded.' },
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    reference: { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,80}$', description: 'Refunds only: tells one refund from the next of the same amount.' },
  },
} as const;
const OPERATIONS = {
  verify: ['verified', 'Is this payment the one of this order? Binds it to the order.'],
  capture: ['captured', 'Takes the authorised money, once.'],
  cancel: ['cancelled', 'Releases the authorisation.'],
  refund: ['refunded', 'Gives money back, whole or in part.'],
} as const;

/** `/v1/payments/*`: a refusal is data (4xx with `type: 'refused'`), a Stripe failure is a VendorError. Without a Stripe key every call says so. */
export const paymentRoutes: Routes = async (app, deps) => {
  await migrate(deps.db, paymentMigrations);
  const ledger = ledgerOf(deps);
  for (const [operation, [type, summary]] of Object.entries(OPERATIONS) as [keyof typeof OPERATIONS, (typeof OPERATIONS)[keyof typeof OPERATIONS]][]) {
    app.post<{ Body: PaymentRequest }>(`/v1/payments/${operation}`, { schema: { tags: ['payments'], summary, body } }, async (request, reply): Promise<PaymentState | Refused> => {
      const { reference, ...expected } = request.body;
      const on = needed(ledger, operation);
      const decision: LedgerDecision = operation === 'refund' ? await on.refund(expected, reference) : await on[operation](expected);
      return answer(reply, decision.type === 'refused' ? decision : { type, ...decision.value });
    });
  }
  await app.register(async (scope) => stripeWebhook(scope, deps, ledger));
};

/** In a scope of its own, because only here the body stays raw: the signature is over the bytes as they came. */
function stripeWebhook(scope: FastifyInstance, { config, clock }: Deps, ledger: PaymentLedger | undefined): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, raw, done) => done(null, raw));
  const schema = { tags: ['payments'], summary: 'Stripe events, authenticated by their signature.' };
  scope.post('/v1/payments/webhooks/stripe', { schema, config: { auth: 'public' }, bodyLimit: 512 * 1024 }, async (request, reply) => {
    const on = needed(ledger, 'webhook');
    const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const header = request.headers['stripe-signature'];
    const verified = verifyStripeWebhook({ raw, header: typeof header === 'string' ? header : undefined, secret: config.stripe?.webhookSecret ?? '', now: clock.now() });
    if (verified.type === 'refused') return reply.code(400).send(verified);
    return { type: 'received', outcome: await on.receive(verified.value) };
  });
}

function ledgerOf({ db, clock, config, events }: Deps): PaymentLedger | undefined {
  const { stripe } = config;
  if (!stripe) return undefined;
  const payments = stripePayments({ secretKey: stripe.secretKey, clock, ...(stripe.baseUrl ? { baseUrl: stripe.baseUrl } : {}) });
  return paymentLedger({ db, clock, stripe: payments, publish: (event, tx) => events.publish(event, tx) });
}

function needed(ledger: PaymentLedger | undefined, operation: string): PaymentLedger {
  if (ledger) return ledger;
  throw new VendorError({ vendor: 'stripe', operation: `payments.${operation}`, kind: 'unavailable', message: 'No payment provider is set up in this hub.', hint: 'Set the Stripe secret key and webhook secret of the hub.' });
}
