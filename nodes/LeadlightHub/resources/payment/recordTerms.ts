import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { amountField, currencyField, orderField, readPrice } from './fields.ts';

/** Payment by invoice: nothing is authorised, the due day is known. */
export const recordTerms = defineOperation<HubClient>({
  value: 'recordTerms',
  name: 'Record Invoice Terms',
  action: 'Record invoice terms',
  description: 'Record that an order is paid by invoice, e.g. Net-30, and get the day it is due; the payment ID it gives is verified and captured like any other, without taking money',
  fields: [
    orderField, amountField, currencyField,
    textField('invoicedOn', 'Invoiced On', { default: '={{ $now.toISODate() }}', description: 'Day of the invoice, as YYYY-MM-DD' }),
    numberField('netDays', 'Net Days', 30, 'Days from the invoice until it is due', { minValue: 0, maxValue: 365 }),
  ],
  run: ({ read, client }) => client.payments.recordTerms({ orderId: read.text('orderId'), ...readPrice(read), invoicedOn: read.text('invoicedOn'), netDays: read.number('netDays') }),
});
