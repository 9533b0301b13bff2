import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { serial } from './fields.ts';

/** After a repair the normal is another one. */
export const forgetOpticalHistory = defineOperation<HubClient>({
  value: 'forgetOpticalHistory',
  name: 'Forget Optical History',
  action: 'Forget optical history of ONU',
  description: 'Forget the light levels kept of an ONU after its fibre was repaired, so that a new normal begins',
  fields: [serial],
  run: ({ read, client }) => client.voltha.forgetHistory(read.text('serial')),
});
