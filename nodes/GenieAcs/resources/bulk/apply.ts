import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, numberField, optionsField } from '../../../shared/fields.ts';
import type { BulkAction, BulkInput, BulkItem } from '../../../../packages/genieacs/src/index.ts';
import type { GenieAcs } from '../../connect.ts';

const EXAMPLE = JSON.stringify({ do: 'setParameters', parameters: [{ path: 'InternetGatewayDevice.Time.NTPServer1', value: '0.ca.pool.ntp.org' }] }, null, 2);
const concurrency = numberField('concurrency', 'Concurrency', 10, 'How many devices are worked on at the same time', { minValue: 1, maxValue: 50 });
const resume = jsonField('resume', 'Resume', 'The items of an earlier report: what is finished there is taken over, only the rest is done', { default: '[]' });
const stopAfterFailures = numberField('stopAfterFailures', 'Stop After', 0, 'Hold the rest back after so many devices did not end well; 0 goes on', { minValue: 0 });
const wake: INodeProperties = { displayName: 'Wake Devices', name: 'connectionRequest', type: 'boolean', default: true, description: 'Whether to ask each device to call in now instead of waiting for its next inform' };

/** One device's trouble stops no other. */
export const apply = defineOperation<GenieAcs>({
  value: 'apply',
  name: 'Apply',
  action: 'Apply to many devices',
  description: 'Do the same on many CPEs, so many at a time, with one report: one answer per device in the order given, resumable by key',
  fields: [
    jsonField('devices', 'Devices', 'List of serials, or of {"serial"} or {"deviceId"}, each with a "key" if you like', { default: '["RCMG19E01234", "RCMG19E01235"]' }),
    jsonField('action', 'Action', 'What to do: setParameters, refresh, runProvisions, addTag, removeTag, reboot, factoryReset or upgradeFirmware, with what it needs', { default: EXAMPLE }),
    optionsField([concurrency, resume, stopAfterFailures, wake]),
  ],
  run: ({ read, client }) => {
    const given = read.json('devices');
    const inputs = (Array.isArray(given) ? given : [given]).map((one: unknown) => (typeof one === 'string' ? { serial: one } : (one as BulkInput)));
    const options = read.options('options');
    const kept = options.json('resume');
    const most = options.number('stopAfterFailures');
    const atOnce = options.number('concurrency');
    const wakes = options.flag('connectionRequest');
    return client.bulk(inputs, read.object('action') as unknown as BulkAction, {
      ...(atOnce === undefined ? {} : { concurrency: atOnce }),
      ...(Array.isArray(kept) ? { resume: kept as readonly BulkItem[] } : {}),
      ...(most ? { stopAfterFailures: most } : {}),
      ...(wakes === undefined ? {} : { task: { connectionRequest: wakes } }),
    });
  },
});
