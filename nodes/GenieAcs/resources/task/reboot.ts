import { defineOperation } from '../../../shared/defineOperation.ts';
import type { GenieAcs } from '../../connect.ts';
import { device, deviceIdOf, readTaskOptions, taskOptions } from '../../fields.ts';

/** Restarts a device; its boot inform tells that it came back. */
export const reboot = defineOperation<GenieAcs>({
  value: 'reboot',
  name: 'Reboot',
  action: 'Reboot device',
  description: 'Ask a CPE to restart; says whether it took the order now or will at its next inform; the customer is offline meanwhile',
  fields: [device, taskOptions()],
  run: async ({ read, client }) => client.tasks.reboot(await deviceIdOf(read, client), readTaskOptions(read)),
});
