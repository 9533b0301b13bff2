import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField } from '../../../shared/fields.ts';
import type { ParameterValue } from '../../../../packages/genieacs/src/index.ts';
import type { GenieAcs } from '../../connect.ts';
import { device, deviceIdOf, readTaskOptions, taskOptions } from '../../fields.ts';

/** One set, read back from the device. */
export const setParameters = defineOperation<GenieAcs>({
  value: 'setParameters',
  name: 'Set Parameters',
  action: 'Set parameters on device',
  description: 'Write parameters to a CPE whatever they are now, then ask it for them; Apply Parameters writes only what differs',
  fields: [
    device,
    jsonField('parameters', 'Parameters', 'An object of path to value', { default: '{\n  "Device.Time.NTPServer1": "0.ca.pool.ntp.org"\n}' }),
    taskOptions(),
  ],
  run: async ({ read, client }) => {
    const values = Object.entries(read.object('parameters')).map(([path, value]) => ({ path, value: value as ParameterValue }));
    return client.tasks.setParameterValues(await deviceIdOf(read, client), values, readTaskOptions(read));
  },
});
