import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { username } from './fields.ts';

/** The undo of Suspend. */
export const resume = defineOperation<HubClient>({
  value: 'resume',
  name: 'Resume',
  action: 'Resume subscriber',
  description: 'Give a suspended subscriber the plan back, in the tables and in every open session',
  fields: [username],
  run: ({ read, client }) => client.radius.resume(read.text('username')),
});
