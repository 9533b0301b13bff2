import { offerInstallationDates, quebecInstallationPolicy, type InstallationPolicy } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, todayField } from '../../../shared/fields.ts';
import { policyOption } from '../../fields.ts';

/** The days a customer may choose from (S1-073). */
export const offerDates = defineOperation<undefined>({
  value: 'offerDates',
  name: 'Offer Dates',
  action: 'Offer dates for appointment',
  description: 'List the days on which an installation may be promised: weekdays of the next two weeks without holidays',
  fields: [todayField, optionsField([policyOption])],
  run: ({ read }) => ({ dates: offerInstallationDates(read.text('today'), (read.options('options').json('policy') as InstallationPolicy | undefined) ?? quebecInstallationPolicy) }),
});
