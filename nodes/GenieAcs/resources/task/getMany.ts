import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, returnAllFields, textField } from '../../../shared/fields.ts';
import type { GenieAcs } from '../../connect.ts';

const MOST = 10_000;
const deviceId = textField('deviceId', 'Device ID', { placeholder: 'e.g. 000E5E-HT803G%2DW-RCMG19E01234', description: 'Only tasks of this device, by its ID in GenieACS' });
const name = textField('name', 'Task Name', { placeholder: 'e.g. setParameterValues', description: 'Only tasks of this kind' });
const waitingSince = textField('waitingSince', 'Waiting Since Before', { placeholder: 'e.g. 2026-11-20T00:00:00Z', description: 'Only tasks older than this moment' });

/** What has not run yet. */
export const getMany = defineOperation<GenieAcs>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many tasks',
  description: 'List tasks that wait in GenieACS, oldest first, one item each; secrets are taken out',
  fields: [...returnAllFields, optionsField([deviceId, name, waitingSince])],
  run: ({ read, client }) => {
    const options = read.options('options');
    const given = Object.fromEntries([['deviceId', 'deviceId'], ['name', 'name'], ['before', 'waitingSince']].flatMap(([key, from]) => (options.text(from!) === undefined ? [] : [[key!, options.text(from!)]])));
    return client.tasks.list(given, read.flag('returnAll') ? MOST : read.number('limit'));
  },
});
