import { defineOperation } from '../../../shared/defineOperation.ts';
import type { ErpNext } from '../../connect.ts';
import { docType, documentName, tag } from './fields.ts';

/** A tag on a document. */
export const addTag = defineOperation<ErpNext>({
  value: 'addTag',
  name: 'Add Tag',
  action: 'Add tag to document',
  description: 'Put a tag on a document and say which it has then; one it has already counts as done',
  fields: [docType, documentName, tag],
  run: async ({ read, client }) => ({ tags: await client.documents.setTag(read.picked('docType'), read.picked('documentName'), read.text('tag'), true) }),
});
