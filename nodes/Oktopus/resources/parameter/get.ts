import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, textField } from '../../../shared/fields.ts';
import type { Oktopus } from '../../connect.ts';
import { device, protocol, readProtocol, transport } from '../../fields.ts';

/** Values as the device has them now. */
export const get = defineOperation<Oktopus>({
  value: 'get',
  name: 'Get',
  action: 'Get parameters of device',
  description: 'Read parameters or whole branches from a CPE now; secrets come as null, and paths it does not have are named apart',
  fields: [device, textField('paths', 'Paths', { default: 'Device.DeviceInfo.SoftwareVersion', placeholder: 'e.g. Device.DeviceInfo.SoftwareVersion, Device.WiFi.SSID.', description: 'Separated by commas; a dot at the end stands for all that is below' }), protocol, optionsField([transport])],
  run: ({ read, client }) => client.parameters.get(read.picked('device'), read.list('paths'), readProtocol(read)),
});
