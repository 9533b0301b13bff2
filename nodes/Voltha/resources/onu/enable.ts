import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { by, serial } from './fields.ts';
import { switched } from './switched.ts';

/** The undo of Disable. */
export const enable = defineOperation<HubClient>({
  value: 'enable',
  name: 'Enable',
  action: 'Enable ONU',
  description: 'Switch an ONU on and read back that it is enabled',
  fields: [serial, by],
  run: ({ read, client }) => client.voltha.enable(read.text('serial'), switched(read)),
});
