import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { username } from './fields.ts';

/** Stops service, not billing; the undo is Resume. */
export const suspend = defineOperation<HubClient>({
  value: 'suspend',
  name: 'Suspend',
  action: 'Suspend subscriber',
  description: 'Put a subscriber behind the walled garden, in the tables and in every open session',
  fields: [username],
  run: ({ read, client }) => client.radius.suspend(read.text('username')),
});
