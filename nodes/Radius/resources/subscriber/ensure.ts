import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, numberField, optionsField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import type { RadiusSubscriber } from '../../../../packages/hub/src/api.ts';
import { username } from './fields.ts';

const vendors = { cisco: 'Cisco', huawei: 'Huawei', juniper: 'Juniper', mikrotik: 'MikroTik', nokia: 'Nokia', wispr: 'WISPr' };

/** Makes the subscriber what it should be; the password is minted by the hub and never seen here. */
export const ensure = defineOperation<HubClient>({
  value: 'ensure',
  name: 'Ensure',
  action: 'Ensure subscriber',
  description: 'Create a subscriber or bring it to the given plan and address, in the dialect of the access router; the password stays in the hub',
  fields: [
    username,
    textField('planSku', 'Plan SKU', { placeholder: 'e.g. FIBRE_1G', description: 'The plan, which is also the name of the RADIUS group' }),
    numberField('downKbps', 'Download (Kbps)', 1_000_000, 'Download speed of the plan in kilobits per second', { minValue: 1 }),
    numberField('upKbps', 'Upload (Kbps)', 1_000_000, 'Upload speed of the plan in kilobits per second', { minValue: 1 }),
    choiceField('nasVendor', 'Access Router', vendors, 'mikrotik', 'Whose attributes carry speed and address'),
    optionsField([textField('framedIp', 'Framed IP', { placeholder: 'e.g. 100.64.0.10', description: 'Address allocated for the subscriber' })]),
  ],
  run: ({ read, client }) => {
    const framedIp = read.options('options').text('framedIp');
    return client.radius.ensure({
      username: read.text('username'),
      planSku: read.text('planSku'),
      downKbps: read.number('downKbps'),
      upKbps: read.number('upKbps'),
      nasVendor: read.text('nasVendor') as RadiusSubscriber['nasVendor'],
      ...(framedIp === undefined ? {} : { framedIp }),
    });
  },
});
