import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { olt } from '../../fields.ts';

/** Takes everybody on an OLT down. */
export const disable = defineOperation<HubClient>({
  value: 'disable',
  name: 'Disable',
  action: 'Disable OLT',
  description: 'Disable an OLT and read back that it is disabled; refused as data while ONUs are up on it, unless told otherwise',
  fields: [
    olt,
    optionsField([
      { displayName: 'Even With ONUs', name: 'evenWithOnus', type: 'boolean', default: false, description: 'Whether to take down an OLT that carries ONUs' },
    ]),
  ],
  run: ({ read, client }) => client.voltha.olts.disable(read.picked('olt'), read.options('options').flag('evenWithOnus')),
});
