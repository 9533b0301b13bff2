import type { SubscriptionCommand } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField, textField } from '../../../shared/fields.ts';
import { given, nowField } from '../../fields.ts';
import { decided, pendingField, plansField, policyField, stateOf } from './fields.ts';

const paidOption = { displayName: 'Paid', name: 'paid', type: 'boolean', default: true, description: 'Whether the first payment is there; without it the subscription stays incomplete until it is' } as const;

/** Goes live: billing begins, or a trial does (S0-135, S0-136). */
export const activate = defineOperation<undefined>({
  value: 'activate',
  name: 'Activate',
  action: 'Activate subscription',
  description: 'Let a subscription go live: its first period begins, or its trial; gives the effects to carry out (bill, service on) and when to tick next',
  fields: [
    pendingField,
    plansField,
    nowField,
    optionsField([textField('on', 'Live On', { placeholder: 'e.g. 2026-04-13', description: 'Day it went live, not in the future; without it today in the zone of the account' }), paidOption, policyField, numberField('trialDays', 'Trial (Days)', 14, 'Days before billing begins; without it what the plan says', { minValue: 0 })]),
  ],
  run: ({ read }) => stateOf(read, (state) => decided(read, state, { type: 'activate', ...given(read.options('options'), { on: 'text', paid: 'flag', trialDays: 'number' }) } as SubscriptionCommand)),
});
