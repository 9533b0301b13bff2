import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { amountField, currencyField, orderField, readPrice } from './fields.ts';

/** The customer approves it on PayPal's page; then Verify and Capture take its ID. */
export const createPaypalOrder = defineOperation<HubClient>({
  value: 'createPaypalOrder',
  name: 'Create PayPal Order',
  action: 'Create payment for approval',
  description: 'Make the PayPal order a customer approves and get the address to send the customer to; the same order and amount again give the same PayPal order',
  fields: [
    orderField, amountField, currencyField,
    optionsField([
      numberField('attempt', 'Attempt', 1, 'A higher number makes another PayPal order for the same order, e.g. when the first lapsed', { minValue: 1, maxValue: 99 }),
      textField('cancelUrl', 'Cancel URL', { placeholder: 'e.g. https://www.example.ca/panier', description: 'Where PayPal sends a customer who turns back; needs Return URL too' }),
      textField('returnUrl', 'Return URL', { placeholder: 'e.g. https://www.example.ca/merci', description: 'Where PayPal sends a customer who approved; needs Cancel URL too' }),
    ]),
  ],
  run: ({ read, client }) => {
    const options = read.options('options');
    const [attempt, cancelUrl, returnUrl] = [options.number('attempt'), options.text('cancelUrl'), options.text('returnUrl')];
    return client.payments.createPaypalOrder({ orderId: read.text('orderId'), ...readPrice(read), ...(attempt === undefined ? {} : { attempt }), ...(cancelUrl === undefined ? {} : { cancelUrl }), ...(returnUrl === undefined ? {} : { returnUrl }) });
  },
});
