import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { accountField, methodField } from './fields.ts';

export const setDefault = defineOperation<HubClient>({
  value: 'setDefault',
  name: 'Set Default',
  action: 'Set default payment method',
  description: 'Choose the stored card that is charged when none is named',
  fields: [accountField, methodField],
  run: ({ read, client }) => client.payments.methods.setDefault(read.text('accountId'), read.picked('method')),
});
