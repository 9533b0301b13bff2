import { defaultDunningPolicy, dunning } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, jsonField, optionsField, textField } from '../../../shared/fields.ts';
import { textOf } from '../../examples.ts';
import { dayField, nowField, policyOf, zoneField } from '../../fields.ts';
import { withWakeAt } from '../../lifecycle.ts';
import { list, record, shaped, text } from '../../shaped.ts';
import { opening, policyField } from './fields.ts';

const when = (trigger: string) => ({ displayOptions: { show: { trigger: [trigger] } } });

/** Opens a case: a charge failed, or an invoice on terms was not paid (S0-80…S0-83). */
export const open = defineOperation<undefined>({
  value: 'open',
  name: 'Open',
  action: 'Open dunning case',
  description: 'Open a case of unpaid invoices: gives the case, the effects to carry out now (another method, a notice) and when to tick next; service stays up during grace',
  fields: [
    textField('caseId', 'Case ID', { default: 'dun_1', placeholder: 'e.g. dun_1', description: 'All effects of the case carry it' }),
    textField('accountId', 'Account ID', { default: 'acc_1', placeholder: 'e.g. acc_1', description: 'The account that owes' }),
    jsonField('invoices', 'Invoices', 'What is owed, oldest first: id and amountMinor', { default: textOf(opening.invoices) }),
    jsonField('methods', 'Payment Methods', 'Stored methods as opaque IDs, in the order they are tried; never card data', { default: textOf(opening.methods) }),
    choiceField('trigger', 'Trigger', { chargeFailed: 'Charge Failed', pastDue: 'Past Due' }, 'chargeFailed', 'What began it'),
    { ...textField('failedAt', 'Failed At', { default: '={{ $now.toUTC().toISO() }}', description: 'When the first charge failed, as an instant in UTC' }), ...when('chargeFailed') },
    { ...textField('method', 'Failed Method', { default: 'pm_1', placeholder: 'e.g. pm_1', description: 'The method that was declined' }), ...when('chargeFailed') },
    { ...textField('code', 'Decline Code', { default: 'insufficient_funds', placeholder: 'e.g. insufficient_funds', description: 'Why, in the words of the payment provider; hard declines are not tried again' }), ...when('chargeFailed') },
    { ...dayField('dueOn', 'Due On', 'Day by which the invoices were to be paid', '={{ $now.minus({ days: 2 }).toISODate() }}'), ...when('pastDue') },
    textField('currency', 'Currency', { default: 'CAD', description: 'Of the account, as ISO 4217' }),
    zoneField,
    nowField,
    optionsField([policyField]),
  ],
  run: ({ read }) =>
    shaped(read, { invoices: list(record(['id', 'amountMinor'])), methods: list(text) }, (owed) => {
      const trigger = read.text('trigger') === 'pastDue' ? { dueOn: read.text('dueOn') } : { failedAt: read.text('failedAt'), method: read.text('method'), code: read.text('code') };
      const input = { ...owed, ...trigger, caseId: read.text('caseId'), accountId: read.text('accountId'), zone: read.text('zone'), currency: read.text('currency') };
      return withWakeAt(dunning.open(input, read.text('now'), policyOf(read.options('options'), defaultDunningPolicy)), dunning.wakeAt);
    }),
});
