import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, optionsField, textField } from '../../../shared/fields.ts';
import type { Mtp } from '../../../../packages/oktopus/src/index.ts';
import type { Oktopus } from '../../connect.ts';
import { device, transport } from '../../fields.ts';

/** A command of the USP data model. */
export const operate = defineOperation<Oktopus>({
  value: 'operate',
  name: 'Operate',
  action: 'Operate command on device',
  description: 'Run a command of the data model on a USP device, once, and give what it returns; CWMP devices have Reboot, Factory Reset and Download File instead',
  fields: [
    device,
    textField('command', 'Command', { default: 'Device.IP.Diagnostics.IPPing()', placeholder: 'e.g. Device.IP.Diagnostics.IPPing()', description: 'Path of the command with its brackets' }),
    jsonField('args', 'Arguments', 'Object of input argument to value', { default: '{ "Host": "example.com" }' }),
    optionsField([transport]),
  ],
  run: ({ read, client }) => {
    const mtp = read.options('options').text('mtp') as Mtp | undefined;
    return client.usp.operate(read.picked('device'), read.text('command'), Object.fromEntries(Object.entries(read.object('args')).map(([name, value]) => [name, String(value)])), mtp === undefined ? {} : { mtp });
  },
});
