import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { serial } from './fields.ts';

/** Says that the device serves its order; told once, as an event. */
export const markActivated = defineOperation<HubClient>({
  value: 'markActivated',
  name: 'Mark Activated',
  action: 'Mark device as activated',
  description: 'Say that a device was read back with its settings and serves its order; publishes the event once',
  fields: [serial, textField('orderId', 'Order ID', { placeholder: 'e.g. ord_3NxQ7mK2', description: 'The order the device serves' })],
  run: ({ read, client }) => client.devices.activated(read.text('serial'), { orderId: read.text('orderId') }),
});
