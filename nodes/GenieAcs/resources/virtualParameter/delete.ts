import { defineOperation } from '../../../shared/defineOperation.ts';
import type { GenieAcs } from '../../connect.ts';
import { virtualParameter } from '../../named.ts';

/** Scripts that read it find nothing afterwards. */
export const remove = defineOperation<GenieAcs>({
  value: 'delete',
  name: 'Delete',
  action: 'Delete virtual parameter',
  description: 'Take a virtual parameter away; one that is gone already is fine',
  fields: [virtualParameter],
  run: ({ read, client }) => client.virtualParameters.delete(read.picked('virtualParameter')),
});
