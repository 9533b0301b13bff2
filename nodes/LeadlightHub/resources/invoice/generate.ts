import type { GenerateInvoice } from '../../../../packages/hub/src/api.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, numberField, optionsField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';

const account = { id: 'acc_1', currency: 'CAD', jurisdiction: 'CA-QC' };
const subscription = { id: 'sub_1', start: '2026-04-01', items: [{ key: 'internet', terms: [{ from: '2026-04-01', sku: 'FTTH150I', description: 'Fibre Internet 150M/150M', unitMinor: 9995 }] }] };

/** What is owed becomes a numbered invoice, once (S2-094, S2-117). */
export const generate = defineOperation<HubClient>({
  value: 'generate',
  name: 'Generate',
  action: 'Generate invoice',
  description: 'Bill what a subscription owes by a day as an invoice or credit note, number it INV-YYYYMM-NNNN without gaps and keep it in the hub; asked again it is the same invoice, and nothing owed is said so',
  fields: [
    jsonField('account', 'Account', 'Who is billed: ID, currency, jurisdiction and, if there are any, exemptions', { default: JSON.stringify(account, null, 2) }),
    jsonField('subscription', 'Subscription', 'What was sold and when, as Bill View and Subscribe of the Leadlight node make it', { default: JSON.stringify(subscription, null, 2) }),
    optionsField([
      textField('asOf', 'As Of', { placeholder: 'e.g. 2026-05-01', description: 'Day of the invoice; left out, today in the zone of the hub' }),
      numberField('creditMinor', 'Credit (Minor Units)', 0, 'The credit of the account, in cents: it pays first', { minValue: 0 }),
      jsonField('policy', 'Policy', 'Billing policy: version and dueInDays; without it the built-in one', { default: '{}' }),
      textField('since', 'Since', { placeholder: 'e.g. 2026-04-01', description: 'Periods that ended by this day are closed and not looked at again' }),
      jsonField('taxTable', 'Tax Table', 'Taxes by jurisdiction and day; without it the built-in table of Canada', { default: '{}' }),
    ]),
  ],
  run: ({ read, client }) => {
    const [billed, of, options] = [read.object('account'), read.object('subscription'), read.options('options')];
    const given = { asOf: options.text('asOf'), since: options.text('since'), creditMinor: options.number('creditMinor'), taxTable: options.json('taxTable'), policy: options.json('policy') };
    const body = { account: billed, subscription: of, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
    return client.invoices.generate(String(of['id'] ?? ''), body as unknown as GenerateInvoice);
  },
});
