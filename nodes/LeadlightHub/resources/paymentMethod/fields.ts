import type { INodeProperties } from 'n8n-workflow';

export { accountField } from '../payment/fields.ts';
export const methodField: INodeProperties = {
  displayName: 'Payment Method',
  name: 'method',
  type: 'resourceLocator',
  required: true,
  default: { mode: 'list', value: '' },
  description: 'The stored card, as it is listed for the account',
  modes: [
    { displayName: 'From List', name: 'list', type: 'list', placeholder: 'Choose a card…', typeOptions: { searchListMethod: 'searchPaymentMethods', searchable: true } },
    { displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. pm_1NxQ7mK2' },
  ],
};
