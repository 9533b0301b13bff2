import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { fibreId } from './fields.ts';

/** The drop with its OLT port and state: for staff and provisioning, not for the public. */
export const get = defineOperation<HubClient>({
  value: 'get',
  name: 'Get',
  action: 'Get drop',
  description: 'Read a fibre drop with its address, OLT, PON port, ONT number and state; for provisioning, not to be shown in public',
  fields: [fibreId],
  run: ({ read, client }) => client.drops.get(Number(read.picked('fibreId'))),
});
