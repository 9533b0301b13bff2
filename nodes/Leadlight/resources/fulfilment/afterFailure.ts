import { afterStepFailure, type FulfilmentPlan, type StepFailure } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, jsonField, numberField, textField } from '../../../shared/fields.ts';

const seen = { applied: 'Applied', notApplied: 'Not Applied', notLooked: 'Not Looked Yet', unknown: 'Unknown' };

/** What to do when a step failed: look, repeat, undo, go on, or call a person (S0-88…92). */
export const afterFailure = defineOperation<undefined>({
  value: 'afterFailure',
  name: 'Decide After Failure',
  action: 'Decide after failure of fulfilment',
  description: 'Say what to do when a step of an order did not succeed: look first, repeat after a delay, undo what was done, go on, or call the person who owns it',
  fields: [
    jsonField('plan', 'Plan', 'The plan of the order, as Order: Plan gave it'),
    jsonField('done', 'Done', 'Keys of the steps that are done', { default: '[]' }),
    textField('failedStep', 'Failed Step', { placeholder: 'e.g. capturePayment', description: 'Key of the step that did not succeed' }),
    jsonField('failure', 'Failure', 'What it answered: a refusal, or the details of an item on the error output', { default: '={{ $json.details ?? $json }}' }),
    numberField('attempt', 'Attempt', 1, 'Which attempt this was', { minValue: 1 }),
    choiceField('observed', 'Observed', seen, 'notLooked', 'What a look at the system showed since'),
  ],
  run: ({ read }) => {
    const observed = read.text('observed');
    return afterStepFailure({
      plan: read.object('plan') as unknown as FulfilmentPlan,
      done: read.json('done') as readonly string[],
      failed: read.text('failedStep'),
      failure: read.object('failure') as unknown as StepFailure,
      attempt: read.number('attempt'),
      ...(observed === 'applied' || observed === 'notApplied' || observed === 'unknown' ? { observed } : {}),
    });
  },
});
