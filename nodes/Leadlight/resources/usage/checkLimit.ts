import { checkUsage } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField } from '../../../shared/fields.ts';
import { hardMeterField, monthField, recordsField, subscriptionId, usageOf, usageOptions } from './fields.ts';

const fewRecords = { ...recordsField, default: recordsField.default!.toString().replace('1250', '790') };

/** May so much be used now (S2-055, S2-059)? */
export const checkLimit = defineOperation<undefined>({
  value: 'checkLimit',
  name: 'Check Limit',
  action: 'Check limit of usage',
  description: 'Say whether a quantity may be used now: up to a hard limit and never beyond; over a soft one it is allowed and will be charged',
  fields: [subscriptionId, hardMeterField, monthField, fewRecords, numberField('quantity', 'Quantity', 10, 'Units that are to be used', { minValue: 0 }), optionsField([...usageOptions])],
  run: ({ read }) => usageOf(read, (input) => checkUsage(input, read.number('quantity'))),
});
