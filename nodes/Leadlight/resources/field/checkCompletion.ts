import { checkCompletion as decide, defaultCompletionPolicy, type CompletionPolicy, type CompletionReport, type ProductOrder } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, optionsField } from '../../../shared/fields.ts';
import { policyOption } from '../../fields.ts';

/** Whether an installation may be closed (S1-117). */
export const checkCompletion = defineOperation<undefined>({
  value: 'checkCompletion',
  name: 'Check Completion',
  action: 'Check completion of installation',
  description: 'Say whether a technician may close a job: every check of what was ordered was made and passed; missing and failed ones are listed',
  fields: [
    jsonField('report', 'Report', 'Of the technician: speedTest with downMbps and upMbps, wifi24, wifi5, tvChannels, dialTone', { default: '={{ $json }}' }),
    jsonField('order', 'Order', 'The order that was installed', { default: '={{ $json.order }}' }),
    optionsField([policyOption]),
  ],
  run: ({ read }) => {
    const policy = read.options('options').json('policy') as Partial<CompletionPolicy> | undefined;
    return decide(read.given('report') as CompletionReport, read.object('order') as unknown as ProductOrder, { ...defaultCompletionPolicy, ...policy });
  },
});
