import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, optionsField } from '../../../shared/fields.ts';
import type { ModelSet } from '../../../../packages/genieacs/src/index.ts';
import type { GenieAcs } from '../../connect.ts';

const EXAMPLE = JSON.stringify([{ id: 'ht803g-w', productClass: 'HT803G-W', parameters: [{ path: 'InternetGatewayDevice.Time.NTPServer1', value: '0.ca.pool.ntp.org' }] }], null, 2);
const dryRun: INodeProperties = { displayName: 'Dry Run', name: 'dryRun', type: 'boolean', default: false, description: 'Whether to say what would be written, and write nothing' };

/** The chain of S1-130 in one operation. */
export const installSet = defineOperation<GenieAcs>({
  value: 'installSet',
  name: 'Install Set',
  action: 'Install set of presets',
  description: 'Bring GenieACS to a set of presets and provisions for your models: bootstrap, hourly readings, values per model, firmware on mismatch; run again it writes nothing',
  fields: [
    jsonField('models', 'Models', 'List of {"id", "productClass", "modelName", "tag", "parameters", "refresh", "firmware"}', { default: EXAMPLE }),
    optionsField([dryRun]),
  ],
  run: ({ read, client }) => {
    const given = read.json('models');
    const models = (Array.isArray(given) ? given : [given]) as readonly ModelSet[];
    return client.installSet(models, read.options('options').flag('dryRun') ? { dryRun: true } : {});
  },
});
