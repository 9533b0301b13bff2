import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { enforceField, enforceOf, reasons, subscriberField } from '../../fields.ts';

/** The undo of Suspend. */
export const resume = defineOperation<HubClient>({
  value: 'resume',
  name: 'Resume',
  action: 'Resume subscriber',
  description: 'Lift the suspension of one reason and, when no other is left, give the plan back, in the tables and in running sessions',
  fields: [subscriberField, choiceField('reason', 'Reason', { ...reasons, any: 'Any' }, 'nonPayment', 'Which suspension is lifted; a payment does not lift one for abuse'), enforceField],
  run: ({ read, client }) => client.radius.resume(read.picked('username'), { reason: read.text('reason'), enforce: enforceOf(read) }),
});
