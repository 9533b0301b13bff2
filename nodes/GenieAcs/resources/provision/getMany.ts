import { defineOperation } from '../../../shared/defineOperation.ts';
import { returnAllFields } from '../../../shared/fields.ts';
import type { GenieAcs } from '../../connect.ts';

/** All scripts of this kind. */
export const getMany = defineOperation<GenieAcs>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many provisions',
  description: 'List the provisions with their scripts, by name, one item each',
  fields: [...returnAllFields],
  run: ({ read, client }) => client.provisions.list(read.flag('returnAll') ? 10_000 : read.number('limit')),
});
