import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { serial } from './fields.ts';

/** What VOLTHA knows of an ONU, and whether it is ready. */
export const get = defineOperation<HubClient>({
  value: 'get',
  name: 'Get',
  action: 'Get ONU',
  description: 'Read how VOLTHA sees an ONU: administrative, operational and connection state, its UNI, and whether it is ready to be provisioned',
  fields: [serial],
  run: ({ read, client }) => client.voltha.get(read.text('serial')),
});
