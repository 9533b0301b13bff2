import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, numberField, optionsField, textField } from '../../../shared/fields.ts';
import type { Connect, PortType } from '../../../../packages/netbox/src/index.ts';
import type { NetBox } from '../../connect.ts';
import { given, portFields } from '../../fields.ts';

/** Joins two ports by one cable. */
export const connectPorts = defineOperation<NetBox>({
  value: 'connect',
  name: 'Connect',
  action: 'Connect ports by cable',
  description: 'Join two ports by one cable; asked again the cable is found, and a port that is taken by another is a conflict that names it',
  fields: [
    ...portFields('a', 'A End', 'dcim.frontport'),
    ...portFields('b', 'B End', 'dcim.interface'),
    choiceField('status', 'Status', { connected: 'Connected', decommissioning: 'Decommissioning', planned: 'Planned' }, 'connected', 'Whether the cable is in place'),
    optionsField([
      textField('kind', 'Cable Type', { default: 'smf', description: 'Type as NetBox writes it, such as smf for single-mode fibre' }),
      textField('label', 'Label', { placeholder: 'e.g. drop 000123', description: 'Shown on the cable' }),
      numberField('metres', 'Length in Metres', 0, 'Length of the cable; the optical budget needs it', { minValue: 0 }),
    ]),
  ],
  run: ({ read, client }) => {
    const end = (side: string) => ({ objectType: read.text(`${side}Type`) as PortType, objectId: read.number(`${side}Id`) });
    return client.cables.connect({ a: end('a'), b: end('b'), status: read.text('status') as NonNullable<Connect['status']>, ...given(read.options('options'), { text: ['kind', 'label'], number: ['metres'] }) });
  },
});
