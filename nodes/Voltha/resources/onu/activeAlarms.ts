import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { serial } from './fields.ts';

/** What an ONU complains about now. */
export const activeAlarms = defineOperation<HubClient>({
  value: 'activeAlarms',
  name: 'Get Active Alarms',
  action: 'Get active alarms of ONU',
  description: 'List the alarms an ONU holds active now, one item with all of them; none is an empty list',
  fields: [serial],
  run: ({ read, client }) => client.voltha.alarms(read.text('serial')),
});
