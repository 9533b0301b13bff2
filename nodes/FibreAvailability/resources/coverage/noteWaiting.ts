import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, optionsField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import type { DemandKind } from '../../../../packages/hub/src/apiAddresses.ts';

/** A wish for fibre on the map of demand: the street, never the house or the person. */
export const noteWaiting = defineOperation<HubClient>({
  value: 'noteWaiting',
  name: 'Note Waiting',
  action: 'Note waiting lead',
  description: 'Count a lead that waits for fibre on its street, once per key; neither the house number nor who it is are kept',
  fields: [
    textField('municipality', 'Municipality', { placeholder: 'e.g. Franklin', description: 'Town in which fibre is waited for' }),
    textField('street', 'Street', { placeholder: 'e.g. 12 rang Dix', description: 'Street of the lead; a house number is left away' }),
    textField('key', 'Key', { placeholder: 'e.g. lead_3NxQ7mK2', description: 'Stands for the lead; the same key counts once' }),
    optionsField([choiceField('kind', 'Kind', { availableNeedsBox: 'Box Missing', notCovered: 'Not Covered', planned: 'Planned', streetOnly: 'Number Not Known' }, 'notCovered', 'What the lead was told')]),
  ],
  run: ({ read, client }) => {
    const kind = read.options('options').text('kind') as DemandKind | undefined;
    return client.coverage.noteWaiting({ municipality: read.text('municipality'), street: read.text('street'), key: read.text('key'), ...(kind ? { kind } : {}) });
  },
});
