import { subscribe as decide, type CheckoutSelection, type SubscribeContext } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, optionsField, textField } from '../../../shared/fields.ts';
import { textOf } from '../../examples.ts';
import { catalogOf, catalogOption, dayField, firstTvBoxOption, given } from '../../fields.ts';
import { shaped, shapes } from '../../shaped.ts';
import { languageOption, manualDiscountOption, redeemedOption, subscriptionId, termOption } from './fields.ts';

const selection: CheckoutSelection = { services: [{ sku: 'FTTH150I', type: 'internet' }, { sku: 'TELEPMENS', type: 'phone' }], commitmentMonths: 24 };

/** A priced selection as billing takes it: what was quoted is what is billed (S2-054, S2-074). */
export const subscribe = defineOperation<undefined>({
  value: 'subscribe',
  name: 'Subscribe',
  action: 'Subscribe to quote',
  description: 'Turn a selection into a subscription as Billing takes it: each monthly line with its prices over time, discounts with their ends, one-off charges on the first day',
  fields: [
    jsonField('selection', 'Selection', 'What the customer picked: services with sku and type, or a plan; addOns, commitmentMonths, coupons', { default: textOf(selection) }),
    subscriptionId,
    dayField('on', 'Sold On', 'Day of the order: its catalog, coupons and held prices hold'),
    dayField('start', 'Start', 'Day it went live'),
    optionsField([textField('anchorDay', 'Billing Day', { placeholder: 'e.g. 1 or last', description: 'Day of the month its periods begin on; without it the day of the start' }), catalogOption, firstTvBoxOption, languageOption, manualDiscountOption, redeemedOption, termOption]),
  ],
  run: ({ read }) => shaped(read, { 'options.catalog': shapes.catalog }, () => {
    const options = read.options('options');
    const day = options.text('anchorDay');
    const context = { id: read.text('id'), on: read.text('on'), start: read.text('start'), firstTvBox: true, ...given(options, { firstTvBox: 'flag', language: 'text', manualDiscount: 'json', redeemed: 'json', term: 'text' }) };
    return decide(read.given('selection') as CheckoutSelection, catalogOf(options), { ...context, ...(day === undefined ? {} : { anchorDay: day === 'last' ? day : Number(day) }) } as unknown as SubscribeContext);
  }),
});
