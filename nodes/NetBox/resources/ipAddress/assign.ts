import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, numberField } from '../../../shared/fields.ts';
import type { NetBox } from '../../connect.ts';
import { addressId } from './fields.ts';

const types = { 'dcim.interface': 'Device Interface', 'virtualization.vminterface': 'Virtual Machine Interface' };

/** Puts an address on an interface. */
export const assign = defineOperation<NetBox>({
  value: 'assign',
  name: 'Assign',
  action: 'Assign IP address to interface',
  description: 'Put an address on an interface; doing it again is fine, an address on another interface is a conflict',
  fields: [
    addressId,
    choiceField('interfaceType', 'Interface Type', types, 'dcim.interface', 'Whether it belongs to a device or a virtual machine'),
    numberField('interfaceId', 'Interface ID', 0, 'ID of the interface in NetBox', { minValue: 1 }),
    { displayName: 'Make Primary', name: 'primary', type: 'boolean', default: false, description: 'Whether it becomes the primary address of the device too' },
  ],
  run: ({ read, client }) =>
    client.ipAddresses.assign(read.number('addressId'), { objectType: read.text('interfaceType') as 'dcim.interface', objectId: read.number('interfaceId') }, { primary: read.flag('primary') }),
});
