import { defineOperation } from '../../../shared/defineOperation.ts';
import type { GenieAcs } from '../../connect.ts';
import { file } from '../../named.ts';

/** A device that was ordered to fetch it will fault. */
export const remove = defineOperation<GenieAcs>({
  value: 'delete',
  name: 'Delete',
  action: 'Delete file',
  description: 'Take a file away and look that it is gone; one that is not there is never asked for, since that would hang GenieACS',
  fields: [file],
  run: ({ read, client }) => client.files.delete(read.picked('file')),
});
