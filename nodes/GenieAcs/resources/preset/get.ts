import { defineOperation } from '../../../shared/defineOperation.ts';
import type { GenieAcs } from '../../connect.ts';
import { preset } from '../../named.ts';

/** The rule as stored. */
export const get = defineOperation<GenieAcs>({
  value: 'get',
  name: 'Get',
  action: 'Get preset',
  description: 'Read a preset: which devices, which events, which provisions',
  fields: [preset],
  run: ({ read, client }) => client.presets.get(read.picked('preset')),
});
