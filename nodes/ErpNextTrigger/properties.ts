import type { INodeProperties } from 'n8n-workflow';
import { docType } from '../shared/erpNext.ts';
import { jsonField, numberField, optionsField, textField } from '../shared/fields.ts';

const events: readonly { readonly name: string; readonly value: string; readonly description: string }[] = [
  { name: 'Cancelled', value: 'on_cancel', description: 'A submitted document was cancelled' },
  { name: 'Changed', value: 'on_change', description: 'Any save after the first, whatever its state' },
  { name: 'Created', value: 'after_insert', description: 'It was saved for the first time' },
  { name: 'Deleted', value: 'on_trash', description: 'It is about to be gone; polling cannot see that' },
  { name: 'Saved', value: 'on_update', description: 'Created, saved as a draft, or submitted' },
  { name: 'Submitted', value: 'on_submit', description: 'It became final, such as an invoice or a payment' },
  { name: 'Updated After Submit', value: 'on_update_after_submit', description: 'A submitted document was saved again' },
];

export const properties: INodeProperties[] = [
  {
    displayName: 'Start',
    name: 'notice',
    type: 'options',
    options: [
      { name: 'Every So Often by Polling', value: 'polling', description: 'Asks what was saved at each poll time; needs only the right to read' },
      { name: 'Instantly by Webhook', value: 'webhook', description: 'Makes webhooks in ERPNext, for which the user must be a System Manager; at each poll time looks for what they lost' },
    ],
    default: 'webhook',
    noDataExpression: true,
    description: 'How the workflow hears of documents',
  },
  docType,
  { displayName: 'Events', name: 'events', type: 'multiOptions', options: [...events], default: ['after_insert'], required: true, description: 'What starts the workflow; polling sees that a document was saved and its state, not each event' },
  textField('fields', 'Fields', { required: false, placeholder: 'e.g. customer, status, grand_total', description: 'Fields to give along with the document, separated by commas' }),
  optionsField([
    jsonField('filters', 'Filters', 'Only documents that fit, as a list of [field, operator, value]; a webhook takes the operators =, !=, in, not in', { placeholder: 'e.g. [["status", "=", "Open"]]' }),
    numberField('lookBackMinutes', 'Look Back Minutes', 5, 'ERPNext stamps a document before it writes it: look back this far at each poll, so that none is lost', { minValue: 1, maxValue: 60 }),
    { displayName: 'Look for Lost Ones', name: 'reconcile', type: 'boolean', default: true, description: 'Whether each poll time also starts the workflow for saves that no webhook told, with the event "saved"; ERPNext gives a delivery up after three tries, and a payment changes its invoice without any event', displayOptions: { show: { '/notice': ['webhook'] } } },
  ]),
];
