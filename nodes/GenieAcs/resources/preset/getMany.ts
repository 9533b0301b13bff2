import { defineOperation } from '../../../shared/defineOperation.ts';
import { returnAllFields } from '../../../shared/fields.ts';
import type { GenieAcs } from '../../connect.ts';

/** All rules. */
export const getMany = defineOperation<GenieAcs>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many presets',
  description: 'List the presets by name, one item each',
  fields: [...returnAllFields],
  run: ({ read, client }) => client.presets.list(read.flag('returnAll') ? 10_000 : read.number('limit')),
});
