import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { subscriberField } from '../../fields.ts';

/** Ends sessions and fails when one stays; leaves the account as it is. */
export const disconnect = defineOperation<HubClient>({
  value: 'disconnect',
  name: 'Disconnect',
  action: 'Disconnect subscriber',
  description: 'End the open sessions of a subscriber, who may log in again at once; fails when one of them stays',
  fields: [subscriberField],
  run: ({ read, client }) => client.radius.disconnect(read.picked('username')),
});
