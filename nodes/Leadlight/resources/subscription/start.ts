import { subscription, type SubscriptionCommand } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, optionsField, textField } from '../../../shared/fields.ts';
import { given, nowField, zoneField } from '../../fields.ts';
import { decided, planField, plansField, policyField } from './fields.ts';

const idField = textField('subscriptionId', 'Subscription ID', { default: 'sub_1', placeholder: 'e.g. sub_1', description: 'What it is called from now on' });

/** A subscription from its order on; nothing is billed before Activate (S0-05, S0-134). */
export const start = defineOperation<undefined>({
  value: 'start',
  name: 'Start',
  action: 'Start subscription',
  description: 'Make a subscription to a plan that waits for its activation; a plan that does not exist is refused',
  fields: [idField, plansField, planField('basic'), zoneField, nowField, optionsField([jsonField('cadence', 'Cadence', 'How often it is billed: unit, every, anchorDay; without it every month from the day of activation', { default: '{ "unit": "month", "anchorDay": 1 }' }), policyField])],
  run: ({ read }) =>
    decided(read, subscription.initial(read.text('subscriptionId')), { type: 'create', plan: read.picked('plan'), zone: read.text('zone'), ...given(read.options('options'), { cadence: 'json' }) } as SubscriptionCommand),
});
