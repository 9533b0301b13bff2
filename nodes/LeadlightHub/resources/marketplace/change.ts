import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, numberField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { planField, subscriptionField } from './fields.ts';

const what = choiceField('what', 'Change', { plan: 'Plan', quantity: 'Quantity' }, 'plan', 'Microsoft takes one change at a time');
const plan = { ...planField, displayOptions: { show: { what: ['plan'] } } };
const quantity = { ...numberField('quantity', 'Quantity', 1, 'Seats from now on', { minValue: 1 }), displayOptions: { show: { what: ['quantity'] } } };

/** Follows Microsoft's operation to its end and reads the subscription back. */
export const change = defineOperation<HubClient>({
  value: 'change',
  name: 'Change',
  action: 'Change marketplace subscription',
  description: 'Change the plan or the number of seats, wait until Microsoft has done it, and read it back',
  fields: [subscriptionField, what, plan, quantity],
  run: ({ read, client }) => client.marketplace.change(read.picked('subscription'), read.text('what') === 'quantity' ? { quantity: read.number('quantity') } : { planId: read.text('planId') }),
});
