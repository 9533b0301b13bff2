import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { serial } from '../device/fields.ts';

/** The undo of suspend. */
export const resume = defineOperation<HubClient>({
  value: 'resume',
  name: 'Resume',
  action: 'Resume SIP account',
  description: 'Give a suspended telephone line back, with the password the device already has',
  fields: [serial],
  run: ({ read, client }) => client.sipAccounts.resume(read.text('serial')),
});
