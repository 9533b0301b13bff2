import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { idField, reasonField } from './fields.ts';

export const cancel = defineOperation<HubClient>({
  value: 'cancel',
  name: 'Cancel',
  action: 'Cancel subscription',
  description: 'End the billing at PayPal for good; nothing is given back and it cannot be activated again',
  fields: [idField, reasonField],
  run: ({ read, client }) => client.paypalBilling.move(read.text('paypalId'), 'cancel', read.text('reason')),
});
