import { nextBill as decide } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField } from '../../../shared/fields.ts';
import { accountField, asOfField, billedField, billing, billOptions, subscriptionsField } from './fields.ts';

/** What is owed and not billed yet, as one bill (S0-08, S2-060). */
export const nextBill = defineOperation<undefined>({
  value: 'nextBill',
  name: 'Next Bill',
  action: 'Make next bill',
  description: 'Make the bill of an account as of a day from its subscriptions and what was billed before: an invoice, a credit note, or nothing when everything owed was billed',
  fields: [accountField, subscriptionsField, billedField, asOfField, optionsField([...billOptions])],
  run: ({ read }) => billing(read, decide),
});
