import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { accountField, amountField, chargeOptions, currencyField, invoiceField, readPrice } from './fields.ts';

/** A renewal: the customer is away. A decline is data with `action`: updateCard, retryLater or stop. */
export const charge = defineOperation<HubClient>({
  value: 'charge',
  name: 'Charge Stored Card',
  action: 'Charge stored card',
  description: 'Charge the stored card of an account for an invoice while the customer is away; safe to repeat, and a decline says whether to retry, ask for another card or stop',
  fields: [accountField, invoiceField, amountField, currencyField, chargeOptions],
  run: ({ read, client }) => {
    const options = read.options('options');
    const [attempt, paymentMethod] = [options.number('attempt'), options.text('paymentMethod')];
    return client.payments.charge({ accountId: read.text('accountId'), invoiceId: read.text('invoiceId'), ...readPrice(read), ...(attempt === undefined ? {} : { attempt }), ...(paymentMethod === undefined ? {} : { paymentMethod }) });
  },
});
