import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, numberField, optionsField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import type { HoldRequest } from '../../../../packages/hub/src/api.ts';
import { fibreId } from '../drop/fields.ts';
import { orderId } from './fields.ts';

/** Takes the port for a while, before money is taken; the same order asking again gets the same lease. */
export const hold = defineOperation<HubClient>({
  value: 'hold',
  name: 'Hold',
  action: 'Hold port',
  description: 'Lease the OLT port of a drop for an order before its payment is captured; expires by itself, and is refused when taken, too slow or not of this address',
  fields: [
    fibreId,
    orderId,
    optionsField([
      jsonField('address', 'Address', 'Street, city and postalCode of the order; the hold is refused unless they are those of the drop'),
      { displayName: 'Another Port at the Door', name: 'orAnotherAtDoor', type: 'boolean', default: true, description: 'Whether another free port of the same building will do when this one is taken' },
      numberField('downKbps', 'Download (Kbps)', 100_000, 'What the order needs, as in its access; a port whose line can carry less is refused', { minValue: 0 }),
      numberField('holdSeconds', 'Hold Seconds', 900, 'How long the port stays held without a confirmation', { minValue: 60, maxValue: 86_400 }),
    ]),
  ],
  run: ({ read, client }) => {
    const options = read.options('options');
    const address = options.json('address') as HoldRequest['address'];
    const holdSeconds = options.number('holdSeconds');
    const downKbps = options.number('downKbps');
    return client.drops.hold(Number(read.picked('fibreId')), {
      orderId: read.text('orderId'),
      ...(address === undefined ? {} : { address }),
      // 0 is an order without Internet.
      ...(downKbps ? { downKbps } : {}),
      ...(holdSeconds === undefined ? {} : { holdSeconds }),
      ...(options.flag('orAnotherAtDoor') ? { orAnotherAtDoor: true } : {}),
    });
  },
});
