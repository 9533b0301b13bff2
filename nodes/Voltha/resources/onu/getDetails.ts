import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { serial } from './fields.ts';

/** Ports, link and distance. */
export const getDetails = defineOperation<HubClient>({
  value: 'getDetails',
  name: 'Get Details',
  action: 'Get details of ONU',
  description: 'Read the ports of an ONU, whether a device is plugged in behind it, and the fibre length where the OLT tells it',
  fields: [serial],
  run: ({ read, client }) => client.voltha.details(read.text('serial')),
});
