import { randomUUID } from 'node:crypto';
import { VendorError } from '../../../../core/src/index.ts';
import { axiosSend } from '../../../http/src/send.ts';
import {
  azureWebhook, azureWire, catchUp, chargeLedger, invoiceTerms, paymentLedger, paypalPayments, paypalPlans, paypalSubscriptions, paypalWebhookVerifier, saasSubscriptions, saasUsage, signingKeys, stripeEvents, stripePayments, stripeVault,
  type CatchUp, type ChargeLedger, type InvoiceTerms, type PaymentLedger, type PaymentPort, type PaypalPayments, type PaypalPlans, type PaypalSubscriptions, type Provider, type SaasSubscriptions, type SaasUsages,
} from '../../../payments/src/index.ts';
import type { Deps } from '../deps.ts';

/** What to set to switch a provider on. */
export const HINTS = {
  stripe: 'Set LEADLIGHT_STRIPE_SECRET_KEY and LEADLIGHT_STRIPE_WEBHOOK_SECRET.', paypal: 'Set LEADLIGHT_PAYPAL_CLIENT_ID, LEADLIGHT_PAYPAL_CLIENT_SECRET and LEADLIGHT_PAYPAL_WEBHOOK_ID.',
  'azure-marketplace': 'Set LEADLIGHT_AZURE_MARKETPLACE_TENANT, LEADLIGHT_AZURE_MARKETPLACE_CLIENT_ID and LEADLIGHT_AZURE_MARKETPLACE_CLIENT_SECRET.',
} as const;

export interface Marketplace { readonly subscriptions: SaasSubscriptions; readonly usage: SaasUsages; readonly hear: ReturnType<typeof azureWebhook> }
export interface PaypalBilling { readonly plans: PaypalPlans; readonly subscriptions: PaypalSubscriptions }
export interface PaymentProviders {
  /** The ledger of the provider that a payment's name tells: `pi_…` Stripe, `terms:…` an invoice, else PayPal. */
  ledgerOf(paymentIntent: string, operation: string): PaymentLedger;
  ledger(provider: Provider, operation: string): PaymentLedger;
  charges(operation: string): ChargeLedger;
  paypal(operation: string): PaypalPayments;
  /** What PayPal bills by itself. */
  paypalBilling(operation: string): PaypalBilling;
  verifyPaypal: ReturnType<typeof paypalWebhookVerifier> | undefined;
  /** Events whose webhook never came; undefined without Stripe. PayPal's list has to be asked for payment by payment. */
  readonly missed: CatchUp | undefined;
  readonly terms: InvoiceTerms;
  marketplace(operation: string): Marketplace;
}

/** Every provider that the settings switch on, behind one port and one ledger. @example const providers = paymentProviders(deps); await providers.ledgerOf('pi_1', 'verify').verify(expected) */
export function paymentProviders({ db, clock, config, events }: Deps): PaymentProviders {
  const publish: Parameters<typeof paymentLedger>[0]['publish'] = (event, tx) => events.publish(event, tx);
  const ledgerFor = (port: PaymentPort): PaymentLedger => paymentLedger({ db, clock, port, publish });
  const stripe = config.stripe && { secretKey: config.stripe.secretKey, clock, ...(config.stripe.baseUrl ? { baseUrl: config.stripe.baseUrl } : {}) };
  const paypal = config.paypal && { clock, clientId: config.paypal.clientId, clientSecret: config.paypal.clientSecret, live: config.paypal.live, send: axiosSend({ baseUrl: config.paypal.baseUrl ?? `https://api-m.${config.paypal.live ? '' : 'sandbox.'}paypal.com` }) };
  const paypalPort = paypal && paypalPayments(paypal);
  const paypalBilling = paypal && { plans: paypalPlans(paypal), subscriptions: paypalSubscriptions(paypal) };
  const terms = invoiceTerms({ db, clock });
  const ledgers: Readonly<Record<Provider, PaymentLedger | undefined>> = { stripe: stripe && ledgerFor(stripePayments(stripe)), paypal: paypalPort && ledgerFor(paypalPort), invoice: ledgerFor(terms) };
  const charges = stripe && chargeLedger({ db, clock, vault: stripeVault(stripe), publish });
  const missed = stripe && ledgers.stripe && catchUp({ db, clock, feed: stripeEvents(stripe), ledger: ledgers.stripe });
  const marketplace = config.azureMarketplace && openMarketplace(config.azureMarketplace, clock);

  const needed = <T>(value: T | undefined, vendor: keyof typeof HINTS, operation: string): T => {
    if (value !== undefined) return value;
    throw new VendorError({ vendor, operation: `payments.${operation}`, kind: 'unavailable', message: vendor === 'stripe' ? 'No payment provider is set up in this hub.' : `${vendor} is not set up in this hub.`, hint: HINTS[vendor] });
  };
  const ledger = (provider: Provider, operation: string): PaymentLedger => needed(ledgers[provider], provider === 'invoice' ? 'stripe' : provider, operation);
  return {
    ledger, terms, missed,
    ledgerOf: (paymentIntent, operation) => ledger(paymentIntent.startsWith('pi_') ? 'stripe' : paymentIntent.startsWith('terms:') ? 'invoice' : 'paypal', operation),
    charges: (operation) => needed(charges, 'stripe', operation),
    paypal: (operation) => needed(paypalPort, 'paypal', operation),
    paypalBilling: (operation) => needed(paypalBilling, 'paypal', operation),
    verifyPaypal: paypal && paypalWebhookVerifier(paypal),
    marketplace: (operation) => needed(marketplace, 'azure-marketplace', operation),
  };
}

function openMarketplace(settings: NonNullable<Deps['config']['azureMarketplace']>, clock: Deps['clock']): Marketplace {
  const login = axiosSend({ baseUrl: settings.loginUrl ?? 'https://login.microsoftonline.com' });
  const call = azureWire({ send: axiosSend({ baseUrl: settings.baseUrl ?? 'https://marketplaceapi.microsoft.com' }), login, clock, requestId: randomUUID, tenantId: settings.tenantId, clientId: settings.clientId, clientSecret: settings.clientSecret });
  const subscriptions = saasSubscriptions(call, clock);
  return { subscriptions, usage: saasUsage(call, clock), hear: azureWebhook({ subscriptions, keys: signingKeys(login, clock, settings.tenantId), clock, tenantId: settings.tenantId, clientId: settings.clientId }) };
}
