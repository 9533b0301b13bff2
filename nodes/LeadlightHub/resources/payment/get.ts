import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { orderField } from './fields.ts';

/** From the ledger: no provider is asked. */
export const get = defineOperation<HubClient>({
  value: 'get',
  name: 'Get',
  action: 'Get payment',
  description: 'Read the payments of an order or an invoice from the ledger, with every capture, cancellation and refund; one item per payment',
  fields: [orderField],
  run: async ({ read, client }) => (await client.payments.ofOrder(read.text('orderId'))).payments,
});
