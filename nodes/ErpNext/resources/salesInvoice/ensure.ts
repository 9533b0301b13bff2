import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField, textField } from '../../../shared/fields.ts';
import type { ErpNext } from '../../connect.ts';
import { fieldsJson, links, readFields } from '../document/fields.ts';
import { currencyField, partOptions, readTotals } from './fields.ts';

const submit = { displayName: 'Submit', name: 'submit', type: 'boolean', default: true, description: 'Whether to submit the invoice in the same request, so that no draft is left behind' } as const;

/** One invoice per key that amounts, to the cent, to what was decided; one that does not is taken back and refused (S1-118). */
export const ensure = defineOperation<ErpNext>({
  value: 'ensure',
  name: 'Ensure',
  action: 'Ensure sales invoice',
  description: 'Make sure that exactly one invoice with the key exists and that ERPNext computed the same total to the cent; otherwise it is taken back',
  fields: [
    textField('key', 'Key', { placeholder: 'e.g. ord_3NxQ7mK2:invoice:2026-04', description: 'Says what the invoice stands for; the same key never makes a second one' }),
    fieldsJson,
    links,
    submit,
    numberField('totalMinor', 'Total (Minor Units)', 0, 'What the invoice must amount to with taxes, in cents', { minValue: 0 }),
    currencyField,
    optionsField(partOptions('it')),
  ],
  run: async ({ read, client }) => {
    const { name, created, doc, warnings } = await client.documents.ensure('Sales Invoice', read.text('key'), readFields(read), { submit: read.flag('submit'), totals: readTotals(read) });
    return { type: 'ensured', doctype: 'Sales Invoice', key: read.text('key'), name, created, warnings, doc };
  },
});
