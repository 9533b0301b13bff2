import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, optionsField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import type { NasVendorName } from '../../../../packages/hub/src/api.ts';
import { downKbps, planSku, subscriberField, upKbps, vendors } from '../../fields.ts';
import { onlySession } from './fields.ts';

/** CoA only. */
export const changeRate = defineOperation<HubClient>({
  value: 'changeRate',
  name: 'Change Rate',
  action: 'Change rate of session',
  description: 'Give running sessions another speed by CoA, for a test or a boost; the plan stays, and the next login has its speed again',
  fields: [
    subscriberField,
    downKbps,
    upKbps,
    optionsField([
      onlySession,
      choiceField('nasVendor', 'Access Router', vendors, 'mikrotik', 'Whose attributes are sent; without it what the routers table or the plan says'),
      { ...planSku, displayName: 'Policy Name', description: 'Name of the policies on the router, for makers that take names' },
    ]),
  ],
  run: ({ read, client }) => {
    const options = read.options('options');
    const [acctSessionId, vendor, sku] = [options.text('acctSessionId'), options.text('nasVendor'), options.text('planSku')];
    return client.radius.sessions.changeRate({
      username: read.picked('username'), downKbps: read.number('downKbps'), upKbps: read.number('upKbps'),
      ...(acctSessionId ? { acctSessionId } : {}), ...(vendor ? { nasVendor: vendor as NasVendorName } : {}), ...(sku ? { planSku: sku } : {}),
    });
  },
});
