import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { run } from './fields.ts';

/** How far a run is. */
export const get = defineOperation<HubClient>({
  value: 'get',
  name: 'Get Status',
  action: 'Get status of migration',
  description: 'Read how far a migration is: devices by state and by OLT, its waves, and the devices a person has to look at',
  fields: [run],
  run: ({ read, client }) => client.acsMigration.get(read.picked('run')),
});
