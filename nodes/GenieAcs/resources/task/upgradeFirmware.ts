import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { GenieAcs } from '../../connect.ts';
import { device, deviceIdOf, readTaskOptions, taskOptions } from '../../fields.ts';
import { file } from '../../named.ts';

const version = textField('version', 'Version', { placeholder: 'e.g. 6.00.00', description: 'What the device reports afterwards; default the version kept with the file' });
const anyModel: INodeProperties = { displayName: 'Any Model', name: 'anyModel', type: 'boolean', default: false, description: 'Whether to send the file though it is made for another model; a wrong image can end a device' };

/** A file for another model is refused (S0-109). */
export const upgradeFirmware = defineOperation<GenieAcs>({
  value: 'upgradeFirmware',
  name: 'Upgrade Firmware',
  action: 'Upgrade firmware of device',
  description: 'Order a CPE to fetch a stored firmware file; accepted means that it took the order, Confirm Upgrade says what became of it',
  fields: [device, file, taskOptions(anyModel, version)],
  run: async ({ read, client }) => {
    const options = read.options('options');
    const wanted = options.text('version');
    return client.upgrade.start(await deviceIdOf(read, client), read.picked('file'), { ...readTaskOptions(read), ...(wanted === undefined ? {} : { version: wanted }), ...(options.flag('anyModel') ? { anyModel: true } : {}) });
  },
});
