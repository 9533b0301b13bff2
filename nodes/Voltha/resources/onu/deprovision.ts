import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { serial } from './fields.ts';

/** The undo of Provision. */
export const deprovision = defineOperation<HubClient>({
  value: 'deprovision',
  name: 'Deprovision',
  action: 'Deprovision ONU',
  description: 'Take the subscriber off an ONU and remove its speed profiles, then read back that no flow is left',
  fields: [serial],
  run: ({ read, client }) => client.voltha.deprovision(read.text('serial')),
});
