import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, textField } from '../../../shared/fields.ts';
import type { Oktopus } from '../../connect.ts';
import { device, protocol, readProtocol, transport } from '../../fields.ts';

/** Takes a row out of a table. */
export const remove = defineOperation<Oktopus>({
  value: 'delete',
  name: 'Delete Object',
  action: 'Delete object from device',
  description: 'Delete an object of a table of a CPE and see that it is gone; one that is not there is fine',
  fields: [device, textField('object', 'Object', { placeholder: 'e.g. Device.NAT.PortMapping.1.', description: 'Path of the object with its number' }), protocol, optionsField([transport])],
  run: ({ read, client }) => client.parameters.delete(read.picked('device'), read.text('object'), readProtocol(read)),
});
