import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { subscriberField } from '../../fields.ts';

/** The undo of Ensure. */
export const remove = defineOperation<HubClient>({
  value: 'remove',
  name: 'Remove',
  action: 'Remove subscriber',
  description: 'Delete a subscriber from the RADIUS tables and end the open sessions; accounting stays for billing and law',
  fields: [subscriberField],
  run: ({ read, client }) => client.radius.remove(read.picked('username')),
});
