import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';

const dryRun: INodeProperties = { displayName: 'Dry Run', name: 'dryRun', type: 'boolean', default: true, description: 'Whether to only count what would be linked' };

/** Links all drops to the public register, in the background. */
export const run = defineOperation<HubClient>({
  value: 'run',
  name: 'Run',
  action: 'Run link',
  description: 'Link every fibre drop to the public address register in the background; what a person decided stays, and a repeated run changes nothing',
  fields: [dryRun],
  run: ({ read, client }) => client.addresses.link({ dryRun: read.flag('dryRun') }),
});
