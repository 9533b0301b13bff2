import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, optionsField } from '../../../shared/fields.ts';
import type { Filter } from '../../../../packages/erpnext/src/index.ts';
import type { ErpNext } from '../../connect.ts';
import { docType } from './fields.ts';

/** How many there are, without reading them. */
export const count = defineOperation<ErpNext>({
  value: 'count',
  name: 'Count',
  action: 'Count documents',
  description: 'Say how many documents match filters, without reading them',
  fields: [docType, optionsField([jsonField('filters', 'Filters', 'List of [field, operator, value], e.g. [["status", "=", "Active"]]', { default: '[]' })])],
  run: async ({ read, client }) => ({ count: await client.documents.count(read.picked('docType'), (read.options('options').json('filters') ?? []) as readonly Filter[]) }),
});
