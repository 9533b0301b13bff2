import { defineOperation } from '../../../shared/defineOperation.ts';
import type { ErpNext } from '../../connect.ts';
import { docType, documentName, tag } from './fields.ts';

/** A tag off a document. */
export const removeTag = defineOperation<ErpNext>({
  value: 'removeTag',
  name: 'Remove Tag',
  action: 'Remove tag from document',
  description: 'Take a tag off a document and say which it still has; one it has not counts as done',
  fields: [docType, documentName, tag],
  run: async ({ read, client }) => ({ tags: await client.documents.setTag(read.picked('docType'), read.picked('documentName'), read.text('tag'), false) }),
});
