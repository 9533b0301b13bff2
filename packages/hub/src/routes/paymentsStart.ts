import type { FastifyInstance } from 'fastify';
import type { PaypalOrderRequest, TermsRequest } from '../api.ts';
import { answer } from '../replies.ts';
import type { PaymentProviders } from './paymentsProviders.ts';
import { id, object, ok, whole } from './shapes.ts';

const currency = { type: 'string', pattern: '^[A-Z]{3}$' } as const;
const url = { type: 'string', pattern: '^https?://[^\\s]{1,2000}$' } as const;
const minor = whole(1, 99_999_999);

/** What begins a payment on our side: a PayPal order to approve, or the terms of an invoice. */
export function paymentStartRoutes(app: FastifyInstance, providers: PaymentProviders): void {
  app.post<{ Body: PaypalOrderRequest }>('/v1/payments/paypal/orders', {
    schema: { tags: ['payments'], summary: 'Makes the PayPal order a customer approves', body: object({ orderId: id('^[A-Za-z0-9._:-]{1,80}$'), amountMinor: minor, currency, attempt: whole(1, 99), returnUrl: url, cancelUrl: url }, ['orderId', 'amountMinor', 'currency']), response: ok('PaypalOrder') },
  }, async ({ body }, reply) => {
    const decision = await providers.paypal('create').create(body);
    if (decision.type === 'refused') return answer(reply, decision);
    const { view: { paymentIntent, status, amountMinor, currency: of }, approveUrl } = decision.value;
    return { type: 'paypalOrder', paymentIntent, status, amountMinor, currency: of, approveUrl };
  });
  app.post<{ Body: TermsRequest }>('/v1/payments/terms', {
    schema: { tags: ['payments'], summary: 'Records that an order is paid by invoice, and when it is due', body: object({ orderId: id('^[A-Za-z0-9._:-]{1,80}$'), amountMinor: minor, currency, netDays: whole(0, 365), invoicedOn: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' } }, ['orderId', 'amountMinor', 'currency', 'invoicedOn']), response: ok('PaymentTerms') },
  }, async ({ body }, reply) => {
    const decision = await providers.terms.record({ netDays: 30, ...body });
    return answer(reply, decision.type === 'refused' ? decision : { type: 'terms', ...decision.value });
  });
}
