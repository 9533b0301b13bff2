import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { serial } from './fields.ts';

/** Forgets an ONU that is gone. */
export const deleteOnu = defineOperation<HubClient>({
  value: 'delete',
  name: 'Delete',
  action: 'Delete ONU',
  description: 'Delete the record of an ONU and confirm that VOLTHA no longer lists it; one that still has light is discovered again at once',
  fields: [
    serial,
    optionsField([
      { displayName: 'Even With Service', name: 'evenWithService', type: 'boolean', default: false, description: 'Whether to delete an ONU that still carries a service' },
    ]),
  ],
  run: ({ read, client }) => client.voltha.remove(read.text('serial'), read.options('options').flag('evenWithService')),
});
