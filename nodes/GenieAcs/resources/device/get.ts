import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, textField } from '../../../shared/fields.ts';
import type { GenieAcs } from '../../connect.ts';
import { device, deviceIdOf } from '../../fields.ts';

/** One device with the parameters asked for; secrets are never given out. */
export const get = defineOperation<GenieAcs>({
  value: 'get',
  name: 'Get',
  action: 'Get device',
  description: 'Read a CPE by its serial with the parameters asked for, as GenieACS last knew them; secrets are left out',
  fields: [
    device,
    optionsField([textField('parameters', 'Parameters', { placeholder: 'e.g. Device.WiFi.SSID.1.SSID', description: 'Parameter paths, separated by commas' })]),
  ],
  run: async ({ read, client }) => client.devices.get(await deviceIdOf(read, client), read.options('options').list('parameters')),
});
