import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { subscriberField } from '../../fields.ts';

/** The undo of Block. */
export const unblock = defineOperation<HubClient>({
  value: 'unblock',
  name: 'Unblock',
  action: 'Unblock subscriber',
  description: 'Let a blocked subscriber log in again; a suspension beside it stays',
  fields: [subscriberField],
  run: ({ read, client }) => client.radius.unblock(read.picked('username')),
});
