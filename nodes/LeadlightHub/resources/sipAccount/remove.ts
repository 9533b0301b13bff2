import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { serial } from '../device/fields.ts';

/** Takes the account and its credentials away. */
export const remove = defineOperation<HubClient>({
  value: 'remove',
  name: 'Remove',
  action: 'Remove SIP account',
  description: 'Remove the SIP account of a device and its credentials from Routr; not there already is fine',
  fields: [serial],
  run: ({ read, client }) => client.sipAccounts.remove(read.text('serial')),
});
