import { checkPreferredDates, quebecInstallationPolicy, type InstallationPolicy } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, optionsField, todayField } from '../../../shared/fields.ts';
import { policyOption } from '../../fields.ts';

const contactMe = { displayName: 'Contact Me', name: 'contactMe', type: 'boolean', default: false, description: 'Whether the customer wants to be called instead of choosing days' } as const;

/** Whether the days a customer chose can be promised (S1-073). */
export const checkDates = defineOperation<undefined>({
  value: 'checkDates',
  name: 'Check Dates',
  action: 'Check dates for appointment',
  description: 'Say whether the installation days a customer prefers can be promised; weekends, holidays and repeated days are refused by name',
  fields: [jsonField('preferredDates', 'Preferred Dates', 'List of days written YYYY-MM-DD', { default: '[]' }), contactMe, todayField, optionsField([policyOption])],
  run: ({ read }) =>
    checkPreferredDates(read.json('preferredDates'), read.text('today'), (read.options('options').json('policy') as InstallationPolicy | undefined) ?? quebecInstallationPolicy, read.flag('contactMe')),
});
