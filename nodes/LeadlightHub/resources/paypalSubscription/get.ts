import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { idField } from './fields.ts';

export const get = defineOperation<HubClient>({
  value: 'get',
  name: 'Get',
  action: 'Get subscription',
  description: 'Look up a subscription as PayPal holds it now: status, plan, next billing, and what failed payments left unpaid',
  fields: [idField],
  run: ({ read, client }) => client.paypalBilling.get(read.text('paypalId')),
});
