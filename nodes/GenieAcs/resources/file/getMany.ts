import { defineOperation } from '../../../shared/defineOperation.ts';
import { returnAllFields } from '../../../shared/fields.ts';
import type { GenieAcs } from '../../connect.ts';

/** All files. */
export const getMany = defineOperation<GenieAcs>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many files',
  description: 'List the files by name with type, model, version and size, one item each',
  fields: [...returnAllFields],
  run: ({ read, client }) => client.files.list(read.flag('returnAll') ? 10_000 : read.number('limit')),
});
