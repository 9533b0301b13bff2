import { defineOperation } from '../../../shared/defineOperation.ts';
import type { ErpNext } from '../../connect.ts';
import { docType, documentName } from './fields.ts';

/** One document with its child tables. */
export const get = defineOperation<ErpNext>({
  value: 'get',
  name: 'Get',
  action: 'Get document',
  description: 'Read one document with its child tables',
  fields: [docType, documentName],
  run: ({ read, client }) => client.documents.get(read.picked('docType'), read.picked('documentName')),
});
