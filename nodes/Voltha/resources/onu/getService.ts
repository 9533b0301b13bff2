import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { serial } from './fields.ts';

/** What an ONU carries. */
export const getService = defineOperation<HubClient>({
  value: 'getService',
  name: 'Get Service',
  action: 'Get service of ONU',
  description: 'Read the speed profiles of the service on an ONU, whether it is switched on, and whether its flows are in',
  fields: [serial],
  run: ({ read, client }) => client.voltha.service(read.text('serial')),
});
