import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { serial } from './fields.ts';

/** Light levels with a verdict and its reasons. */
export const readOpticalPower = defineOperation<HubClient>({
  value: 'readOpticalPower',
  name: 'Read Optical Power',
  action: 'Read optical power of ONU',
  description: 'Measure received and sent light at ONU and OLT in dBm, with a verdict (good, warning, critical, no reading) and its reasons',
  fields: [serial],
  run: ({ read, client }) => client.voltha.optical(read.text('serial')),
});
