import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { planField, subscriptionField } from './fields.ts';

const activateOptions = optionsField([numberField('quantity', 'Quantity', 1, 'Seats that were bought, for plans that are sold by seat', { minValue: 1 })]);

/** Billing starts here, so the service must run first. */
export const activate = defineOperation<HubClient>({
  value: 'activate',
  name: 'Activate',
  action: 'Activate marketplace subscription',
  description: 'Tell Microsoft that the service runs, which starts its billing; safe to repeat, within thirty days of the purchase',
  fields: [subscriptionField, planField, activateOptions],
  run: ({ read, client }) => {
    const quantity = read.options('options').number('quantity');
    return client.marketplace.activate(read.picked('subscription'), { planId: read.text('planId'), ...(quantity === undefined ? {} : { quantity }) });
  },
});
