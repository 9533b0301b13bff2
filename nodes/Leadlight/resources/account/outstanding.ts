import { ledger } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { dayField } from '../../fields.ts';
import { accountField, accountOf } from './fields.ts';

/** What is overdue on a day, for Dunning. */
export const outstanding = defineOperation<undefined>({
  value: 'outstanding',
  name: 'Outstanding',
  action: 'Look up outstanding amount of account',
  description: 'Say how much is overdue on a day and since when: what was due on a day before and is still open',
  fields: [accountField, dayField('on', 'Day', 'Day the question is asked about')],
  run: ({ read }) => accountOf(read, (account) => ledger.outstanding(account, read.text('on'))),
});
