import type { SubscriptionCommand } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField } from '../../../shared/fields.ts';
import { commandFields, commandOf } from '../../commands.ts';
import { nowField } from '../../fields.ts';
import { subscriptionCommands } from './commands.ts';
import { decided, plansField, policyField, stateField, stateOf } from './fields.ts';

/** Changes, pauses, locks and ends of a subscription (S0-09, S0-12, S0-137, S2-056, S2-061). */
export const decide = defineOperation<undefined>({
  value: 'decide',
  name: 'Decide',
  action: 'Decide on subscription',
  description: 'Change the plan of a subscription, pause, lock, cancel or resume it, or say why not; what is overdue happens first; gives the effects to carry out and when to tick next',
  fields: [stateField, plansField, ...commandFields(subscriptionCommands, 'changePlan'), nowField, optionsField([policyField])],
  run: ({ read }) => stateOf(read, (state) => decided(read, state, commandOf<SubscriptionCommand>(read, subscriptionCommands))),
});
