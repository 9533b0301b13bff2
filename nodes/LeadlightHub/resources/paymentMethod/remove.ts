import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { accountField, methodField } from './fields.ts';

export const remove = defineOperation<HubClient>({
  value: 'remove',
  name: 'Remove',
  action: 'Remove payment method',
  description: 'Remove a stored card for good; where it was the default, the newest other card becomes it',
  fields: [accountField, methodField],
  run: ({ read, client }) => client.payments.methods.remove(read.text('accountId'), read.picked('method')),
});
