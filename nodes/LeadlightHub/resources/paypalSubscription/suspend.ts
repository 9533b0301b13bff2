import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { idField, reasonField } from './fields.ts';

export const suspend = defineOperation<HubClient>({
  value: 'suspend',
  name: 'Suspend',
  action: 'Suspend subscription',
  description: 'Stop the billing at PayPal until it is activated again',
  fields: [idField, reasonField],
  run: ({ read, client }) => client.paypalBilling.move(read.text('paypalId'), 'suspend', read.text('reason')),
});
