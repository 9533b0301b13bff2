import { choiceField, jsonField, textField } from '../../../shared/fields.ts';

export const languageOption = choiceField('language', 'Language', { en: 'English', fr: 'French' }, 'fr', 'How things are called on the bill');
export const termOption = choiceField('term', 'Term', { quarter: 'Quarter', year: 'Year' }, 'year', 'Several months paid at once, at the price the catalog says');
export const manualDiscountOption = jsonField('manualDiscount', 'Manual Discount', 'A discount someone allowed: sku, authorisedBy and, where the catalog limits it, role', { default: '{}' });
export const redeemedOption = jsonField('redeemed', 'Coupons Redeemed', 'How often each coupon was used so far, by its code; needed for coupons with a limit', { default: '{}' });
export const subscriptionId = textField('id', 'Subscription ID', { default: 'sub_1', placeholder: 'e.g. sub_1', description: 'What the subscription is called: letters, digits, dots, dashes' });
