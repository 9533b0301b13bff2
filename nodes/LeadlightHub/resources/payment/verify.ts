import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { paymentFields, readPayment } from './fields.ts';

/** Looks only: a refusal says which of intent, order, amount or currency does not fit. */
export const verify = defineOperation<HubClient>({
  value: 'verify',
  name: 'Verify',
  action: 'Verify payment',
  description: 'Check with the payment provider that the payment exists, belongs to the order and holds the amount and currency; takes no money',
  fields: paymentFields,
  run: ({ read, client }) => client.payments.verify(readPayment(read)),
});
