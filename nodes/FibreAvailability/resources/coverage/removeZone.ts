import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { zoneName } from './setZone.ts';

export const removeZone = defineOperation<HubClient>({
  value: 'removeZone',
  name: 'Remove Zone',
  action: 'Remove expansion zone',
  description: 'Take an expansion zone away, when it was built or given up',
  fields: [zoneName],
  run: ({ read, client }) => client.coverage.removeZone(read.text('zone')),
});
