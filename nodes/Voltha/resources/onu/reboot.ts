import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { serial } from './fields.ts';

/** Restarts the ONU of one customer. */
export const reboot = defineOperation<HubClient>({
  value: 'reboot',
  name: 'Reboot',
  action: 'Reboot ONU',
  description: 'Restart an ONU; the subscriber is offline for about two minutes',
  fields: [serial],
  run: ({ read, client }) => client.voltha.reboot(read.text('serial')),
});
