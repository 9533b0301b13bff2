import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { fibreId } from '../drop/fields.ts';
import { orderId } from './fields.ts';

/** A port taken from an order that will not come: for staff, who have no token. */
export const takeBack = defineOperation<HubClient>({
  value: 'takeBack',
  name: 'Take Back',
  action: 'Take port back',
  description: 'Take a held or reserved port back from the order that has it, without the lease token; refused when another order has it by now or an ONT is connected',
  fields: [fibreId, orderId],
  run: ({ read, client }) => client.drops.takeBack(Number(read.picked('fibreId')), { orderId: read.text('orderId') }),
});
