import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, optionsField, textField } from '../../../shared/fields.ts';
import type { ErpNext } from '../../connect.ts';
import type { Filter } from '../../../../packages/erpnext/src/index.ts';
import { docType, links, names, strict } from './fields.ts';
import { fieldsJson, fieldsMode, mappedFields, readDocumentFields } from './mapping.ts';

const submit = { displayName: 'Submit', name: 'submit', type: 'boolean', default: false, description: 'Whether to submit the document in the same request, so that no draft is left behind' } as const;

/** Exactly one document per key, however often this runs: S1-103. */
export const ensure = defineOperation<ErpNext>({
  value: 'ensure',
  name: 'Ensure',
  action: 'Ensure document',
  description: 'Make sure that exactly one document with the key exists: create it, or find the one an earlier run made and check that it agrees',
  fields: [
    docType,
    textField('key', 'Key', { placeholder: 'e.g. ord_3NxQ7mK2:customer', description: 'Says what the document stands for; the same key never makes a second one' }),
    fieldsMode,
    fieldsJson,
    mappedFields,
    links,
    submit,
    optionsField([
      textField('criticalFields', 'Critical Fields', { placeholder: 'e.g. customer, currency', description: 'Fields, separated by commas, that must agree when the document is there already' }),
      textField('keyField', 'Key Field', { default: 'leadlight_id', description: 'The unique field that holds the key' }),
      jsonField('reuse', 'Reuse', 'Filters that find the document to use when another unique field is taken, e.g. [["email_id", "=", "a@b.ca"]]', { default: '[]' }),
      strict,
    ]),
  ],
  run: async ({ read, client }) => {
    const options = read.options('options');
    const critical = names(options.text('criticalFields'));
    const keyField = options.text('keyField');
    const reuse = options.json('reuse') as readonly Filter[] | undefined;
    const { name, created, doc, warnings } = await client.documents.ensure(read.picked('docType'), read.text('key'), readDocumentFields(read), {
      submit: read.flag('submit'),
      strict: options.flag('strict') ?? false,
      ...(critical === undefined ? {} : { critical }),
      ...(keyField === undefined ? {} : { keyField }),
      ...(reuse === undefined ? {} : { reuse }),
    });
    return { type: 'ensured', doctype: read.picked('docType'), key: read.text('key'), name, created, warnings, doc };
  },
});
