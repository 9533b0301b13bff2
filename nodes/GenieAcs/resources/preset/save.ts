import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, textField } from '../../../shared/fields.ts';
import type { Preset } from '../../../../packages/genieacs/src/index.ts';
import type { GenieAcs } from '../../connect.ts';

const EXAMPLE = JSON.stringify({ weight: 0, channel: 'isp-example', precondition: 'DeviceID.ProductClass = "HT803G-W" AND Tags.installed IS NULL', events: { '0 BOOTSTRAP': true }, configurations: [{ type: 'add_tag', tag: 'new' }] }, null, 2);

/** A preset that names a missing provision is refused, too. */
export const save = defineOperation<GenieAcs>({
  value: 'save',
  name: 'Save',
  action: 'Save preset',
  description: 'Write a preset after checking it, since one that GenieACS cannot read stops it for every CPE; unknown fields are kept; equal already, nothing is sent',
  fields: [
    textField('name', 'Name', { placeholder: 'e.g. isp-bootstrap', description: 'With a prefix of your own, so that nobody else\'s is touched' }),
    jsonField('preset', 'Preset', 'Weight, channel, precondition, events and configurations', { default: EXAMPLE }),
  ],
  run: ({ read, client }) => client.presets.put(read.text('name'), read.object('preset') as unknown as Preset),
});
