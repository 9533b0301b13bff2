import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { serial } from './fields.ts';

/** Cuts a customer off without forgetting the service. */
export const suspend = defineOperation<HubClient>({
  value: 'suspend',
  name: 'Suspend',
  action: 'Suspend service of ONU',
  description: 'Switch the service of an ONU off in the controller, keeping its VLANs and speed, and read back that it is off',
  fields: [serial],
  run: ({ read, client }) => client.voltha.suspend(read.text('serial')),
});
