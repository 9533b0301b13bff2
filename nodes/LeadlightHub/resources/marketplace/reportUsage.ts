import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { planField, subscriptionField } from './fields.ts';

/** One per subscription, dimension and clock hour: sent again it counts as taken. */
export const reportUsage = defineOperation<HubClient>({
  value: 'reportUsage',
  name: 'Report Usage',
  action: 'Report marketplace usage',
  description: 'Report metered use beyond the base fee of the plan, once per dimension and clock hour and within a day; safe to repeat',
  fields: [
    subscriptionField, planField,
    textField('dimension', 'Dimension', { placeholder: 'e.g. devices', description: 'ID of the dimension in Partner Center' }),
    numberField('units', 'Quantity', 1, 'Units used beyond what the plan includes', { minValue: 0 }),
    textField('at', 'Hour', { default: '={{ $now.minus({ hours: 1 }).startOf("hour").toUTC().toISO() }}', description: 'When it was used, in UTC; only the clock hour counts' }),
  ],
  run: async ({ read, client }) => (await client.marketplace.reportUsage([{ subscriptionId: read.picked('subscription'), planId: read.text('planId'), dimension: read.text('dimension'), quantity: read.number('units'), at: read.text('at') }])).results,
});
