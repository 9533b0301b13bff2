import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { paymentFields, readPayment } from './fields.ts';

/** The undo of an authorisation. */
export const cancel = defineOperation<HubClient>({
  value: 'cancel',
  name: 'Cancel',
  action: 'Cancel payment',
  description: 'Let go of authorised money that was not captured',
  fields: paymentFields,
  run: ({ read, client }) => client.payments.cancel(readPayment(read)),
});
