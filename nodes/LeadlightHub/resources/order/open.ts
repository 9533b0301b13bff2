import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { orderId } from './fields.ts';

/** Opens an order or finds it again: `state` says `new`, `resumed` or `closed`, so a replayed webhook does nothing twice. */
export const open = defineOperation<HubClient>({
  value: 'open',
  name: 'Open',
  action: 'Open order',
  description: 'Start the timeline of an order, or find the earlier run of the same order: the answer says new, resumed or closed',
  fields: [orderId, jsonField('order', 'Order', 'The order as decided by Check Checkout, e.g. {{ $json.value }}', { default: '={{ $json }}' })],
  run: ({ read, client }) => client.orders.open(read.text('orderId'), { order: read.object('order') }),
});
