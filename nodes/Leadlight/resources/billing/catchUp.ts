import { catchUp as decide } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField } from '../../../shared/fields.ts';
import { dayField } from '../../fields.ts';
import { accountField, asOfField, billedField, billing, billOptions, oldSubscriptionsField } from './fields.ts';

const afterField = dayField('after', 'After', 'Last day whose bills were made', '={{ $now.minus({ months: 3 }).minus({ days: 1 }).toISODate() }}');

/** All bills that were missed, each as on its day. */
export const catchUp = defineOperation<undefined>({
  value: 'catchUp',
  name: 'Catch Up',
  action: 'Make missed bills',
  description: 'Make every bill that was missed between two days, each as it would have been made on its day: one late run is many punctual ones',
  fields: [accountField, oldSubscriptionsField, billedField, afterField, asOfField, optionsField([...billOptions])],
  run: ({ read }) => billing(read, (input, terms) => decide({ ...input, after: read.text('after') }, terms), 'after'),
});
