import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { downKbps, profileBase, upKbps } from '../../fields.ts';
import { serial } from './fields.ts';

/** A plan change on the access network. */
export const changeProfile = defineOperation<HubClient>({
  value: 'changeProfile',
  name: 'Change Profile',
  action: 'Change speed profile of ONU',
  description: 'Give the service of an ONU another speed on the same VLANs; when the new one does not come, the former one is put back; a suspended service stays suspended',
  fields: [serial, downKbps, upKbps, profileBase],
  run: ({ read, client }) =>
    client.voltha.changeProfile(read.text('serial'), { downKbps: read.number('downKbps'), upKbps: read.number('upKbps'), profileBase: read.text('profileBase') }),
});
