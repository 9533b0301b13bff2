import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { GenieAcs } from '../../connect.ts';
import { device, deviceIdOf, readTaskOptions, taskOptions } from '../../fields.ts';

/** Runs stored scripts by name: how settings with secrets reach a device without passing through n8n. */
export const runProvisions = defineOperation<GenieAcs>({
  value: 'runProvisions',
  name: 'Run Provisions',
  action: 'Run provisions on device',
  description: 'Run scripts stored in GenieACS on a CPE, by name; they may fetch secrets themselves, so that none pass through n8n',
  fields: [
    device,
    textField('provisions', 'Provisions', { placeholder: 'e.g. leadlight-settings', description: 'Names of the scripts, separated by commas' }),
    taskOptions(),
  ],
  run: async ({ read, client }) => client.tasks.runProvisions(await deviceIdOf(read, client), read.list('provisions'), readTaskOptions(read)),
});
