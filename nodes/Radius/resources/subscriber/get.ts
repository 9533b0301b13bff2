import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { subscriberField } from '../../fields.ts';

/** The state as the tables hold it, with the open sessions. */
export const get = defineOperation<HubClient>({
  value: 'get',
  name: 'Get',
  action: 'Get subscriber',
  description: 'Read what RADIUS would answer for a subscriber: access, speeds, plan group, address, attributes and open sessions',
  fields: [subscriberField],
  run: ({ read, client }) => client.radius.get(read.picked('username')),
});
