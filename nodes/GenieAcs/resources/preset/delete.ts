import { defineOperation } from '../../../shared/defineOperation.ts';
import type { GenieAcs } from '../../connect.ts';
import { preset } from '../../named.ts';

/** Its provisions stay. */
export const remove = defineOperation<GenieAcs>({
  value: 'delete',
  name: 'Delete',
  action: 'Delete preset',
  description: 'Take a preset away; one that is gone already is fine',
  fields: [preset],
  run: ({ read, client }) => client.presets.delete(read.picked('preset')),
});
