import { upcomingBill as decide } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField } from '../../../shared/fields.ts';
import { accountField, asOfField, billing, billOptions, someBilledField, subscriptionsField } from './fields.ts';

/** The bill that will come if nothing changes (S0-48). */
export const upcomingBill = defineOperation<undefined>({
  value: 'upcomingBill',
  name: 'Upcoming Bill',
  action: 'Preview upcoming bill',
  description: 'Show the bill that will come next if nothing changes, made by the very code that will make it',
  fields: [accountField, subscriptionsField, someBilledField, { ...asOfField, displayName: 'Seen From', description: 'Day from which the next one is looked for' }, optionsField([...billOptions])],
  run: ({ read }) => billing(read, decide),
});
