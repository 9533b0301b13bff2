import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';

export const get = defineOperation<HubClient>({
  value: 'get',
  name: 'Get',
  action: 'Get invoice',
  description: 'Look up an invoice or credit note of the hub by its number, with lines, taxes and what is due',
  fields: [textField('number', 'Invoice Number', { placeholder: 'e.g. INV-202604-0013', description: 'As Generate gave it; CN-… for a credit note' })],
  run: ({ read, client }) => client.invoices.get(read.text('number')),
});
