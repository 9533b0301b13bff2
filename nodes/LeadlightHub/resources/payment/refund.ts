import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { paymentFields, readPayment } from './fields.ts';

/** The undo of a capture. */
export const refund = defineOperation<HubClient>({
  value: 'refund',
  name: 'Refund',
  action: 'Refund payment',
  description: 'Give captured money back',
  fields: paymentFields,
  run: ({ read, client }) => client.payments.refund(readPayment(read)),
});
