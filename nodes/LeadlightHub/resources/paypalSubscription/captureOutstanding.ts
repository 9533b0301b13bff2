import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { idField } from './fields.ts';

export const captureOutstanding = defineOperation<HubClient>({
  value: 'captureOutstanding',
  name: 'Capture Outstanding',
  action: 'Capture outstanding balance',
  description: 'Take what failed payments of a subscription left unpaid, whole or in part, never more',
  fields: [
    idField,
    numberField('amountMinor', 'Amount (Minor Units)', 0, 'What is taken, in cents', { minValue: 0 }),
    textField('currency', 'Currency', { default: 'CAD', description: 'ISO 4217 code; that of the subscription' }),
    textField('note', 'Note', { placeholder: 'e.g. April', description: 'What it is for; the customer reads it at PayPal' }),
  ],
  run: ({ read, client }) => client.paypalBilling.capture(read.text('paypalId'), { amountMinor: read.number('amountMinor'), currency: read.text('currency').toUpperCase(), note: read.text('note') }),
});
