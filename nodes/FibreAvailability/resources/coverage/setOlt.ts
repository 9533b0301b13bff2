import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, numberField, optionsField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import type { OltCapacity } from '../../../../packages/hub/src/api.ts';
import { oltIp, split, technology } from './oltFields.ts';

/** What an OLT can carry: the speeds offered on its drops follow from it. */
export const setOlt = defineOperation<HubClient>({
  value: 'setOlt',
  name: 'Set OLT',
  action: 'Set OLT capacity',
  description: 'Say what an OLT can carry; from then on addresses are offered no more than its lines, its uplink and what is sold there leave',
  fields: [
    oltIp,
    technology,
    split,
    optionsField([
      jsonField('pons', 'PONs', 'PON ports unlike the others, as a list of frame, slot and port with technology, split or sold', { placeholder: 'e.g. [{ "frame": 0, "slot": 1, "port": 3, "split": 32 }]' }),
      jsonField('sold', 'Sold', 'What is sold on the whole OLT; left out, it is assumed from the ports that are taken', { placeholder: 'e.g. { "downMbps": 420000, "upMbps": 300000 }' }),
      numberField('uplinkMbps', 'Uplink (Mbps)', 10_000, 'What the OLT has towards the core', { minValue: 1 }),
    ]),
  ],
  run: ({ read, client }) => {
    const options = read.options('options');
    const [pons, sold, uplinkMbps] = [options.json('pons') as OltCapacity['pons'] | undefined, options.json('sold') as OltCapacity['sold'], options.number('uplinkMbps')];
    return client.coverage.setOlt(read.text('oltIp'), {
      technology: read.text('technology') as OltCapacity['technology'], split: read.number('split'),
      ...(pons === undefined ? {} : { pons }), ...(sold === undefined ? {} : { sold }), ...(uplinkMbps === undefined ? {} : { uplinkMbps }),
    });
  },
});
