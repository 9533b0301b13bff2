import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { subscriptionField } from './fields.ts';

export const cancel = defineOperation<HubClient>({
  value: 'cancel',
  name: 'Cancel',
  action: 'Cancel marketplace subscription',
  description: 'End the subscription at Microsoft and wait until it is ended',
  fields: [subscriptionField],
  run: ({ read, client }) => client.marketplace.cancel(read.picked('subscription')),
});
