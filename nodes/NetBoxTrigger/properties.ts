import type { INodeProperties } from 'n8n-workflow';
import { numberField, optionsField, textField } from '../shared/fields.ts';

const events: Readonly<Record<string, string>> = { object_created: 'Created', object_deleted: 'Deleted', object_updated: 'Updated' };
const types: Readonly<Record<string, string>> = {
  'dcim.cable': 'Cable', 'dcim.device': 'Device', 'dcim.frontport': 'Front Port', 'dcim.interface': 'Interface', 'ipam.ipaddress': 'IP Address', 'ipam.prefix': 'Prefix', 'dcim.site': 'Site', 'tenancy.tenant': 'Tenant', 'ipam.vlan': 'VLAN',
};
const choices = (from: Readonly<Record<string, string>>): { name: string; value: string }[] => Object.entries(from).map(([value, name]) => ({ name, value })).sort((a, b) => a.name.localeCompare(b.name, 'en'));

export const properties: INodeProperties[] = [
  {
    displayName: 'Object Types',
    name: 'objectTypes',
    type: 'multiOptions',
    options: [...choices(types), { name: 'Custom', value: 'custom' }].sort((a, b) => a.name.localeCompare(b.name, 'en')),
    default: [],
    required: true,
    description: 'Kinds of object whose changes start the workflow',
  },
  {
    ...textField('customTypes', 'Custom Types', { placeholder: 'e.g. circuits.circuit, dcim.rack', description: 'Kinds of object as app and model, separated by commas' }),
    displayOptions: { show: { objectTypes: ['custom'] } },
  },
  { displayName: 'Events', name: 'events', type: 'multiOptions', options: choices(events), default: ['object_created', 'object_updated', 'object_deleted'], required: true, description: 'Which changes start the workflow' },
  { displayName: 'Ignore Own Changes', name: 'ignoreOwn', type: 'boolean', default: true, description: 'Whether changes made by the user of this credential are left out, so that a workflow that writes to NetBox does not start itself; NetBox before 4.5 does not say who that is' },
  optionsField([
    textField('ignoreUsers', 'Ignore Users', { placeholder: 'e.g. netbox-sync, backup', description: 'Further users whose changes are left out, separated by commas' }),
    numberField('maxAgeMinutes', 'Oldest Delivery (Minutes)', 60, 'How long after the change NetBox may deliver it; what is older is taken for a replay', { minValue: 1 }),
  ]),
];
