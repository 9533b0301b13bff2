import { defineOperation } from '../../../shared/defineOperation.ts';
import type { NetBox } from '../../connect.ts';
import { device } from '../../locators.ts';

/** One device with its interfaces. */
export const get = defineOperation<NetBox>({
  value: 'get',
  name: 'Get',
  action: 'Get device',
  description: 'Read one device with its interfaces and whether they are occupied',
  fields: [device],
  run: async ({ read, client }) => {
    const id = Number(read.picked('device'));
    return { ...(await client.devices.get(id)), interfaces: await client.interfaces.list(id) };
  },
});
