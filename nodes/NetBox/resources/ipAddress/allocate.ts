import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, numberField, optionsField, textField } from '../../../shared/fields.ts';
import type { Allocate } from '../../../../packages/netbox/src/index.ts';
import type { NetBox } from '../../connect.ts';
import { key } from './fields.ts';

const pool: INodeProperties = {
  displayName: 'Prefix',
  name: 'prefix',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  description: 'The pool to take the address from',
  modes: [
    { displayName: 'From List', name: 'list', type: 'list', placeholder: 'Choose a prefix…', typeOptions: { searchListMethod: 'searchPrefixes', searchable: true } },
    { displayName: 'CIDR', name: 'cidr', type: 'string', placeholder: 'e.g. 100.64.16.0/22' },
    {
      displayName: 'ID',
      name: 'id',
      type: 'string',
      placeholder: 'e.g. 42',
      validation: [{ type: 'regex', properties: { regex: '^[0-9]+$', errorMessage: 'The ID of a prefix has digits only' } }],
    },
  ],
};

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
  run: ({ read, client }) => {
    const options = read.options('options');
    const picked = read.picked('prefix');
    const description = options.text('description');
    const dnsName = options.text('dnsName');
    const status = options.text('status') as Allocate['status'];
    const tenantId = options.number('tenantId');
    return client.ipAddresses.allocate({
      ...(picked.includes('/') ? { prefix: picked } : { prefixId: Number(picked) }),
      key: read.text('key'),
      ...(description === undefined ? {} : { description }),
      ...(dnsName === undefined ? {} : { dnsName }),
      ...(status === undefined ? {} : { status }),
      ...(tenantId === undefined ? {} : { tenantId }),
    });
  },
});
