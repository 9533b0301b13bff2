import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, returnAllFields, textField } from '../../../shared/fields.ts';
import type { GenieAcs } from '../../connect.ts';

const MOST = 10_000;

/** What devices or scripts refused, oldest first. */
export const getMany = defineOperation<GenieAcs>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many faults',
  description: 'List what CPEs or scripts refused, oldest first, one item each; values are left out',
  fields: [...returnAllFields, optionsField([textField('deviceId', 'Device ID', { placeholder: 'e.g. 000E5E-SR905ac-RCMG19E01234', description: 'Only faults of this device, by its ID in GenieACS' })])],
  run: ({ read, client }) => client.faults.list(read.options('options').text('deviceId'), read.flag('returnAll') ? MOST : read.number('limit')),
});
