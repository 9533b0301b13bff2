import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { serial, version } from './fields.ts';

/** Where an upgrade stands. */
export const getImageProgress = defineOperation<HubClient>({
  value: 'getImageProgress',
  name: 'Get Upgrade Progress',
  action: 'Get upgrade progress of ONU',
  description: 'Read how far a software upgrade of an ONU is; next says what to do: wait, activate, commit, done or download',
  fields: [serial, version],
  run: ({ read, client }) => client.voltha.images.progress(read.text('serial'), read.text('version')),
});
