import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField } from '../../../shared/fields.ts';
import type { Oktopus } from '../../connect.ts';
import { device, protocol, readProtocol, transport } from '../../fields.ts';

/** Takes a device back to its factory state. */
export const factoryReset = defineOperation<Oktopus>({
  value: 'factoryReset',
  name: 'Factory Reset',
  action: 'Factory reset device',
  description: 'Put a CPE back to its factory state, once; it loses its Wi-Fi and phone settings, and the address of Oktopus unless firmware or DHCP gives it',
  fields: [device, protocol, optionsField([transport])],
  run: ({ read, client }) => client.parameters.factoryReset(read.picked('device'), readProtocol(read)),
});
