import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';

export const getOlts = defineOperation<HubClient>({
  value: 'getOlts',
  name: 'Get OLTs',
  action: 'Get OLT capacities',
  description: 'List what is known of the OLTs: technology, split, uplink and what is sold; the speed on drops of others is their own column',
  fields: [],
  run: async ({ client }) => (await client.coverage.olts()).olts,
});
