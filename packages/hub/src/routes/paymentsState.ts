import type { FastifyInstance } from 'fastify';
import type { PaymentProviderList, PaymentProviderState } from '../api.ts';
import type { HubConfig } from '../config.ts';
import type { Deps } from '../deps.ts';
import { builtInCurrencies } from './paymentsCurrency.ts';
import { HINTS } from './paymentsProviders.ts';
import { ok } from './shapes.ts';

/** The four ways to be paid, on or not, without a word of their secrets. @example providerStates(config).filter(({ on }) => on).map(({ provider }) => provider) */
export function providerStates({ stripe, paypal, azureMarketplace, publicUrl }: HubConfig): readonly PaymentProviderState[] {
  const state = (provider: PaymentProviderState['provider'], live: boolean | undefined, path: string, hint: string): PaymentProviderState =>
    ({ provider, on: live !== undefined, live: live ?? null, webhookUrl: publicUrl + path, hint: live === undefined ? hint : null });
  return [
    state('stripe', stripe && /^[sr]k_live_/.test(stripe.secretKey), '/v1/payments/webhooks/stripe', HINTS.stripe),
    state('paypal', paypal?.live, '/v1/payments/webhooks/paypal', HINTS.paypal),
    // The marketplace has no test mode of its own: it is Microsoft's, or a stand-in with an address of its own.
    state('azure_marketplace', azureMarketplace && azureMarketplace.baseUrl === undefined, '/v1/marketplace/webhook', HINTS['azure-marketplace']),
    { provider: 'invoice', on: true, live: null, webhookUrl: null, hint: null },
  ];
}

/** Who can be paid with (S2-090). */
export function paymentStateRoutes(app: FastifyInstance, { config }: Deps): void {
  app.get('/v1/payments/providers', { schema: { tags: ['payments'], summary: 'Payment providers: on or not, live or not, and where each delivers its events', response: ok('PaymentProviderList') } }, async (): Promise<PaymentProviderList> => ({ type: 'paymentProviders', currencies: config.currencies ?? builtInCurrencies, providers: providerStates(config) }));
}
