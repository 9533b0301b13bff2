import { rateUsage } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField } from '../../../shared/fields.ts';
import { meterField, monthField, recordsField, subscriptionId, usageOf, usageOptions } from './fields.ts';

/** What was used in a month and what it costs (S2-055, S2-057). */
export const rate = defineOperation<undefined>({
  value: 'rate',
  name: 'Rate',
  action: 'Rate usage',
  description: 'Add up what was used in a month and price what is over the included units, as a charge for Billing; gives what rolls over, what to warn of and what came late',
  fields: [subscriptionId, meterField, monthField, recordsField, optionsField([...usageOptions])],
  run: ({ read }) => usageOf(read, rateUsage),
});
