import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';

/** The orphan report. */
export const findStrays = defineOperation<HubClient>({
  value: 'findStrays',
  name: 'Find Strays',
  action: 'Find strays among subscribers',
  description: 'Report what lies wrong in the tables: accounts without a group or password, double passwords, several plans, empty groups and unused plans',
  fields: [],
  run: ({ client }) => client.radius.strays(),
});
