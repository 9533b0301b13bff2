import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { subscriberField } from '../../fields.ts';
import { acctSessionId } from './fields.ts';

/** One session. */
export const disconnect = defineOperation<HubClient>({
  value: 'disconnect',
  name: 'Disconnect',
  action: 'Disconnect session',
  description: 'End one session of a subscriber; one the router no longer has counts as done and is closed in accounting',
  fields: [subscriberField, acctSessionId],
  run: ({ read, client }) => client.radius.sessions.disconnect({ username: read.picked('username'), acctSessionId: read.text('acctSessionId') }),
});
