import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField } from '../../../shared/fields.ts';
import type { ErpNext } from '../../connect.ts';
import { docType, links, strict, withWarnings } from './fields.ts';
import { fieldsJson, fieldsMode, mappedFields, readDocumentFields } from './mapping.ts';

const submit = { displayName: 'Submit', name: 'submit', type: 'boolean', default: false, description: 'Whether to submit the document in the same request, so that no draft is left behind' } as const;

/** A new document each time; prefer Ensure where a run may be repeated. */
export const create = defineOperation<ErpNext>({
  value: 'create',
  name: 'Create',
  action: 'Create document',
  description: 'Write a new document, one more each time it runs; use Ensure where a run may be repeated',
  fields: [docType, fieldsMode, fieldsJson, mappedFields, links, optionsField([strict, submit])],
  run: async ({ read, client }) => {
    const options = read.options('options');
    const fields = { ...readDocumentFields(read), ...(options.flag('submit') ? { docstatus: 1 } : {}) };
    return withWarnings(await client.documents.create(read.picked('docType'), fields, { strict: options.flag('strict') ?? false }));
  },
});
