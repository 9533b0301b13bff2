import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField, returnAllFields, textField } from '../../../shared/fields.ts';
import type { NetBox } from '../../connect.ts';
import { given } from '../../fields.ts';

/** Devices that match, one item each. */
export const getMany = defineOperation<NetBox>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many devices',
  description: 'List devices by role, site, status, serial or tenant, one item each',
  fields: [
    ...returnAllFields,
    optionsField([
      textField('role', 'Role', { placeholder: 'e.g. olt', description: 'Slug of the role' }),
      textField('search', 'Search', { placeholder: 'e.g. ont-0001', description: 'Part of the name, serial or description' }),
      textField('serial', 'Serial', { placeholder: 'e.g. RCMG19E01234', description: 'Exactly this serial' }),
      textField('site', 'Site', { placeholder: 'e.g. ormstown', description: 'Slug of the site' }),
      textField('status', 'Status', { placeholder: 'e.g. active', description: 'Only devices of this status' }),
      numberField('tenantId', 'Tenant ID', 0, 'Only devices of this tenant', { minValue: 1 }),
    ]),
  ],
  run: ({ read, client }) => client.devices.list(given(read.options('options'), { text: ['role', 'search', 'serial', 'site', 'status'], number: ['tenantId'] }), read.flag('returnAll') ? undefined : read.number('limit')),
});
