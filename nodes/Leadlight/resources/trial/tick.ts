import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField } from '../../../shared/fields.ts';
import { nowField } from '../../fields.ts';
import { decided, policyField, stateField, stateOf } from './fields.ts';

/** What time alone brings: messages, offers, expiry with grace (S2-072, S2-074, S2-078). */
export const tick = defineOperation<undefined>({
  value: 'tick',
  name: 'Tick',
  action: 'Tick trial',
  description: 'Do everything of a trial that is overdue, in order: messages and offers, each once, the end, the end of its grace',
  fields: [stateField, nowField, optionsField([policyField])],
  run: ({ read }) => stateOf(read, (state) => decided(read, state, { type: 'tick' })),
});
