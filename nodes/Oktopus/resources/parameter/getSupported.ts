import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, textField } from '../../../shared/fields.ts';
import { protocolOf, type Mtp } from '../../../../packages/oktopus/src/index.ts';
import type { Oktopus } from '../../connect.ts';
import { device, protocol, readProtocol, transport } from '../../fields.ts';

/** What there is to read and write. */
export const getSupported = defineOperation<Oktopus>({
  value: 'getSupported',
  name: 'Get Supported',
  action: 'Get supported parameters of device',
  description: 'Ask a CPE which parameters it has below an object and which may be written; by USP also its commands and events',
  fields: [device, textField('objects', 'Objects', { default: 'Device.DeviceInfo.', placeholder: 'e.g. Device.WiFi.', description: 'Where in the tree to look, separated by commas' }), protocol, optionsField([transport])],
  run: async ({ read, client }) => {
    const serial = read.picked('device');
    const { protocol: asked, mtp } = readProtocol(read);
    const objects = read.list('objects');
    const chosen = asked === 'usp' || asked === 'cwmp' ? asked : protocolOf(await client.devices.get(serial));
    if (chosen === 'usp') return client.usp.supported(serial, objects, mtp === undefined ? {} : { mtp: mtp as Mtp });
    const names = [];
    for (const object of objects) names.push(...(await client.cwmp.getParameterNames(serial, object)).names);
    return { type: 'names', serial, names };
  },
});
