import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField } from '../../../shared/fields.ts';
import type { ErpNext } from '../../connect.ts';
import { conditions, filtersJson, readFilters } from './conditions.ts';
import { docType } from './fields.ts';

/** How many there are, without reading them. */
export const count = defineOperation<ErpNext>({
  value: 'count',
  name: 'Count',
  action: 'Count documents',
  description: 'Say how many documents match filters, without reading them',
  fields: [docType, conditions, optionsField([filtersJson])],
  run: async ({ read, client }) => ({ count: await client.documents.count(read.picked('docType'), readFilters(read)) }),
});
