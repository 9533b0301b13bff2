import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, optionsField, textField } from '../../../shared/fields.ts';
import type { ErpNext } from '../../connect.ts';
import type { Keyed } from '../../../../packages/erpnext/src/index.ts';
import { docType } from './fields.ts';

/** Many new documents in few requests. */
export const ensureMany = defineOperation<ErpNext>({
  value: 'ensureMany',
  name: 'Ensure Many',
  action: 'Ensure many documents',
  description: 'Make sure that one document for each key exists, 200 to a request, each request all or nothing; run again it goes on where it stopped',
  fields: [
    docType,
    jsonField('rows', 'Rows', 'List of objects with key and fields, e.g. [{"key": "import:7", "fields": {"customer_name": "Jeanne"}}]', { default: '[]' }),
    optionsField([textField('keyField', 'Key Field', { default: 'leadlight_id', description: 'The unique field that holds the key' })]),
  ],
  run: ({ read, client }) => client.documents.insertMany(read.picked('docType'), read.json('rows') as readonly Keyed[], read.options('options').text('keyField')),
});
