import type { INodeProperties } from 'n8n-workflow';
import type { ResumeAcsMigration } from '../../../../packages/hub/src/api.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { because, run } from './fields.ts';

const requeue: INodeProperties = {
  displayName: 'Try Again',
  name: 'requeue',
  type: 'multiOptions',
  options: [{ name: 'Blocked', value: 'blocked' }, { name: 'Failed', value: 'failed' }, { name: 'Rolled Back', value: 'rolledBack' }],
  default: [],
  description: 'Devices in these states that go to another wave, once their cause is removed',
};

/** Goes on; after a stop with the smallest wave. */
export const resume = defineOperation<HubClient>({
  value: 'resume',
  name: 'Resume',
  action: 'Resume migration',
  description: 'Go on with a migration that was paused or stopped; after a stop it begins again with the smallest wave',
  fields: [run, because, requeue],
  run: ({ read, client }) => client.acsMigration.resume(read.picked('run'), { because: read.text('because'), requeue: (read.json('requeue') ?? []) as NonNullable<ResumeAcsMigration['requeue']> }),
});
