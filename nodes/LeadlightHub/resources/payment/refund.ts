import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { paymentFields, readPayment } from './fields.ts';

const refundOptions = optionsField([textField('reference', 'Reference', { placeholder: 'e.g. router-returned', description: 'Tells one refund from the next of the same amount; the same reference is the same refund' })]);

/** The undo of a capture. */
export const refund = defineOperation<HubClient>({
  value: 'refund',
  name: 'Refund',
  action: 'Refund payment',
  description: 'Give captured money back, whole or in part, never more than is left; nought is refused',
  fields: [...paymentFields, refundOptions],
  run: ({ read, client }) => {
    const reference = read.options('options').text('reference');
    return client.payments.refund({ ...readPayment(read), ...(reference === undefined ? {} : { reference }) });
  },
});
