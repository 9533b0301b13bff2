import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { idField, reasonField } from './fields.ts';

export const activate = defineOperation<HubClient>({
  value: 'activate',
  name: 'Activate',
  action: 'Activate subscription',
  description: 'Let PayPal bill again after a suspension; the time between is not billed',
  fields: [idField, reasonField],
  run: ({ read, client }) => client.paypalBilling.move(read.text('paypalId'), 'activate', read.text('reason')),
});
