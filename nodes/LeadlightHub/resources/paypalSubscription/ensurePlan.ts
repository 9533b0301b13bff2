import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, numberField, optionsField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';

/** Product and plan, each once. */
export const ensurePlan = defineOperation<HubClient>({
  value: 'ensurePlan',
  name: 'Ensure Plan',
  action: 'Ensure subscription plan',
  description: 'Make the product and the plan customers subscribe to at PayPal, or find them; a key stands for one price, and another price under it is refused',
  fields: [
    textField('key', 'Plan Key', { placeholder: 'e.g. FTTH150I-2026', description: 'Our name of the plan with its price; a new price takes a new key' }),
    textField('name', 'Name', { placeholder: 'e.g. Fibre 150', description: 'What the customer reads at PayPal' }),
    numberField('amountMinor', 'Amount (Minor Units)', 9995, 'Price of one period in cents, with taxes: PayPal bills it whole', { minValue: 1 }),
    textField('currency', 'Currency', { default: 'CAD', description: 'ISO 4217 code' }),
    choiceField('every', 'Every', { month: 'Month', year: 'Year' }, 'month', 'Unit of the period'),
    optionsField([
      numberField('count', 'Count', 1, 'How many months make a period; 3 is a quarter', { minValue: 1, maxValue: 12 }),
      textField('productId', 'Product ID', { default: 'LEADLIGHT', description: 'Product at PayPal the plan belongs to; plans can be changed for one another within it' }),
      numberField('suspendAfter', 'Suspend After', 0, 'Failed payments after which PayPal suspends by itself; 0 leaves that to dunning', { minValue: 0, maxValue: 999 }),
    ]),
  ],
  run: ({ read, client }) => {
    const options = read.options('options');
    const [count, suspendAfter] = [options.number('count'), options.number('suspendAfter')];
    return client.paypalBilling.ensurePlan({
      key: read.text('key'), productId: options.text('productId') ?? 'LEADLIGHT', name: read.text('name'), amountMinor: read.number('amountMinor'), currency: read.text('currency').toUpperCase(), every: read.text('every') as 'month' | 'year',
      ...(count === undefined ? {} : { count }), ...(suspendAfter === undefined ? {} : { suspendAfter }),
    });
  },
});
