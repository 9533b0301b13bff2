import { defineOperation } from '../../../shared/defineOperation.ts';
import { returnAllFields } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';

export const getMany = defineOperation<HubClient>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many marketplace subscriptions',
  description: 'List every subscription that customers bought on the Azure Marketplace, with plan, seats and status',
  fields: [...returnAllFields],
  run: async ({ read, client }) => (await client.marketplace.list()).subscriptions.slice(0, read.flag('returnAll') ? undefined : read.number('limit')),
});
