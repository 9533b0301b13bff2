import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { serial } from '../device/fields.ts';

/** Puts the password away, so that nothing registers. */
export const suspend = defineOperation<HubClient>({
  value: 'suspend',
  name: 'Suspend',
  action: 'Suspend SIP account',
  description: 'Stop the telephone line of a device: no call goes out and the phone registers no more; its password is kept for Resume',
  fields: [serial],
  run: ({ read, client }) => client.sipAccounts.suspend(read.text('serial')),
});
