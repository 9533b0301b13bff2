import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { GenieAcs } from '../../connect.ts';
import { device, deviceIdOf, readTaskOptions, taskOptions } from '../../fields.ts';

/** What the device says now, not what GenieACS remembers. */
export const getParameters = defineOperation<GenieAcs>({
  value: 'getParameters',
  name: 'Get Parameters',
  action: 'Get parameters from device',
  description: 'Ask a CPE itself for parameters now, and say whether it answered; secrets are left out',
  fields: [
    device,
    textField('parameters', 'Parameters', { placeholder: 'e.g. Device.DeviceInfo.UpTime, Device.DeviceInfo.SoftwareVersion', description: 'Full paths, separated by commas' }),
    taskOptions(),
  ],
  run: async ({ read, client }) => {
    const { outcome, device: found } = await client.tasks.getParameterValues(await deviceIdOf(read, client), read.list('parameters'), readTaskOptions(read));
    return { ...outcome, parameters: found.parameters };
  },
});
