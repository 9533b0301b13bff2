import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';

export const getMany = defineOperation<HubClient>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many marketplace subscriptions',
  description: 'List every subscription that customers bought on the Azure Marketplace, with plan, seats and status',
  fields: [],
  run: async ({ client }) => (await client.marketplace.list()).subscriptions,
});
