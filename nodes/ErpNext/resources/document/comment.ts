import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { ErpNext } from '../../connect.ts';
import { docType, documentName } from './fields.ts';

/** A comment on a document, once. */
export const comment = defineOperation<ErpNext>({
  value: 'comment',
  name: 'Comment',
  action: 'Comment on document',
  description: 'Add a comment to the timeline of a document; the same text is not added a second time',
  fields: [docType, documentName, textField('comment', 'Comment', { placeholder: 'e.g. Port 0/1/5 activated, -18.4 dBm', typeOptions: { rows: 3 }, description: 'What to say, as plain text' })],
  run: ({ read, client }) => client.documents.comment(read.picked('docType'), read.picked('documentName'), read.text('comment')),
});
