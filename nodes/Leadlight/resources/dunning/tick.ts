import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField } from '../../../shared/fields.ts';
import { nowField } from '../../fields.ts';
import { caseField, decided, policyField } from './fields.ts';

/** What time alone brings: retries, reminders, suspension, termination (S0-10, S0-84, S0-85). */
export const tick = defineOperation<undefined>({
  value: 'tick',
  name: 'Tick',
  action: 'Tick dunning case',
  description: 'Do everything of a case that is overdue, in order: retries, reminders, fees; before anybody is suspended the balance is asked for; one late tick does what several would have',
  fields: [caseField, nowField, optionsField([policyField])],
  run: ({ read }) => decided(read, () => ({ type: 'tick' })),
});
