import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { Oktopus } from '../../connect.ts';
import { device } from '../../fields.ts';

/** A name people know a device by. */
export const setAlias = defineOperation<Oktopus>({
  value: 'setAlias',
  name: 'Set Alias',
  action: 'Set alias of device',
  description: 'Give a CPE a name in Oktopus that people know it by, and read it back',
  fields: [device, textField('alias', 'Alias', { placeholder: 'e.g. 12 rue Saint-Jean', description: 'Up to 50 bytes; accented letters count twice' })],
  run: ({ read, client }) => client.devices.setAlias(read.picked('device'), read.text('alias')),
});
