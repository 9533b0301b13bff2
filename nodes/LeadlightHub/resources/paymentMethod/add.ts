import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { accountField } from './fields.ts';

const addOptions = optionsField([{ displayName: 'As Default', name: 'asDefault', type: 'boolean', default: false, description: 'Whether this card is charged from now on; the first card of an account always is' }]);

/** Tokens only: a card number is refused before it goes anywhere. */
export const add = defineOperation<HubClient>({
  value: 'add',
  name: 'Add',
  action: 'Add payment method',
  description: 'Store a card by the token that the payment page made of it; card numbers are refused',
  fields: [accountField, textField('token', 'Token', { placeholder: 'e.g. pm_1NxQ7mK2', description: 'Payment method made by Stripe in the browser of the customer, never a card number' }), addOptions],
  run: ({ read, client }) => client.payments.methods.add(read.text('accountId'), { token: read.text('token'), ...(read.options('options').flag('asDefault') ? { asDefault: true } : {}) }),
});
