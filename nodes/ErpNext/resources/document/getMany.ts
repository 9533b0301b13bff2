import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, returnAllFields, textField } from '../../../shared/fields.ts';
import type { ErpNext } from '../../connect.ts';
import type { Filter } from '../../../../packages/erpnext/src/index.ts';
import { anyOfJson, conditions, filtersJson, readFilters } from './conditions.ts';
import { docType, names } from './fields.ts';

const PAGE = 1000;

/** Rows of a DocType, by filters; all of them by keyset, so that rows written meanwhile are neither skipped nor repeated. */
export const getMany = defineOperation<ErpNext>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many documents',
  description: 'List documents that match filters, one item each; only the columns asked for',
  fields: [
    docType,
    ...returnAllFields,
    conditions,
    optionsField([
      filtersJson,
      anyOfJson,
      textField('columns', 'Columns', { placeholder: 'e.g. name, status', description: 'Columns to return, separated by commas; all of them with *' }),
      textField('orderBy', 'Order By', { placeholder: 'e.g. modified desc', description: 'Used with a limit only; all rows come in the order they were created' }),
    ]),
  ],
  run: async ({ read, client }) => {
    const options = read.options('options');
    const doctype = read.picked('docType');
    const filters = readFilters(read);
    const orFilters = options.json('anyOf') as readonly Filter[] | undefined;
    const fields = names(options.text('columns'));
    const orderBy = options.text('orderBy');
    const query = { filters, ...(orFilters === undefined ? {} : { orFilters }), ...(fields === undefined ? {} : { fields }) };
    const limit = read.flag('returnAll') ? Number.POSITIVE_INFINITY : read.number('limit');
    if (limit <= PAGE) return await client.documents.list(doctype, { ...query, ...(orderBy === undefined ? {} : { orderBy }), limit });
    const rows: object[] = [];
    for await (const row of client.documents.listAll(doctype, { ...query, limit: PAGE })) {
      rows.push(row);
      if (rows.length >= limit) break;
    }
    return rows;
  },
});
