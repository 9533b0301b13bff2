import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, returnAllFields, textField } from '../../../shared/fields.ts';
import type { GenieAcs } from '../../connect.ts';

const MOST = 10_000;
const code = textField('code', 'Code', { placeholder: 'e.g. cwmp.9002', description: 'Only faults of this code' });
const deviceId = textField('deviceId', 'Device ID', { placeholder: 'e.g. 000E5E-HT803G%2DW-RCMG19E01234', description: 'Only faults of this device, by its ID in GenieACS' });
const since = textField('since', 'Since', { placeholder: 'e.g. 2026-11-20T00:00:00Z', description: 'Only faults from this moment on' });

/** What devices or scripts refused, oldest first. */
export const getMany = defineOperation<GenieAcs>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many faults',
  description: 'List what CPEs or scripts refused, oldest first, one item each; values are left out',
  fields: [...returnAllFields, optionsField([code, deviceId, since])],
  run: ({ read, client }) => {
    const options = read.options('options');
    const filter = Object.fromEntries(['code', 'deviceId', 'since'].flatMap((name) => (options.text(name) === undefined ? [] : [[name, options.text(name)]])));
    return client.faults.list(filter, read.flag('returnAll') ? MOST : read.number('limit'));
  },
});
