import { gigafibreLeads, readLead as decide, type LeadContext } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, optionsField } from '../../../shared/fields.ts';

/** Reads the form of someone without fibre into what the back office keeps (S1-150…155). */
export const readLead = defineOperation<undefined>({
  value: 'readLead',
  name: 'Read',
  action: 'Read lead',
  description: 'Read the form of someone without fibre (waitlist, phone only, business) into documents for ERPNext, tags and notices, or refuse it with code, path and hint',
  fields: [
    jsonField('lead', 'Lead', 'Body of the form, as it came', { default: '={{ $json.body }}' }),
    optionsField([jsonField('settings', 'Settings', 'Of the tenant where they differ: expansionZones, salesEmail, supportEmail, businessSegment, salesUser, province, country', { default: '{}' })]),
  ],
  run: ({ read }) => decide(read.given('lead'), { ...gigafibreLeads, ...(read.options('options').json('settings') as Partial<LeadContext> | undefined) }),
});
