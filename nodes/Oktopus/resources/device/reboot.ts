import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField } from '../../../shared/fields.ts';
import type { Oktopus } from '../../connect.ts';
import { device, protocol, readProtocol, transport } from '../../fields.ts';

/** Restarts a device; that it came back is told by the event device.boot. */
export const reboot = defineOperation<Oktopus>({
  value: 'reboot',
  name: 'Reboot',
  action: 'Reboot device',
  description: 'Ask a CPE to restart, once; says that it took the order; the customer is offline meanwhile',
  fields: [device, protocol, optionsField([transport])],
  run: ({ read, client }) => client.parameters.reboot(read.picked('device'), readProtocol(read)),
});
