import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { scope, scopeOf } from './fields.ts';

/** A dry run of the migration; nothing is written anywhere. */
export const plan = defineOperation<HubClient>({
  value: 'plan',
  name: 'Plan',
  action: 'Plan migration',
  description: 'Look at every device in GenieACS and Oktopus without writing: which may move, in which waves, and which presets stand in the way',
  fields: [scope],
  run: ({ read, client }) => client.acsMigration.plan(scopeOf(read.options('options'))),
});
