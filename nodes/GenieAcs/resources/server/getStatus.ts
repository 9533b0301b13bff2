import { defineOperation } from '../../../shared/defineOperation.ts';
import type { GenieAcs } from '../../connect.ts';

/** A cheap read that proves address and credentials. */
export const getStatus = defineOperation<GenieAcs>({
  value: 'getStatus',
  name: 'Get Status',
  action: 'Get status of server',
  description: 'Tell version and number of CPEs, and warn when this version is not the one Leadlight is certified for',
  fields: [],
  run: ({ client }) => client.status(),
});
