import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField, textField } from '../../../shared/fields.ts';
import type { ErpNext } from '../../connect.ts';
import { fieldsJson, links, readFields } from '../document/fields.ts';
import { currencyField, invoice, partOptions, readTotals } from './fields.ts';

/** One credit note per key against an invoice, agreed to the cent, never more than is left of it. */
export const ensureCreditNote = defineOperation<ErpNext>({
  value: 'ensureCreditNote',
  name: 'Ensure Credit Note',
  action: 'Ensure credit note',
  description: 'Make sure that exactly one credit note with the key exists against an invoice, agreed to the cent and read back; more than is left of the invoice is refused',
  fields: [
    textField('key', 'Key', { placeholder: 'e.g. sub_7:credit:2026-04', description: 'Says what the credit note stands for; the same key never makes a second one' }),
    invoice,
    fieldsJson,
    links,
    numberField('totalMinor', 'Total (Minor Units)', 0, 'What the credit note must amount to with taxes, in cents and below zero, e.g. -5746', { maxValue: 0 }),
    currencyField,
    optionsField(partOptions('it')),
  ],
  run: async ({ read, client }) => {
    const { name, created, doc, warnings, settles, invoice: against } = await client.invoices.credit(read.text('key'), read.picked('invoice'), readFields(read), { totals: readTotals(read) });
    return { type: 'ensured', doctype: 'Sales Invoice', key: read.text('key'), name, created, settles, invoice: against, warnings, doc };
  },
});
