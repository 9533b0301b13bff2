import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { subscriberField } from '../../fields.ts';

/** Cuts off altogether; the undo is Unblock. */
export const block = defineOperation<HubClient>({
  value: 'block',
  name: 'Block',
  action: 'Block subscriber',
  description: 'Refuse every login of a subscriber and end the running sessions; unlike Suspend it leaves no pay page in reach',
  fields: [subscriberField],
  run: ({ read, client }) => client.radius.block(read.picked('username'), { enforce: 'disconnect' }),
});
