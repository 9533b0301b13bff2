import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { olt } from '../../fields.ts';

/** Forgets an OLT and its ONUs. */
export const deleteOlt = defineOperation<HubClient>({
  value: 'delete',
  name: 'Delete',
  action: 'Delete OLT',
  description: 'Delete an OLT with its ONUs and confirm that VOLTHA no longer lists it; refused as data while it carries ONUs, unless told otherwise',
  fields: [
    olt,
    optionsField([
      { displayName: 'Even With ONUs', name: 'evenWithOnus', type: 'boolean', default: false, description: 'Whether to take down an OLT that carries ONUs' },
    ]),
  ],
  run: ({ read, client }) => client.voltha.olts.remove(read.picked('olt'), read.options('options').flag('evenWithOnus')),
});
