import { defineOperation } from '../../../shared/defineOperation.ts';
import type { ErpNext } from '../../connect.ts';
import { docType, documentName } from './fields.ts';

/** Makes a draft binding. */
export const submit = defineOperation<ErpNext>({
  value: 'submit',
  name: 'Submit',
  action: 'Submit document',
  description: 'Make a draft binding; one that is submitted already counts as done',
  fields: [docType, documentName],
  run: ({ read, client }) => client.documents.submit(read.picked('docType'), read.picked('documentName')),
});
