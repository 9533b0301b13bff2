import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, textField } from '../../../shared/fields.ts';
import type { ErpNext } from '../../connect.ts';
import { docType, documentName, fieldsJson, links, readFields, strict, withWarnings } from './fields.ts';

/** Only the fields given; refused when somebody saved since, if told what was read. */
export const update = defineOperation<ErpNext>({
  value: 'update',
  name: 'Update',
  action: 'Update document',
  description: 'Set some fields of a document and leave the others; a child table is replaced whole',
  fields: [
    docType,
    documentName,
    fieldsJson,
    links,
    optionsField([textField('modified', 'Modified', { placeholder: 'e.g. {{ $json.modified }}', description: 'What the document said when it was read; the update is refused if somebody saved since' }), strict]),
  ],
  run: async ({ read, client }) => {
    const options = read.options('options');
    const modified = options.text('modified');
    const written = await client.documents.update(read.picked('docType'), read.picked('documentName'), readFields(read), {
      strict: options.flag('strict') ?? false,
      ...(modified === undefined ? {} : { modified }),
    });
    return withWarnings(written);
  },
});
