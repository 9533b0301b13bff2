import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField } from '../../../shared/fields.ts';
import type { ErpNext } from '../../connect.ts';
import { docType, fieldsJson, links, readFields, strict, withWarnings } from './fields.ts';

/** A new document each time; prefer Ensure where a run may be repeated. */
export const create = defineOperation<ErpNext>({
  value: 'create',
  name: 'Create',
  action: 'Create document',
  description: 'Write a new document, one more each time it runs; use Ensure where a run may be repeated',
  fields: [docType, fieldsJson, links, optionsField([strict])],
  run: async ({ read, client }) => withWarnings(await client.documents.create(read.picked('docType'), readFields(read), { strict: read.options('options').flag('strict') ?? false })),
});
