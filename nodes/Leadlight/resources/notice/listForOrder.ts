import { orderNotices, type ProductOrder } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, jsonField, optionsField, textField } from '../../../shared/fields.ts';

/** Who hears what of an order, one item per message (S1-099, S1-100, S1-102, S1-118). */
export const listForOrder = defineOperation<undefined>({
  value: 'listForOrder',
  name: 'List for Order',
  action: 'List notices for order',
  description: 'List the messages an order calls for at a moment of its life, one item each with channel, recipient and facts, ready for Leadlight Hub: Send Notice',
  fields: [
    jsonField('order', 'Order', 'The order Check Checkout gave as its value', { default: '={{ $json.order }}' }),
    choiceField('moment', 'Moment', { activated: 'Activated', confirmed: 'Confirmed' }, 'confirmed', 'What has just become true'),
    optionsField([
      textField('dispatchRoom', 'Dispatch Room', { default: 'dispatch', description: 'Chat room that hears of a new installation' }),
      textField('installOn', 'Install On', { placeholder: 'e.g. 2026-04-07', description: 'Day a technician is scheduled; empty when the customer is to be called' }),
    ]),
  ],
  run: ({ read }) => {
    const options = read.options('options');
    const dispatchRoom = options.text('dispatchRoom');
    const order = read.object('order') as unknown as ProductOrder;
    if (read.text('moment') === 'activated') return orderNotices(order, { is: 'activated' });
    return orderNotices(order, { is: 'confirmed', installOn: options.text('installOn') ?? null, ...(dispatchRoom === undefined ? {} : { dispatchRoom }) });
  },
});
