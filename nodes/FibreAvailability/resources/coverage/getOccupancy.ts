import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';

/** How full the network is. */
export const getOccupancy = defineOperation<HubClient>({
  value: 'getOccupancy',
  name: 'Get Occupancy',
  action: 'Get occupancy',
  description: 'Count drops, connected and available per location with its OLTs, and the totals; available is total less connected on every row',
  fields: [],
  run: ({ client }) => client.coverage.occupancy(),
});
