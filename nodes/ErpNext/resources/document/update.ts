import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, textField } from '../../../shared/fields.ts';
import type { ErpNext } from '../../connect.ts';
import { docType, documentName, links, strict, withWarnings } from './fields.ts';
import { fieldsJson, fieldsMode, mappedFields, readDocumentFields } from './mapping.ts';

const lock = { displayName: 'Optimistic Lock', name: 'lock', type: 'boolean', default: false, description: 'Whether to refuse the update when somebody saved the document since it was read' } as const;
const modified = { ...textField('modified', 'Modified', { default: '={{ $json.modified }}', description: 'What the document said when it was read, to the microsecond' }), displayOptions: { show: { lock: [true] } } };

/** Only the fields given; with the lock on, refused when somebody saved since. */
export const update = defineOperation<ErpNext>({
  value: 'update',
  name: 'Update',
  action: 'Update document',
  description: 'Set some fields of a document and leave the others; a child table is replaced whole',
  fields: [
    docType,
    documentName,
    fieldsMode,
    fieldsJson,
    mappedFields,
    links,
    lock,
    modified,
    optionsField([strict]),
  ],
  run: async ({ read, client }) => {
    const written = await client.documents.update(read.picked('docType'), read.picked('documentName'), readDocumentFields(read), {
      strict: read.options('options').flag('strict') ?? false,
      ...(read.flag('lock') ? { modified: read.text('modified') } : {}),
    });
    return withWarnings(written);
  },
});
