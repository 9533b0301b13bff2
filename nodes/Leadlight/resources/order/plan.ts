import { planFulfilment, type FulfilmentContext, type FulfilmentOrder } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, jsonField, numberField, optionsField } from '../../../shared/fields.ts';

const phases = { installation: 'Installation', order: 'Order' };

/** The steps of an order in the order they must happen, each with what takes it back. */
export const plan = defineOperation<undefined>({
  value: 'plan',
  name: 'Plan',
  action: 'Plan order',
  description: 'List the steps that take an order to live service, in the order they must happen, each with its owner and what takes it back',
  fields: [
    jsonField('order', 'Order', 'The order: orderId and services with sku and type', { default: '={{ $json }}' }),
    optionsField([
      choiceField('access', 'Access', { fibre: 'Fibre', none: 'None' }, 'fibre', 'Whether the order brings a fibre or uses the connection the customer has'),
      numberField('maxAttempts', 'Max Attempts', 4, 'Attempts per step before a person is called', { minValue: 1 }),
      choiceField('payment', 'Payment', { card: 'Card at Checkout', invoice: 'Invoice Later' }, 'card', 'Whether money is taken while ordering'),
      choiceField('phase', 'Phase', phases, 'order', 'Only the steps of one phase'),
    ]),
  ],
  run: ({ read }) => {
    const options = read.options('options');
    const given = Object.fromEntries(['access', 'payment', 'phase'].flatMap((name) => (options.text(name) === undefined ? [] : [[name, options.text(name)]])));
    const maxAttempts = options.number('maxAttempts');
    return planFulfilment(read.object('order') as unknown as FulfilmentOrder, { ...given, ...(maxAttempts === undefined ? {} : { maxAttempts }) } as FulfilmentContext);
  },
});
