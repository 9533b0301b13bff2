import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { subscriberField } from '../../fields.ts';

/** All of one subscriber, each with its own result. */
export const disconnectAll = defineOperation<HubClient>({
  value: 'disconnectAll',
  name: 'Disconnect All',
  action: 'Disconnect all sessions',
  description: 'End every session of a subscriber; the answer counts those that ended and names those that did not, with the reason',
  fields: [subscriberField],
  run: ({ read, client }) => client.radius.sessions.disconnect({ username: read.picked('username') }),
});
