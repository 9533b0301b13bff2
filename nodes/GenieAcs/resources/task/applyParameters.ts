import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, jsonField } from '../../../shared/fields.ts';
import type { ProfileParameter } from '../../../../packages/genieacs/src/index.ts';
import type { GenieAcs } from '../../connect.ts';
import { device, deviceIdOf, readTaskOptions, taskOptions } from '../../fields.ts';

const unwritable = choiceField('onUnwritable', 'If Not Writable', { refuse: 'Write Nothing', skip: 'Write the Others' }, 'refuse', 'What to do when a parameter is missing on the device or read-only');

/** Brings a device to the wanted values: writes what differs, reads back, says for each what became of it (S1-115). */
export const applyParameters = defineOperation<GenieAcs>({
  value: 'applyParameters',
  name: 'Apply Parameters',
  action: 'Apply parameters to device',
  description: 'Bring a CPE to wanted values: write only what differs, read it back from the device, and say for each parameter what became of it',
  fields: [
    device,
    jsonField('parameters', 'Parameters', 'List of {"path", "value"} and, for secrets, "secret": true; or an object of path to value', { default: '[]' }),
    taskOptions(unwritable),
  ],
  run: async ({ read, client }) => {
    const onUnwritable = read.options('options').text('onUnwritable');
    const given = read.json('parameters');
    const parameters = (Array.isArray(given) ? given : Object.entries(read.object('parameters')).map(([path, value]) => ({ path, value }))) as readonly ProfileParameter[];
    return client.applyProfile(await deviceIdOf(read, client), parameters, { ...readTaskOptions(read), ...(onUnwritable === 'skip' ? { onUnwritable } : {}) });
  },
});
