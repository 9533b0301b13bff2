import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { enforceField, enforceOf, reasons, subscriberField } from '../../fields.ts';

/** Stops service, not billing; the undo is Resume. */
export const suspend = defineOperation<HubClient>({
  value: 'suspend',
  name: 'Suspend',
  action: 'Suspend subscriber',
  description: 'Put a subscriber behind the walled garden of a reason, so that the pay page stays in reach, in the tables and in running sessions',
  fields: [subscriberField, choiceField('reason', 'Reason', reasons, 'nonPayment', 'Which walled garden: each reason has its own list on the router and can show its own page'), enforceField],
  run: ({ read, client }) => client.radius.suspend(read.picked('username'), { reason: read.text('reason'), enforce: enforceOf(read) }),
});
