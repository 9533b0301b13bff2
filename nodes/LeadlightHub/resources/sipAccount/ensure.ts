import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { serial } from '../device/fields.ts';

/** Makes the account once, or repairs its password; a suspended one stays suspended. */
export const ensure = defineOperation<HubClient>({
  value: 'ensure',
  name: 'Ensure',
  action: 'Ensure SIP account',
  description: 'Make the SIP account of a device in Routr, with the password the hub keeps for it; may be repeated, and passes over a hub without Routr',
  fields: [serial],
  run: ({ read, client }) => client.sipAccounts.ensure(read.text('serial')),
});
