import { canadaTaxTable, checkTaxTable as decide, type TaxTable } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField } from '../../../shared/fields.ts';
import { textOf } from '../../examples.ts';

/** Whether a tax table can be used. */
export const checkTaxTable = defineOperation<undefined>({
  value: 'checkTaxTable',
  name: 'Check Tax Table',
  action: 'Check tax table',
  description: 'Say whether a tax table can be used: whole rates, days that run forwards, one rate of a tax a day; a table that cannot is refused with the place',
  fields: [jsonField('table', 'Table', 'Taxes by jurisdiction and day; rates in parts per million, 9.975 % is 99750', { default: textOf(canadaTaxTable) })],
  run: ({ read }) => decide(read.json('table') as TaxTable),
});
