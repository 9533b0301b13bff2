import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';

/** Who can be paid with, one item each. */
export const getProviders = defineOperation<HubClient>({
  value: 'getProviders',
  name: 'Get Providers',
  action: 'Get payment providers',
  description: 'List Stripe, PayPal, Azure Marketplace and invoice terms: whether each is set up and moves real money, where it must deliver its events, and what to set otherwise',
  fields: [],
  run: async ({ client }) => (await client.payments.providers()).providers,
});
