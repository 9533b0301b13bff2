import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { idField, planField } from './fields.ts';

/** Nothing changes before the customer approves. */
export const revise = defineOperation<HubClient>({
  value: 'revise',
  name: 'Revise',
  action: 'Revise subscription',
  description: 'Ask the customer for another plan or quantity and get the address to approve it at; PayPal prorates nothing, the new price holds from the next billing on',
  fields: [idField, optionsField([planField, numberField('quantity', 'Quantity', 1, 'How many of the plan', { minValue: 1 })])],
  run: ({ read, client }) => {
    const options = read.options('options');
    const [planId, quantity] = [options.text('planId'), options.number('quantity')];
    return client.paypalBilling.revise(read.text('paypalId'), { ...(planId === undefined ? {} : { planId }), ...(quantity === undefined ? {} : { quantity }) });
  },
});
