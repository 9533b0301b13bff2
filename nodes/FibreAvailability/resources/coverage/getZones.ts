import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';

export const getZones = defineOperation<HubClient>({
  value: 'getZones',
  name: 'Get Zones',
  action: 'Get expansion zones',
  description: 'List the expansion zones with their municipalities',
  fields: [],
  run: async ({ client }) => (await client.coverage.zones()).zones,
});
