import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { paymentFields, readPayment } from './fields.ts';

/** Takes the money once; repeated, it says so. */
export const capture = defineOperation<HubClient>({
  value: 'capture',
  name: 'Capture',
  action: 'Capture payment',
  description: 'Take the authorised money; safe to repeat, since a captured intent answers as repeated; reserve the port first',
  fields: paymentFields,
  run: ({ read, client }) => client.payments.capture(readPayment(read)),
});
