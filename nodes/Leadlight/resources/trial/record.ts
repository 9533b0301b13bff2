import type { TrialCommand } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField } from '../../../shared/fields.ts';
import { commandFields, commandOf } from '../../commands.ts';
import { nowField } from '../../fields.ts';
import { trialCommands } from './commands.ts';
import { decided, policyField, stateField, stateOf } from './fields.ts';

/** Activity, extension, conversion, cancellation of a trial (S2-071, S2-073, S2-075, S2-080, S2-112, S2-113). */
export const record = defineOperation<undefined>({
  value: 'record',
  name: 'Record',
  action: 'Record in trial',
  description: 'Tell a trial what happened: activity, an extension, the conversion to a subscription, a cancellation; what is overdue happens first',
  fields: [stateField, ...commandFields(trialCommands, 'record'), nowField, optionsField([policyField])],
  run: ({ read }) => stateOf(read, (state) => decided(read, state, commandOf<TrialCommand>(read, trialCommands))),
});
