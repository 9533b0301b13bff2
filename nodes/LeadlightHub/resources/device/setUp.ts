import { defaultOntSettings } from '../../../../core/src/index.ts';
import type { DeviceSetUpRequest } from '../../../../packages/hub/src/api.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { serial } from './fields.ts';

/** For a device of Oktopus: GenieACS lets its devices fetch their settings, Oktopus cannot. */
export const setUp = defineOperation<HubClient>({
  value: 'setUp',
  name: 'Set Up by Oktopus',
  action: 'Set up device',
  description: 'Bring a device of Oktopus the wishes below and the settings kept for it, passwords included, and read them back; devices of GenieACS fetch theirs by themselves',
  fields: [serial, jsonField('wanted', 'Wanted', 'Capability and value beside the kept settings, such as upnp.enabled; what the model lacks is left out and named', { default: JSON.stringify(defaultOntSettings, null, 2) })],
  run: ({ read, client }) => client.devices.setUp(read.text('serial'), { wanted: read.object('wanted') as NonNullable<DeviceSetUpRequest['wanted']> }),
});
