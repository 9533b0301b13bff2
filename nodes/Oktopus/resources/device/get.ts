import { defineOperation } from '../../../shared/defineOperation.ts';
import type { Oktopus } from '../../connect.ts';
import { device } from '../../fields.ts';

/** One device with its transports. */
export const get = defineOperation<Oktopus>({
  value: 'get',
  name: 'Get',
  action: 'Get device',
  description: 'Look up a CPE by its serial: model, firmware version, and over which transports it is online',
  fields: [device],
  run: ({ read, client }) => client.devices.get(read.picked('device')),
});
