import { prorate as decide } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, textField } from '../../../shared/fields.ts';

const day = (name: string, displayName: string, description: string) => textField(name, displayName, { placeholder: 'e.g. 2026-04-13', description });

/** The part of a charge that falls on the used days. */
export const prorate = defineOperation<undefined>({
  value: 'prorate',
  name: 'Prorate',
  action: 'Prorate charge',
  description: 'Work out the part of an amount that falls on the used days of a period, by whole days, and the rest that makes it whole',
  fields: [
    numberField('amountMinor', 'Amount (Minor Units)', 0, 'Amount of the whole period in cents; negative for a credit'),
    day('periodStart', 'Period Start', 'First day of the period'),
    day('periodEnd', 'Period End', 'Day after the last day of the period'),
    day('usedStart', 'Used From', 'First day used'),
    day('usedEnd', 'Used Until', 'Day after the last day used'),
  ],
  run: ({ read }) =>
    decide(read.number('amountMinor'), { start: read.text('periodStart'), end: read.text('periodEnd') }, { start: read.text('usedStart'), end: read.text('usedEnd') }),
});
