import { checkTaxTable, taxLines } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, optionsField } from '../../../shared/fields.ts';
import { textOf } from '../../examples.ts';
import { dayField, jurisdictionField, taxTableOf, taxTableOption } from '../../fields.ts';
import { list, record, shaped } from '../../shaped.ts';

/** The taxes on a document: each once on its total. */
export const computeTaxes = defineOperation<undefined>({
  value: 'computeTaxes',
  name: 'Compute Taxes',
  action: 'Compute taxes on amounts',
  description: 'Compute the taxes on the amounts of one document, each tax once on its taxable total; a place, day or tax code that the table does not know is refused, never taxed at zero',
  fields: [
    jsonField('amounts', 'Amounts', 'One amount in cents, or a list of amountMinor with taxCode and, for a credit, the day it was first taxed on', { default: textOf([{ amountMinor: 14959, taxCode: 'standard' }]) }),
    jurisdictionField,
    dayField('on', 'Day', 'Day of the document: its rates hold'),
    optionsField([jsonField('exemptions', 'Exemptions', 'Taxes the account does not pay: tax, certificate and, if they end, from and until', { default: '[]' }), taxTableOption]),
  ],
  run: ({ read }) =>
    shaped(read, { amounts: { oneOf: [{ type: 'integer' }, list(record(['amountMinor', 'taxCode']))] }, 'options.exemptions': list(record(['tax', 'certificate'])) }, ({ amounts, 'options.exemptions': exemptions }) => {
      const table = checkTaxTable(taxTableOf(read.options('options')));
      return table.type === 'refused' ? table : taxLines(amounts, read.picked('jurisdiction'), read.text('on'), table.value, exemptions);
    }),
});
