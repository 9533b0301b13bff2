import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, textField } from '../../../shared/fields.ts';
import type { ParameterValue } from '../../../../packages/genieacs/src/index.ts';
import type { GenieAcs } from '../../connect.ts';
import { device, deviceIdOf, readTaskOptions, taskOptions } from '../../fields.ts';

/** Never sent twice: two posts make two instances. */
export const addObject = defineOperation<GenieAcs>({
  value: 'addObject',
  name: 'Add Object',
  action: 'Add object to device',
  description: 'Add an instance such as a port mapping on a CPE, set its values, and say which number it became',
  fields: [
    device,
    textField('objectName', 'Object', { placeholder: 'e.g. Device.NAT.PortMapping', description: 'Where the instance is added; leave out the last dot' }),
    jsonField('values', 'Values', 'An object of name to value for the new instance', { default: '{}' }),
    taskOptions(),
  ],
  run: async ({ read, client }) =>
    client.tasks.addObject(await deviceIdOf(read, client), read.text('objectName'), read.object('values') as Readonly<Record<string, ParameterValue>>, readTaskOptions(read)),
});
