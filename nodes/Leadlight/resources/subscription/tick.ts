import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField } from '../../../shared/fields.ts';
import { nowField } from '../../fields.ts';
import { decided, dueField, plansField, policyField, stateOf } from './fields.ts';

/** What time alone brings: reminders, renewals, ends (S0-08, S0-12, S0-64). */
export const tick = defineOperation<undefined>({
  value: 'tick',
  name: 'Tick',
  action: 'Tick subscription',
  description: 'Do everything of a subscription that is overdue, in order: renewal reminders, renewals, scheduled changes, the end of a trial or of a cancelled period',
  fields: [dueField, plansField, nowField, optionsField([policyField])],
  run: ({ read }) => stateOf(read, (state) => decided(read, state, { type: 'tick' })),
});
