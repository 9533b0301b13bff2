import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, textField } from '../../../shared/fields.ts';
import type { Fields } from '../../../../packages/erpnext/src/index.ts';
import type { ErpNext } from '../../connect.ts';

const total = { displayName: 'Include Total', name: 'includeTotal', type: 'boolean', default: false, description: 'Whether to add the row of sums as a last item, marked with isTotal' } as const;

/** The rows of a report, one item each. */
export const run = defineOperation<ErpNext>({
  value: 'run',
  name: 'Run',
  action: 'Run report',
  description: 'Run a report of ERPNext and return its rows by field name, one item each; changes nothing',
  fields: [
    textField('report', 'Report', { placeholder: 'e.g. Accounts Receivable', description: 'Name of the report, as ERPNext shows it' }),
    jsonField('filters', 'Filters', 'Filters of the report by field name, e.g. {"company": "Gigafibre"}', { default: '{}' }),
    total,
  ],
  run: async ({ read, client }) => {
    const result = await client.report(read.text('report'), read.object('filters') as Fields);
    return [...result.rows, ...(read.flag('includeTotal') && result.total ? [{ ...result.total, isTotal: true }] : [])];
  },
});
