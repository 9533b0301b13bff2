import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { planGroup } from './fields.ts';

/** Refused while somebody is on it. */
export const deletePlan = defineOperation<HubClient>({
  value: 'delete',
  name: 'Delete',
  action: 'Delete plan',
  description: 'Delete a plan that no subscriber is on; one that is in use is refused with how many are on it',
  fields: [planGroup],
  run: ({ read, client }) => client.radius.plans.delete(read.picked('group')),
});
