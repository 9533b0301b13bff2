import { defineOperation } from '../../../shared/defineOperation.ts';
import type { GenieAcs } from '../../connect.ts';
import { provision } from '../../named.ts';

/** The script as stored. */
export const get = defineOperation<GenieAcs>({
  value: 'get',
  name: 'Get',
  action: 'Get provision',
  description: 'Read a provision with its script',
  fields: [provision],
  run: ({ read, client }) => client.provisions.get(read.picked('provision')),
});
