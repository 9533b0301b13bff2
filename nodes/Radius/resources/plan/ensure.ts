import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { planFields, planOf } from '../../fields.ts';

/** A plan before its first subscriber. */
export const ensure = defineOperation<HubClient>({
  value: 'ensure',
  name: 'Ensure',
  action: 'Ensure plan',
  description: 'Create the group of a plan with its speeds in the dialect of the access router; other speeds make another group, so nobody’s plan changes by itself',
  fields: [...planFields],
  run: ({ read, client }) => client.radius.plans.ensure(planOf(read)),
});
