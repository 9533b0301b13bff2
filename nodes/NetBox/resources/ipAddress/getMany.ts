import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, numberField, optionsField, returnAllFields, textField } from '../../../shared/fields.ts';
import type { NetBox } from '../../connect.ts';
import { given } from '../../fields.ts';

const statuses = { active: 'Active', deprecated: 'Deprecated', dhcp: 'DHCP', reserved: 'Reserved', slaac: 'SLAAC' };

/** Addresses that match, one item each. */
export const getMany = defineOperation<NetBox>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many IP addresses',
  description: 'List addresses by network, status, tenant or device, one item each',
  fields: [
    ...returnAllFields,
    optionsField([
      numberField('deviceId', 'Device ID', 0, 'Only addresses on interfaces of this device', { minValue: 1 }),
      textField('dnsName', 'DNS Name', { placeholder: 'e.g. sub-000123.isp.example', description: 'Only addresses of this name' }),
      choiceField('status', 'Status', statuses, 'active', 'Only addresses of this status'),
      numberField('tenantId', 'Tenant ID', 0, 'Only addresses of this tenant', { minValue: 1 }),
      textField('within', 'Within', { placeholder: 'e.g. 100.64.16.0/22', description: 'Only addresses in this network' }),
    ]),
  ],
  run: ({ read, client }) =>
    client.ipAddresses.find(given(read.options('options'), { text: ['dnsName', 'status', 'within'], number: ['deviceId', 'tenantId'] }), read.flag('returnAll') ? undefined : read.number('limit')),
});
