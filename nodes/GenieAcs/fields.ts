import type { INodeProperties } from 'n8n-workflow';
import type { TaskOptions } from '../../packages/genieacs/src/index.ts';
import { numberField, optionsField, textField } from '../shared/fields.ts';
import type { Inputs } from '../shared/inputs.ts';
import type { GenieAcs } from './connect.ts';

/** A device by its GenieACS id or by the serial on its label. */
export const device: INodeProperties = {
  displayName: 'Device',
  name: 'device',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  description: 'The CPE, by its serial number or by its ID in GenieACS',
  modes: [
    { displayName: 'From List', name: 'list', type: 'list', placeholder: 'Type a serial…', typeOptions: { searchListMethod: 'searchDevices', searchable: true } },
    { displayName: 'Serial', name: 'serial', type: 'string', placeholder: 'e.g. RCMG19E01234' },
    { displayName: 'ID', name: 'id', type: 'string', placeholder: 'e.g. 000E5E-SR905ac-RCMG19E01234' },
  ],
};

const queue: INodeProperties = {
  displayName: 'Take Back if Offline',
  name: 'failIfOffline',
  type: 'boolean',
  default: false,
  description: 'Whether a task that could not run now is taken back instead of waiting for the next inform',
};
const wake: INodeProperties = {
  displayName: 'Wake Device',
  name: 'connectionRequest',
  type: 'boolean',
  default: true,
  description: 'Whether to ask the device to call in now instead of waiting for its next inform',
};
const wait = numberField('waitSeconds', 'Wait Seconds', 20, 'How long to follow a task that GenieACS only accepted', { minValue: 0, maxValue: 600 });
const uniqueKey = textField('uniqueKey', 'Unique Key', { placeholder: 'e.g. ord_3NxQ7mK2', description: 'Replaces a waiting task with the same key, so that a second run does not pile up' });

export const taskOptions = (...more: readonly INodeProperties[]): INodeProperties => optionsField([queue, wake, wait, uniqueKey, ...more]);

export function readTaskOptions(read: Inputs): TaskOptions {
  const options = read.options('options');
  const failIfOffline = options.flag('failIfOffline');
  const connectionRequest = options.flag('connectionRequest');
  const seconds = options.number('waitSeconds');
  const key = options.text('uniqueKey');
  return {
    ...(failIfOffline === undefined ? {} : { failIfOffline }),
    ...(connectionRequest === undefined ? {} : { connectionRequest }),
    ...(seconds === undefined ? {} : { waitMs: seconds * 1000 }),
    ...(key === undefined ? {} : { uniqueKey: key }),
  };
}

/** The id of the device picked; a serial is looked up, and one that two devices share is refused rather than guessed. */
export async function deviceIdOf(read: Inputs, client: GenieAcs): Promise<string> {
  const picked = read.picked('device');
  return read.modeOf('device') === 'serial' ? (await client.devices.findBySerial(picked)).id : picked;
}
