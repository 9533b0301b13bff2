import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { username } from './fields.ts';

/** Ends sessions; leaves the account as it is. */
export const disconnect = defineOperation<HubClient>({
  value: 'disconnect',
  name: 'Disconnect',
  action: 'Disconnect subscriber',
  description: 'End the open sessions of a subscriber, who may log in again at once',
  fields: [username],
  run: ({ read, client }) => client.radius.disconnect(read.text('username')),
});
