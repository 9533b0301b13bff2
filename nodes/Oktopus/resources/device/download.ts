import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, numberField, optionsField, textField } from '../../../shared/fields.ts';
import { protocolOf } from '../../../../packages/oktopus/src/index.ts';
import type { Oktopus } from '../../connect.ts';
import { device, protocol, readProtocol, transport } from '../../fields.ts';

const fileType = choiceField('fileType', 'File Type', { '3 Vendor Configuration File': 'Configuration', '1 Firmware Upgrade Image': 'Firmware' }, '1 Firmware Upgrade Image', 'What the file is, for CWMP; USP takes firmware only');

/** Has a device fetch a file: Download of CWMP, or Download() of a firmware image of USP. */
export const download = defineOperation<Oktopus>({
  value: 'download',
  name: 'Download File',
  action: 'Download file to device',
  description: 'Have a CPE fetch a firmware or configuration file, once; says that it took the order, not that it installed it: compare its version later',
  fields: [
    device,
    textField('url', 'File URL', { placeholder: 'e.g. https://firmware.example.com/xx230v-0.7.0.bin', description: 'Where the CPE gets the file; it must reach the address itself' }),
    protocol,
    optionsField([fileType, numberField('image', 'Firmware Image', 2, 'Which firmware image of the CPE to write, for USP', { minValue: 1 }), transport]),
  ],
  run: async ({ read, client }) => {
    const serial = read.picked('device');
    const { protocol: asked, ...over } = readProtocol(read);
    const options = read.options('options');
    const url = read.text('url');
    const chosen = asked === 'usp' || asked === 'cwmp' ? asked : protocolOf(await client.devices.get(serial));
    if (chosen === 'usp') return client.usp.operate(serial, `Device.DeviceInfo.FirmwareImage.${options.number('image') ?? 2}.Download()`, { URL: url, AutoActivate: 'true' }, over);
    return client.cwmp.download(serial, { url, fileType: options.text('fileType') ?? '1 Firmware Upgrade Image' });
  },
});
