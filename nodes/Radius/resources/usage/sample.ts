import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';

/** What makes usage by day possible. */
export const sample = defineOperation<HubClient>({
  value: 'sample',
  name: 'Sample',
  action: 'Sample usage of all sessions',
  description: 'Keep the counters of every session as they are now; scheduled every hour it lets Get tell the days of long sessions apart',
  fields: [],
  run: ({ client }) => client.radius.sampleUsage(),
});
