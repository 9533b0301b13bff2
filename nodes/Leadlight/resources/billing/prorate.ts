import { prorate as decide } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, textField } from '../../../shared/fields.ts';

const time = (name: string, displayName: string, example: string, description: string) => textField(name, displayName, { default: example, placeholder: `e.g. ${example}`, description });

/** The part of a charge that falls on the used time (S0-09). */
export const prorate = defineOperation<undefined>({
  value: 'prorate',
  name: 'Prorate',
  action: 'Prorate charge',
  description: 'Work out the part of an amount that falls on the used part of a period, and the rest that makes it whole: by days when days are given, by seconds when instants are',
  fields: [
    numberField('amountMinor', 'Amount (Minor Units)', 9995, 'Amount of the whole period in cents; negative for a credit'),
    time('periodStart', 'Period Start', '2026-04-01', 'First day of the period, or the instant it begins, in UTC'),
    time('periodEnd', 'Period End', '2026-05-01', 'Day after the last day of the period, or the instant it ends'),
    time('usedStart', 'Used From', '2026-04-13', 'First day used, or the instant from which it was used'),
    time('usedEnd', 'Used Until', '2026-05-01', 'Day after the last day used, or the instant up to which it was used'),
  ],
  run: ({ read }) =>
    decide(read.number('amountMinor'), { start: read.text('periodStart'), end: read.text('periodEnd') }, { start: read.text('usedStart'), end: read.text('usedEnd') }),
});
