import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { orderId } from './fields.ts';

/** The order, its status, every step taken and what waits for a person. */
export const get = defineOperation<HubClient>({
  value: 'get',
  name: 'Get',
  action: 'Get order',
  description: 'Read an order with its status, its timeline and the open fallout that waits for a person',
  fields: [orderId],
  run: ({ read, client }) => client.orders.get(read.text('orderId')),
});
