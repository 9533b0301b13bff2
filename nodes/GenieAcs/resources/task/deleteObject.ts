import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { GenieAcs } from '../../connect.ts';
import { device, deviceIdOf, readTaskOptions, taskOptions } from '../../fields.ts';

/** The undo of Add Object. */
export const deleteObject = defineOperation<GenieAcs>({
  value: 'deleteObject',
  name: 'Delete Object',
  action: 'Delete object from device',
  description: 'Take one instance away from a CPE and ask it whether it is gone',
  fields: [
    device,
    textField('instancePath', 'Instance', { placeholder: 'e.g. Device.NAT.PortMapping.3', description: 'Path of the instance, with its number at the end' }),
    taskOptions(),
  ],
  run: async ({ read, client }) => client.tasks.deleteObject(await deviceIdOf(read, client), read.text('instancePath'), readTaskOptions(read)),
});
