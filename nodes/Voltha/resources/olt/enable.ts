import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { olt } from '../../fields.ts';

/** The undo of Disable. */
export const enable = defineOperation<HubClient>({
  value: 'enable',
  name: 'Enable',
  action: 'Enable OLT',
  description: 'Enable an OLT and wait until it answers; up tells whether it did',
  fields: [olt],
  run: ({ read, client }) => client.voltha.olts.enable(read.picked('olt')),
});
