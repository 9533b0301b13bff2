import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { subscriptionField } from './fields.ts';

/** Microsoft waits a few seconds, then takes silence for a yes. */
export const answer = defineOperation<HubClient>({
  value: 'answer',
  name: 'Answer Operation',
  action: 'Answer marketplace operation',
  description: 'Say whether a change that the customer asked for in Azure was carried out; the event marketplace.changePlan, changeQuantity or reinstate names the operation',
  fields: [
    subscriptionField,
    textField('operationId', 'Operation ID', { default: '={{ $json.data.operationId }}', description: 'Operation that the event of the hub names' }),
    { displayName: 'Success', name: 'success', type: 'boolean', default: true, description: 'Whether the change was carried out here' },
  ],
  run: ({ read, client }) => client.marketplace.answer(read.picked('subscription'), read.text('operationId'), read.flag('success')),
});
