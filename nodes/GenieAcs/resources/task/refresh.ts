import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { GenieAcs } from '../../connect.ts';
import { device, deviceIdOf, readTaskOptions, taskOptions } from '../../fields.ts';

/** Reads a part of the tree from the device anew. */
export const refresh = defineOperation<GenieAcs>({
  value: 'refresh',
  name: 'Refresh',
  action: 'Refresh device',
  description: 'Have GenieACS read a part of the parameter tree from the CPE anew; says whether it did so now or will at the next inform',
  fields: [
    device,
    textField('objectName', 'Object', { placeholder: 'e.g. Device.WiFi', description: 'Where in the tree to read; leave out the last dot' }),
    taskOptions(),
  ],
  run: async ({ read, client }) => client.tasks.refreshObject(await deviceIdOf(read, client), read.text('objectName'), readTaskOptions(read)),
});
