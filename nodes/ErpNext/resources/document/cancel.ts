import { defineOperation } from '../../../shared/defineOperation.ts';
import type { ErpNext } from '../../connect.ts';
import { docType, documentName } from './fields.ts';

/** The undo of Submit. */
export const cancel = defineOperation<ErpNext>({
  value: 'cancel',
  name: 'Cancel',
  action: 'Cancel document',
  description: 'Take a submitted document back; one that is cancelled already counts as done',
  fields: [docType, documentName],
  run: ({ read, client }) => client.documents.cancel(read.picked('docType'), read.picked('documentName')),
});
