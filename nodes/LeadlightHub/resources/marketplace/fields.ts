import type { INodeProperties } from 'n8n-workflow';
import { textField } from '../../../shared/fields.ts';

export const subscriptionField: INodeProperties = {
  displayName: 'Subscription',
  name: 'subscription',
  type: 'resourceLocator',
  required: true,
  default: { mode: 'list', value: '' },
  description: 'The subscription a customer bought on the Azure Marketplace',
  modes: [
    { displayName: 'From List', name: 'list', type: 'list', placeholder: 'Choose a subscription…', typeOptions: { searchListMethod: 'searchMarketplaceSubscriptions', searchable: true } },
    { displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 37f9dea2-4345-438f-b0bd-03d40d28c7e0' },
  ],
};
export const planField = textField('planId', 'Plan ID', { placeholder: 'e.g. gold', description: 'Plan of the offer, as it is named in Partner Center' });
