import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { by, serial } from './fields.ts';
import { switched } from './switched.ts';

/** Stops light to one customer without forgetting the service. */
export const disable = defineOperation<HubClient>({
  value: 'disable',
  name: 'Disable',
  action: 'Disable ONU',
  description: 'Switch an ONU off without removing its service, and read back that it is disabled',
  fields: [serial, by],
  run: ({ read, client }) => client.voltha.disable(read.text('serial'), switched(read)),
});
