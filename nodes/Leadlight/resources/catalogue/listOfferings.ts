import { listOfferings as decide, type OfferingFamily } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, numberField, optionsField, todayField } from '../../../shared/fields.ts';
import { catalogOf, catalogOption } from '../../fields.ts';
import { shaped, shapes } from '../../shaped.ts';

const families = { addon: 'TV Add-On', internet: 'Internet', phone: 'Phone', tv: 'TV' };

/** What may be offered today (S1-002, S1-059). */
export const listOfferings = defineOperation<undefined>({
  value: 'listOfferings',
  name: 'List Offerings',
  action: 'List offerings of catalogue',
  description: 'List what may be sold: labels in French and English, monthly and one-time prices in cents; fees and discounts follow by themselves and are left out',
  fields: [
    todayField,
    optionsField([catalogOption, choiceField('family', 'Family', families, 'internet', 'Only offerings of one family'), numberField('maxDownMbps', 'Max Download (Mbps)', 1000, 'The fastest the drop can carry', { minValue: 1 })]),
  ],
  run: ({ read }) => shaped(read, { 'options.catalog': shapes.catalog }, () => {
    const options = read.options('options');
    const family = options.text('family') as OfferingFamily | undefined;
    const maxDownMbps = options.number('maxDownMbps');
    return { offerings: decide(catalogOf(options), { on: read.text('today'), ...(family === undefined ? {} : { family }), ...(maxDownMbps === undefined ? {} : { maxDownMbps }) }) };
  }),
});
