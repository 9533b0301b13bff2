import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, textField } from '../../../shared/fields.ts';
import type { ErpNext } from '../../connect.ts';
import { docType, documentName, links, names } from './fields.ts';
import { fieldsJson, fieldsMode, mappedFields, readDocumentFields } from './mapping.ts';

const submit = { displayName: 'Submit', name: 'submit', type: 'boolean', default: false, description: 'Whether to submit the copy in the same request, so that no draft is left behind' } as const;

/** A corrected copy of a cancelled document, one per key. */
export const amend = defineOperation<ErpNext>({
  value: 'amend',
  name: 'Amend',
  action: 'Amend document',
  description: 'Make a corrected copy of a cancelled document under a new key; the same key never makes a second one',
  fields: [
    docType,
    documentName,
    textField('key', 'Key', { placeholder: 'e.g. ord_3NxQ7mK2:invoice:2026-04:2', description: 'Says what the copy stands for; must differ from the key of the cancelled document' }),
    fieldsMode,
    fieldsJson,
    mappedFields,
    links,
    submit,
    optionsField([textField('noCopy', 'Leave Out', { placeholder: 'e.g. posting_time, outstanding_amount', description: 'Fields, separated by commas, that the copy does not take over' })]),
  ],
  run: async ({ read, client }) => {
    const noCopy = names(read.options('options').text('noCopy'));
    const [doctype, key] = [read.picked('docType'), read.text('key')];
    const { name, created, doc, warnings } = await client.documents.amend(doctype, read.picked('documentName'), key, readDocumentFields(read), { submit: read.flag('submit'), ...(noCopy ? { noCopy } : {}) });
    return { type: 'ensured', doctype, key, name, created, warnings, doc };
  },
});
