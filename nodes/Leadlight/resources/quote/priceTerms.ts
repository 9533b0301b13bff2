import { findOffering, priceTerms as decide, refuse } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, numberField, optionsField } from '../../../shared/fields.ts';
import { catalogOf, catalogOption, dayField, given, skuField } from '../../fields.ts';
import { list, shaped, shapes, text } from '../../shaped.ts';
import { languageOption, redeemedOption, termOption } from './fields.ts';

/** What one offering costs over time (S2-054, S2-074). */
export const priceTerms = defineOperation<undefined>({
  value: 'priceTerms',
  name: 'Price Over Time',
  action: 'Price offering over time',
  description: 'List what one offering costs from its start on: first prices, coupons, the regular price after them and price changes by their day, each with its reason',
  fields: [
    skuField,
    dayField('start', 'Start', 'Day it goes live: months are counted from it'),
    optionsField([
      catalogOption,
      numberField('commitmentMonths', 'Commitment (Months)', 24, 'Months the customer commits to', { minValue: 0 }),
      jsonField('coupons', 'Coupons', 'Codes of coupons, as a list', { default: '[]' }),
      languageOption,
      redeemedOption,
      termOption,
    ]),
  ],
  run: ({ read }) => shaped(read, { 'options.catalog': shapes.catalog, 'options.coupons': list(text) }, () => {
    const options = read.options('options');
    const catalog = catalogOf(options);
    const offering = findOffering(catalog, read.picked('sku'));
    if (!offering) return refuse('unknownSku', `${catalog.id} has no such offering.`, { path: 'sku' });
    return decide(offering, read.text('start'), { catalog, ...given(options, { commitmentMonths: 'number', coupons: 'json', language: 'text', redeemed: 'json', term: 'text' }) });
  }),
});
