import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';

/** How many are linked, and how far a run is. */
export const getReport = defineOperation<HubClient>({
  value: 'getReport',
  name: 'Get Report',
  action: 'Get link report',
  description: 'Say how many drops are matched, ambiguous, unmatched or decided by a person, and how far the run in progress is',
  fields: [],
  run: async ({ client }) => ({ ...(await client.addresses.linkReport()), run: await client.addresses.linkRun() }),
});
