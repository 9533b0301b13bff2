import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import type { RadiusSubscriber } from '../../../../packages/hub/src/api.ts';

const example: readonly RadiusSubscriber[] = [{ username: 'sub-000123@isp.example', planSku: 'FIBRE_1G', downKbps: 1_000_000, upKbps: 1_000_000, nasVendor: 'mikrotik', framedIp: '100.64.0.10' }];

/** A list from a spreadsheet or another system, in one go. */
export const ensureMany = defineOperation<HubClient>({
  value: 'ensureMany',
  name: 'Ensure From List',
  action: 'Ensure subscribers from list',
  description: 'Create or correct up to 500 subscribers at once; the answer says of each whether it was made, and one that fails keeps no other from being made',
  fields: [jsonField('subscribers', 'Subscribers', 'A list of objects with username, planSku, downKbps, upKbps and nasVendor, and framedIp where it is fixed', { default: JSON.stringify(example, null, 2), hint: 'From a spreadsheet: ={{ $input.all().map(row => row.json) }} and Execute Once' })],
  run: ({ read, client }) => client.radius.ensureMany(read.json('subscribers') as readonly RadiusSubscriber[]),
});
