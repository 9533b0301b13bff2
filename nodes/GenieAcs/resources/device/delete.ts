import { defineOperation } from '../../../shared/defineOperation.ts';
import type { GenieAcs } from '../../connect.ts';
import { device, deviceIdOf } from '../../fields.ts';

/** Takes a device off the ACS; during a session it waits. */
export const remove = defineOperation<GenieAcs>({
  value: 'delete',
  name: 'Delete',
  action: 'Delete device',
  description: 'Forget a CPE with its tasks and faults, and look that it is gone; one that still informs comes back by itself',
  fields: [device],
  run: async ({ read, client }) => client.devices.delete(await deviceIdOf(read, client)),
});
