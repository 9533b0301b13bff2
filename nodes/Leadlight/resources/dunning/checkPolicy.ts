import { checkDunningPolicy, defaultDunningPolicy } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField } from '../../../shared/fields.ts';
import { textOf } from '../../examples.ts';

/** Whether a dunning policy can be followed. */
export const checkPolicy = defineOperation<undefined>({
  value: 'checkPolicy',
  name: 'Check Policy',
  action: 'Check dunning policy',
  description: 'Say whether a dunning policy can be followed and does not contradict itself: steps that rise, suspension after grace and notice, days that exist',
  fields: [jsonField('policy', 'Policy', 'The dunning policy, whole', { default: textOf(defaultDunningPolicy) })],
  run: ({ read }) => checkDunningPolicy(read.given('policy')),
});
