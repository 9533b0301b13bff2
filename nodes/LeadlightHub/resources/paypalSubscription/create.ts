import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { planField } from './fields.ts';

/** The customer approves it on PayPal's page; then PayPal bills by itself. */
export const create = defineOperation<HubClient>({
  value: 'create',
  name: 'Create',
  action: 'Create subscription for approval',
  description: 'Make the subscription a customer approves and get the address to send the customer to; the same plan for the same subscription again gives the same one',
  fields: [
    textField('subscriptionId', 'Subscription ID', { placeholder: 'e.g. sub_1', description: 'Ours: what it is for; PayPal keeps it with the subscription' }),
    planField,
    textField('returnUrl', 'Return URL', { placeholder: 'e.g. https://www.example.ca/merci', description: 'Where PayPal sends a customer who approved' }),
    textField('cancelUrl', 'Cancel URL', { placeholder: 'e.g. https://www.example.ca/panier', description: 'Where PayPal sends a customer who turns back' }),
    optionsField([
      numberField('attempt', 'Attempt', 1, 'A higher number makes another one, e.g. when the first lapsed', { minValue: 1, maxValue: 99 }),
      numberField('quantity', 'Quantity', 1, 'How many of the plan', { minValue: 1 }),
    ]),
  ],
  run: ({ read, client }) => {
    const options = read.options('options');
    const [attempt, quantity] = [options.number('attempt'), options.number('quantity')];
    return client.paypalBilling.subscribe({ subscriptionId: read.text('subscriptionId'), planId: read.text('planId'), returnUrl: read.text('returnUrl'), cancelUrl: read.text('cancelUrl'), ...(attempt === undefined ? {} : { attempt }), ...(quantity === undefined ? {} : { quantity }) });
  },
});
