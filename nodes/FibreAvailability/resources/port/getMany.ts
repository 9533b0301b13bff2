import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, optionsField, returnAllFields, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import type { LeaseView } from '../../../../packages/hub/src/api.ts';
import { pages } from '../../fields.ts';

/** The leases of ports, those that ran out included. */
export const getMany = defineOperation<HubClient>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many port leases',
  description: 'List ports that are held, reserved, or were held until lately and nobody took again, with the order and when each runs out',
  fields: [
    ...returnAllFields,
    optionsField([
      choiceField('state', 'State', { expired: 'Expired', held: 'Held', reserved: 'Reserved' }, 'held', 'Only leases in this state'),
      textField('oltIp', 'OLT IP', { placeholder: 'e.g. 172.17.16.2', description: 'Only ports of this OLT' }),
    ]),
  ],
  run: ({ read, client }) => {
    const options = read.options('options');
    const [state, oltIp] = [options.text('state') as LeaseView['state'] | undefined, options.text('oltIp')];
    return pages(read, async (after, limit) => {
      const { leases, next } = await client.drops.leases({ after, limit, ...(state ? { state } : {}), ...(oltIp ? { oltIp } : {}) });
      return { rows: leases, next };
    });
  },
});
