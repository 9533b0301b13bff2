import { defineOperation } from '../../../shared/defineOperation.ts';
import type { Oktopus } from '../../connect.ts';
import { device } from '../../fields.ts';

/** Forgets a device. */
export const remove = defineOperation<Oktopus>({
  value: 'delete',
  name: 'Delete',
  action: 'Delete device',
  description: 'Have Oktopus forget a CPE; it is known again when it next connects; one that is unknown already is fine',
  fields: [device],
  run: ({ read, client }) => client.devices.delete(read.picked('device')),
});
