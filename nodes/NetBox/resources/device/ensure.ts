import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, numberField, optionsField, textField } from '../../../shared/fields.ts';
import type { NetBox } from '../../connect.ts';
import { given } from '../../fields.ts';

const statuses = { active: 'Active', decommissioning: 'Decommissioning', failed: 'Failed', inventory: 'Inventory', offline: 'Offline', planned: 'Planned', staged: 'Staged' };

/** The device of a key, made when it is missing. */
export const ensure = defineOperation<NetBox>({
  value: 'ensure',
  name: 'Ensure',
  action: 'Ensure device',
  description: 'Find the device of a key, or make it, such as the ONT of an order; what differs from the wish is named and not changed',
  fields: [
    textField('key', 'Key', { placeholder: 'e.g. ord_3NxQ7mK2:ont', description: 'What the device is there for; the same key always gives the same device' }),
    textField('name', 'Name', { placeholder: 'e.g. ont-000123', description: 'Name of the device, unique in its site' }),
    textField('role', 'Role', { default: 'ont', description: 'Slug of a role that NetBox has' }),
    textField('deviceType', 'Device Type', { placeholder: 'e.g. xs-2426x', description: 'Slug of a device type that NetBox has' }),
    textField('site', 'Site', { placeholder: 'e.g. ormstown', description: 'Slug of a site that NetBox has' }),
    optionsField([
      textField('serial', 'Serial', { placeholder: 'e.g. RCMG19E01234', description: 'Serial number of the device' }),
      choiceField('status', 'Status', statuses, 'planned', 'Status of a new device'),
      numberField('tenantId', 'Tenant ID', 0, 'Tenant the device belongs to', { minValue: 1 }),
    ]),
  ],
  run: ({ read, client }) =>
    client.devices.ensure({
      key: read.text('key'), name: read.text('name'), role: read.text('role'), deviceType: read.text('deviceType'), site: read.text('site'),
      ...(given(read.options('options'), { text: ['serial', 'status'], number: ['tenantId'] }) as { readonly status?: 'planned' }),
    }),
});
