import type { Refused } from '../../../../core/src/index.ts';
import { migrate } from '../../../journal/src/index.ts';
import { paymentMigrations, type LedgerDecision } from '../../../payments/src/index.ts';
import type { PaymentRequest, PaymentState } from '../api.ts';
import type { Routes } from '../deps.ts';
import { answer } from '../replies.ts';
import { paymentAnalyticsRoutes } from './paymentsAnalytics.ts';
import { paymentCatchUpRoutes } from './paymentsCatchUp.ts';
import { guardCurrency } from './paymentsCurrency.ts';
import { paymentHistoryRoutes } from './paymentsHistory.ts';
import { marketplaceRoutes } from './paymentsMarketplace.ts';
import { paymentMethodRoutes } from './paymentsMethods.ts';
import { paypalBillingRoutes } from './paymentsPaypal.ts';
import { paymentStartRoutes } from './paymentsStart.ts';
import { paymentProviders } from './paymentsProviders.ts';
import { paymentStateRoutes } from './paymentsState.ts';
import { paymentWebhooks } from './paymentsWebhooks.ts';
import { ok } from './shapes.ts';

const body = {
  type: 'object', required: ['orderId', 'paymentIntent', 'amountMinor', 'currency'], additionalProperties: false,
  properties: {
    orderId: { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,80}$', description: 'Our order.' },
    paymentIntent: { type: 'string', pattern: '^(pi_[A-Za-z0-9]{1,64}|[A-Z0-9]{8,36}|terms:[A-Za-z0-9._:%-]{1,240})$', description: 'A Stripe PaymentIntent (never its client secret), a PayPal order, or the terms of an invoice.' },
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

/** `/v1/payments/*` and `/v1/marketplace/*`: a refusal is data (4xx with `type: 'refused'`), a provider's failure is a VendorError. A provider without settings says so. */
export const paymentRoutes: Routes = async (app, deps) => {
  await migrate(deps.db, paymentMigrations);
  const providers = paymentProviders(deps);
  guardCurrency(app, deps.config.currencies);
  for (const [operation, [type, summary]] of Object.entries(OPERATIONS) as [keyof typeof OPERATIONS, (typeof OPERATIONS)[keyof typeof OPERATIONS]][]) {
    app.post<{ Body: PaymentRequest }>(`/v1/payments/${operation}`, { schema: { tags: ['payments'], summary, body, response: ok('PaymentState') } }, async (request, reply): Promise<PaymentState | Refused> => {
      const { reference, ...expected } = request.body;
      const on = providers.ledgerOf(expected.paymentIntent, operation);
      const decision: LedgerDecision = operation === 'refund' ? await on.refund(expected, reference) : await on[operation](expected);
      return answer(reply, decision.type === 'refused' ? decision : { type, ...decision.value });
    });
  }
  paymentStateRoutes(app, deps);
  paymentAnalyticsRoutes(app, deps);
  paymentStartRoutes(app, providers);
  paymentMethodRoutes(app, providers);
  paymentHistoryRoutes(app, deps);
  paymentCatchUpRoutes(app, deps, providers);
  paypalBillingRoutes(app, providers);
  marketplaceRoutes(app, providers);
  await app.register(async (scope) => paymentWebhooks(scope, deps, providers));
};
