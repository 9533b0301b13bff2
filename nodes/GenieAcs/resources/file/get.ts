import { defineOperation } from '../../../shared/defineOperation.ts';
import type { GenieAcs } from '../../connect.ts';
import { file } from '../../named.ts';

/** Facts, not bytes. */
export const get = defineOperation<GenieAcs>({
  value: 'get',
  name: 'Get',
  action: 'Get file',
  description: 'Read what GenieACS keeps of a file: type, model, version, size; its bytes are fetched by CPEs only',
  fields: [file],
  run: ({ read, client }) => client.files.get(read.picked('file')),
});
