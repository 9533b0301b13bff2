import { trial, type TrialCommand } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField, textField } from '../../../shared/fields.ts';
import { given, nowField, pickedField, zoneField } from '../../fields.ts';
import { decided, policyField } from './fields.ts';

const hadTrialOption = { displayName: 'Had a Trial', name: 'hadTrial', type: 'boolean', default: true, description: 'Whether the tenant had one before; a second one is refused' } as const;

/** Starts a trial of 14 to 30 days (S2-070, S2-076, S2-079, S2-111). */
export const start = defineOperation<undefined>({
  value: 'start',
  name: 'Start',
  action: 'Start trial',
  description: 'Start a trial of a plan, within the lengths the policy allows: gives the trial, what to open and when to tick next',
  fields: [
    textField('trialId', 'Trial ID', { default: 'trial_1', placeholder: 'e.g. trial_1', description: 'What it is called from now on' }),
    textField('tenant', 'Tenant', { default: 'acme', placeholder: 'e.g. acme', description: 'Who tries it; experiments go by it' }),
    pickedField('plan', 'Plan', 'A plan of the trial policy', 'searchTrialPlans', 'starter', 'e.g. starter'),
    { ...zoneField, description: 'Of the tenant, as IANA names it: messages come at its hours' },
    nowField,
    optionsField([numberField('days', 'Days', 14, 'Length of the trial; without it what the variant or the policy says'), hadTrialOption, policyField]),
  ],
  run: ({ read }) =>
    decided(read, trial.initial(read.text('trialId')), { type: 'start', tenant: read.text('tenant'), plan: read.picked('plan'), zone: read.text('zone'), ...given(read.options('options'), { days: 'number', hadTrial: 'flag' }) } as TrialCommand),
});
