import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { olt } from '../../fields.ts';

/** Whether an OLT is there for subscribers. */
export const get = defineOperation<HubClient>({
  value: 'get',
  name: 'Get',
  action: 'Get OLT',
  description: 'Read how VOLTHA sees an OLT: its states, whether it is up, and how many ONUs it carries',
  fields: [olt],
  run: ({ read, client }) => client.voltha.olts.get(read.picked('olt')),
});
