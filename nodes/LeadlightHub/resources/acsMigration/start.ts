import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { scope, scopeOf } from './fields.ts';

/** Starts a run or finds it again; the hub then goes on by itself, wave after wave. */
export const start = defineOperation<HubClient>({
  value: 'start',
  name: 'Start',
  action: 'Start migration',
  description: 'Move devices from GenieACS to Oktopus in guarded waves; the hub goes on by itself, and the same ID again finds the same run',
  fields: [textField('runId', 'Migration ID', { placeholder: 'e.g. spring-2026', description: 'A name of your choice: letters, digits, dots, dashes and underscores' }), { ...scope }],
  run: ({ read, client }) => client.acsMigration.start({ runId: read.text('runId'), ...scopeOf(read.options('options')) }),
});
