import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { enforceField, enforceOf, planFields, planOf, subscriberField } from '../../fields.ts';

/** Another plan now, with proof. */
export const changePlan = defineOperation<HubClient>({
  value: 'changePlan',
  name: 'Change Plan',
  action: 'Change plan of subscriber',
  description: 'Move a subscriber to another plan: the tables first, then the running sessions; Enforced in the answer says whether these have it already',
  fields: [subscriberField, ...planFields, enforceField],
  run: ({ read, client }) => client.radius.changePlan(read.picked('username'), { ...planOf(read), enforce: enforceOf(read) }),
});
