import type { FastifyInstance } from 'fastify';
import { VendorError } from '../../../../core/src/index.ts';
import { verifyStripeWebhook } from '../../../payments/src/index.ts';
import type { Deps } from '../deps.ts';
import { hearPaypalSubscription } from './paymentsPaypal.ts';
import type { PaymentProviders } from './paymentsProviders.ts';
import { ok } from './shapes.ts';

/** In a scope of its own, because only here the body stays raw: signatures are over the bytes as they came. */
export function paymentWebhooks(scope: FastifyInstance, { config, clock, events }: Deps, providers: PaymentProviders): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, raw, done) => done(null, raw));
  const bytes = (body: unknown): Buffer => (Buffer.isBuffer(body) ? body : Buffer.alloc(0));
  const options = (summary: string) => ({ schema: { tags: ['payments'], summary, response: ok('{ type: "received", outcome }') }, config: { auth: 'public' as const }, bodyLimit: 512 * 1024 });

  scope.post('/v1/payments/webhooks/stripe', options('Stripe events, authenticated by their signature'), async (request, reply) => {
    const on = providers.ledger('stripe', 'webhook');
    const header = request.headers['stripe-signature'];
    const verified = verifyStripeWebhook({ raw: bytes(request.body), header: typeof header === 'string' ? header : undefined, secret: config.stripe?.webhookSecret ?? '', now: clock.now() });
    if (verified.type === 'refused') return reply.code(400).send(verified);
    return { type: 'received', outcome: await on.receive(verified.value) };
  });

  scope.post('/v1/payments/webhooks/paypal', options('PayPal events, verified at PayPal'), async (request, reply) => {
    const on = providers.ledger('paypal', 'webhook');
    const verified = await providers.verifyPaypal!({ raw: bytes(request.body), headers: request.headers, webhookId: config.paypal?.webhookId ?? '' });
    if (verified.type === 'refused') return reply.code(400).send(verified);
    const billed = await hearPaypalSubscription(verified.value, providers.paypalBilling('webhook'), events);
    if (billed) return { type: 'received', outcome: billed };
    return { type: 'received', outcome: await on.receive(verified.value) };
  });

  scope.post('/v1/marketplace/webhook', options('Operations of the Azure Marketplace, authenticated by Microsoft\'s token'), async (request, reply) => {
    const heard = await providers.marketplace('webhook').hear(bytes(request.body), request.headers.authorization);
    if (heard.type === 'refused') return reply.code(heard.code === 'badSignature' ? 401 : 400).send(heard);
    const { operation: { id, subscriptionId, action, planId, quantity, status }, answerNeeded } = heard.value;
    if (!/^[A-Za-z]{1,40}$/.test(action)) throw new VendorError({ vendor: 'azure-marketplace', operation: 'webhook', kind: 'unexpectedReply', message: 'Microsoft sent an operation of a kind that is not known here.', hint: 'See the release notes of the SaaS fulfilment API.' });
    const { repeated } = await events.publish({ type: `marketplace.${action[0]!.toLowerCase()}${action.slice(1)}`, stream: `marketplace-${subscriptionId}`, key: `operation:${id}`, data: { subscriptionId, operationId: id, planId, quantity, status, answerNeeded } });
    return { type: 'received', outcome: repeated ? 'repeated' : 'applied' };
  });
}
