import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/defineOperation.ts';
import type { GenieAcs } from '../../connect.ts';
import { device, deviceIdOf, readTaskOptions, taskOptions } from '../../fields.ts';

const confirmed: INodeProperties = { displayName: 'Confirmed', name: 'confirmed', type: 'boolean', default: false, description: 'Whether losing every setting of the device is meant' };

/** Refused unless it is confirmed. */
export const factoryReset = defineOperation<GenieAcs>({
  value: 'factoryReset',
  name: 'Factory Reset',
  action: 'Factory reset device',
  description: 'Ask a CPE to go back to its factory state; everything set on it is lost, and its 0 BOOTSTRAP inform tells that it came back',
  fields: [device, confirmed, taskOptions()],
  run: async ({ read, client }) => {
    if (!read.flag('confirmed')) return { type: 'refused', code: 'notConfirmed', path: 'confirmed', message: 'A factory reset takes every setting away.', hint: 'Switch Confirmed on when that is meant.' };
    return client.tasks.factoryReset(await deviceIdOf(read, client), readTaskOptions(read));
  },
});
