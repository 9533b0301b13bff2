import { defineOperation } from '../../../shared/defineOperation.ts';
import type { GenieAcs } from '../../connect.ts';
import { device, deviceIdOf } from '../../fields.ts';

/** Wakes a device. */
export const connectionRequest = defineOperation<GenieAcs>({
  value: 'connectionRequest',
  name: 'Send Connection Request',
  action: 'Send connection request to device',
  description: 'Ask a CPE to call in now, without a task; answers that it acknowledged, which is not yet a session',
  fields: [device],
  run: async ({ read, client }) => client.connectionRequest(await deviceIdOf(read, client)),
});
