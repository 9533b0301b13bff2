import { defineOperation } from '../../../shared/defineOperation.ts';
import type { GenieAcs } from '../../connect.ts';
import { virtualParameter } from '../../named.ts';

/** The script as stored. */
export const get = defineOperation<GenieAcs>({
  value: 'get',
  name: 'Get',
  action: 'Get virtual parameter',
  description: 'Read a virtual parameter with its script',
  fields: [virtualParameter],
  run: ({ read, client }) => client.virtualParameters.get(read.picked('virtualParameter')),
});
