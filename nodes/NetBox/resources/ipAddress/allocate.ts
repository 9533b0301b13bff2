import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, numberField, optionsField, textField } from '../../../shared/fields.ts';
import type { Allocate } from '../../../../packages/netbox/src/index.ts';
import type { NetBox } from '../../connect.ts';
import { given } from '../../fields.ts';
import { pool, poolOf } from '../../locators.ts';
import { key } from './fields.ts';

/** The next free address of a pool, once per key (S0-112). */
export const allocate = defineOperation<NetBox>({
  value: 'allocate',
  name: 'Allocate',
  action: 'Allocate IP address',
  description: 'Take the next free address of a prefix for a key; asked again with the same key it answers with the same address, also after a lost reply',
  fields: [
    pool,
    key,
    optionsField([
      textField('description', 'Description', { description: 'Shown beside the address' }),
      textField('dnsName', 'DNS Name', { placeholder: 'e.g. sub-000123.isp.example', description: 'Name kept with the address' }),
      choiceField('status', 'Status', { active: 'Active', dhcp: 'DHCP', reserved: 'Reserved' }, 'active', 'Status of the new address'),
      numberField('tenantId', 'Tenant ID', 0, 'Tenant the address belongs to', { minValue: 1 }),
    ]),
  ],
  run: ({ read, client }) =>
    client.ipAddresses.allocate({ ...poolOf(read.picked('prefix')), key: read.text('key'), ...given(read.options('options'), { text: ['description', 'dnsName', 'status'], number: ['tenantId'] }) } as Allocate),
});
