import { defineOperation } from '../../../shared/defineOperation.ts';
import { returnAllFields } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import type { RadiusPlan } from '../../../../packages/hub/src/api.ts';
import { pages } from '../../fields.ts';

/** Plans as RADIUS has them. */
export const getMany = defineOperation<HubClient>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many plans',
  description: 'List the plans in RADIUS with their speeds, attributes and how many subscribers are on each',
  fields: [...returnAllFields],
  run: ({ read, client }) => pages<RadiusPlan>(read, (limit, last) => client.radius.plans.list({ limit, ...(last ? { after: last.group } : {}) })),
});
