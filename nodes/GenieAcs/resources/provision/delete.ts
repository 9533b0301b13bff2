import { defineOperation } from '../../../shared/defineOperation.ts';
import type { GenieAcs } from '../../connect.ts';
import { provision } from '../../named.ts';

/** Presets that name it pass over it in silence afterwards. */
export const remove = defineOperation<GenieAcs>({
  value: 'delete',
  name: 'Delete',
  action: 'Delete provision',
  description: 'Take a provision away; one that is gone already is fine',
  fields: [provision],
  run: ({ read, client }) => client.provisions.delete(read.picked('provision')),
});
