import { defineOperation } from '../../../shared/defineOperation.ts';
import type { ErpNext } from '../../connect.ts';
import { docType, documentName } from './fields.ts';

/** Removes a draft; submitted or linked documents are refused by the server. */
export const remove = defineOperation<ErpNext>({
  value: 'delete',
  name: 'Delete',
  action: 'Delete document',
  description: 'Remove a document for good; one that is gone already counts as done, submitted or linked ones are refused',
  fields: [docType, documentName],
  run: async ({ read, client }) => {
    const { deleted } = await client.documents.delete(read.picked('docType'), read.picked('documentName'));
    return { deleted: true, existed: deleted };
  },
});
