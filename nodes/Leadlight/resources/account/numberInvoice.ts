import { invoiceNumber, type NumbersIssued } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, optionsField, textField } from '../../../shared/fields.ts';
import { textOf } from '../../examples.ts';
import { dayField } from '../../fields.ts';

/** The next number, INV-YYYYMM-NNNN (S2-094). */
export const numberInvoice = defineOperation<undefined>({
  value: 'numberInvoice',
  name: 'Number Invoice',
  action: 'Number invoice',
  description: 'Give the next invoice number of a month and the new count to keep with the invoice: no number twice, none left out',
  fields: [
    jsonField('issued', 'Numbers Issued', 'How many numbers each month has given out, as kept since the last call', { default: textOf({ 202604: 12 }) }),
    dayField('on', 'Day', 'Day of the invoice'),
    optionsField([textField('prefix', 'Prefix', { default: 'INV', description: 'What the number begins with, such as CN for credit notes' })]),
  ],
  run: ({ read }) => invoiceNumber(read.object('issued') as unknown as NumbersIssued, read.text('on'), read.options('options').text('prefix')),
});
