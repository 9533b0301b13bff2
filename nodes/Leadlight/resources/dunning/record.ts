import type { DunningCommand } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField } from '../../../shared/fields.ts';
import { commandFields, commandOf } from '../../commands.ts';
import { nowField } from '../../fields.ts';
import { dunningCommands } from './commands.ts';
import { caseField, decided, policyField } from './fields.ts';

/** What happened in a case, and what follows: a payment ends it at any time (S0-11, S0-86). */
export const record = defineOperation<undefined>({
  value: 'record',
  name: 'Record',
  action: 'Record in dunning case',
  description: 'Tell a case what happened: a payment, a decline, a promise, an arrangement, a dispute, a shield, the balance; it is heard before what is overdue, so that a payment beats the suspension of the same instant',
  fields: [caseField, ...commandFields(dunningCommands, 'paid'), nowField, optionsField([policyField])],
  run: ({ read }) => decided(read, () => commandOf<DunningCommand>(read, dunningCommands)),
});
