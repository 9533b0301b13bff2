import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, optionsField, textField } from '../../../shared/fields.ts';
import type { ParameterValue } from '../../../../packages/oktopus/src/index.ts';
import type { Oktopus } from '../../connect.ts';
import { device, protocol, readProtocol, transport } from '../../fields.ts';

/** Makes a row of a table. */
export const add = defineOperation<Oktopus>({
  value: 'add',
  name: 'Add Object',
  action: 'Add object to device',
  description: 'Make an object in a table of a CPE, such as a port mapping, and give its path; running it again makes another',
  fields: [
    device,
    textField('table', 'Table', { default: 'Device.NAT.PortMapping.', placeholder: 'e.g. Device.NAT.PortMapping.', description: 'The table the object is made in' }),
    jsonField('values', 'Values', 'Object of parameter name to value, without the path', { default: '{ "Enable": true, "ExternalPort": 8080, "InternalPort": 80, "Protocol": "TCP" }' }),
    protocol,
    optionsField([transport]),
  ],
  run: ({ read, client }) => client.parameters.add(read.picked('device'), read.text('table'), Object.entries(read.object('values')).map(([name, value]) => ({ name, value: value as ParameterValue })), readProtocol(read)),
});
