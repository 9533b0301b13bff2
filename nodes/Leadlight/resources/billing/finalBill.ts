import { finalBill as decide } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, optionsField } from '../../../shared/fields.ts';
import { list, record, shaped } from '../../shaped.ts';
import { accountField, asOfField, billing, billOptions, someBilledField, subscriptionsField } from './fields.ts';

const feesOption = jsonField('fees', 'Fees', 'One-off charges of the end, such as early termination or equipment: key, on, sku, description, amountMinor', { default: '[]' });

/** The last bill, estimated or made (S0-12, S0-128). */
export const finalBill = defineOperation<undefined>({
  value: 'finalBill',
  name: 'Final Bill',
  action: 'Make final bill',
  description: 'Make or estimate the last bill of subscriptions that end on a day: unused days come back, arrears and fees are charged',
  fields: [accountField, subscriptionsField, someBilledField, { ...asOfField, displayName: 'End', description: 'First day without service' }, optionsField([...billOptions, feesOption])],
  run: ({ read }) => billing(read, (input, terms) => shaped(read, { 'options.fees': list(record(['key', 'on', 'amountMinor'])) }, ({ 'options.fees': fees }) => decide({ ...input, fees }, terms))),
});
