import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { serial } from '../device/fields.ts';

/** How the account stands, read from Routr. */
export const get = defineOperation<HubClient>({
  value: 'get',
  name: 'Get',
  action: 'Get SIP account',
  description: 'Read how the SIP account of a device stands in Routr: active, suspended, absent, unprotected or notManaged',
  fields: [serial],
  run: ({ read, client }) => client.sipAccounts.get(read.text('serial')),
});
