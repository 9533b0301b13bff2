import { defineOperation } from '../../../shared/defineOperation.ts';
import { returnAllFields } from '../../../shared/fields.ts';
import type { ErpNext } from '../../connect.ts';
import { docType, documentName } from '../document/fields.ts';

/** What is attached to a document. */
export const getMany = defineOperation<ErpNext>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many files',
  description: 'List the files attached to a document, one item each, with their addresses',
  fields: [docType, documentName, ...returnAllFields],
  run: async ({ read, client }) => {
    const files = await client.files.list(read.picked('docType'), read.picked('documentName'));
    return files.slice(0, read.flag('returnAll') ? files.length : read.number('limit')).map(({ name, fileName, url, isPrivate, bytes }) => ({ name, fileName, url, isPrivate, bytes }));
  },
});
