import { termPrice as decide } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField } from '../../../shared/fields.ts';
import { given } from '../../fields.ts';

/** Several months paid at once (S2-054). */
export const termPrice = defineOperation<undefined>({
  value: 'termPrice',
  name: 'Term Price',
  action: 'Price term',
  description: 'Price several months paid at once: monthly price, months and discount, rounded once; a written price wins',
  fields: [
    numberField('mrcMinor', 'Monthly Price (Minor Units)', 49900, 'Price of one month in cents', { minValue: 0 }),
    numberField('months', 'Months', 12, 'Months paid at once', { minValue: 1 }),
    numberField('offPpm', 'Discount (PPM)', 170000, 'Part taken off in millionths: 17 % is 170000', { minValue: 0 }),
    optionsField([numberField('priceMinor', 'Written Price (Minor Units)', 499000, 'Price of the whole term in cents, in place of the computed one', { minValue: 0 })]),
  ],
  run: ({ read }) => decide(read.number('mrcMinor'), { months: read.number('months'), offPpm: read.number('offPpm'), ...given(read.options('options'), { priceMinor: 'number' }) }),
});
