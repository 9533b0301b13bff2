import { priceCheckout, type CheckoutContext, type CheckoutSelection } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, optionsField, todayField } from '../../../shared/fields.ts';
import { catalogOf, catalogOption, firstTvBoxOption, jurisdictionOf, jurisdictionOption, taxTableOf, taxTableOption } from '../../fields.ts';

/** What a selection costs: monthly, once and due now, each line with its reason (S1-060…064). */
export const price = defineOperation<undefined>({
  value: 'price',
  name: 'Price',
  action: 'Price quote',
  description: 'Price a selection of services: monthly, one-time and due-now totals with discounts and taxes in cents, and the reason for each line',
  fields: [
    jsonField('selection', 'Selection', 'What the customer picked: services with sku and type, addOns, commitmentMonths, tvBoxes', { default: '={{ $json }}' }),
    todayField,
    optionsField([catalogOption, firstTvBoxOption, jurisdictionOption, jsonField('manualDiscount', 'Manual Discount', 'A discount someone allowed: sku and authorisedBy', { default: '{}' }), taxTableOption]),
  ],
  run: ({ read }) => {
    const options = read.options('options');
    const manualDiscount = options.json('manualDiscount') as CheckoutContext['manualDiscount'];
    return priceCheckout(read.given('selection') as CheckoutSelection, catalogOf(options), {
      on: read.text('today'),
      firstTvBox: options.flag('firstTvBox') ?? true,
      jurisdiction: jurisdictionOf(options),
      taxTable: taxTableOf(options),
      ...(manualDiscount === undefined ? {} : { manualDiscount }),
    });
  },
});
