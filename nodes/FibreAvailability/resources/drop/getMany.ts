import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, optionsField, returnAllFields, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import type { Drop } from '../../../../packages/hub/src/api.ts';
import { pages } from '../../fields.ts';

/** Who holds which port, until when. */
export const getMany = defineOperation<HubClient>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many drops',
  description: 'List fibre drops by what they are now, with the order that holds each and until when',
  fields: [
    ...returnAllFields,
    optionsField([
      choiceField('state', 'State', { boxMissing: 'Box Missing', free: 'Free', held: 'Held', occupied: 'Occupied', reserved: 'Reserved' }, 'held', 'Only drops in this state'),
      textField('oltIp', 'OLT IP', { placeholder: 'e.g. 172.17.16.2', description: 'Only drops of this OLT' }),
      textField('orderId', 'Order ID', { placeholder: 'e.g. ord_3NxQ', description: 'Only what this order holds' }),
    ]),
  ],
  run: ({ read, client }) => {
    const options = read.options('options');
    const [state, oltIp, orderId] = [options.text('state') as Drop['state'] | undefined, options.text('oltIp'), options.text('orderId')];
    return pages(read, async (after, limit) => {
      const { drops, next } = await client.drops.list({ after, limit, ...(state ? { state } : {}), ...(oltIp ? { oltIp } : {}), ...(orderId ? { orderId } : {}) });
      return { rows: drops, next };
    });
  },
});
