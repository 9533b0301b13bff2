import { canadaTermination, earlyTermination as decide, quebecTermination } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, numberField, optionsField } from '../../../shared/fields.ts';
import { dayField, given, policyChangesOption, policyOf } from '../../fields.ts';

const rules = { canada: canadaTermination, quebec: quebecTermination };

/** The most that may be asked of who leaves a fixed term early (S0-12). */
export const earlyTermination = defineOperation<undefined>({
  value: 'earlyTermination',
  name: 'Early Termination',
  action: 'Price early termination',
  description: 'Work out the most that may be asked of who leaves a fixed term early, by the law of the place; months begun count as supplied',
  fields: [
    dayField('start', 'Contract Start', 'First day of the fixed term', '={{ $now.minus({ months: 6 }).toISODate() }}'),
    numberField('months', 'Months', 24, 'Length of the fixed term', { minValue: 1 }),
    numberField('monthlyMinor', 'Monthly Price (Minor Units)', 9995, 'Of the services a month in cents, after monthly rebates, before tax', { minValue: 0 }),
    dayField('on', 'End', 'First day without service'),
    choiceField('rules', 'Rules', { canada: 'Canada', quebec: 'Québec' }, 'quebec', 'Whose law holds'),
    optionsField([numberField('goodsRebateMinor', 'Goods Rebate (Minor Units)', 20000, 'Rebate on goods bought with the contract and needed for it, in cents', { minValue: 0 }), policyChangesOption]),
  ],
  run: ({ read }) => {
    const options = read.options('options');
    const contract = { start: read.text('start'), months: read.number('months'), monthlyMinor: read.number('monthlyMinor'), ...given(options, { goodsRebateMinor: 'number' }) };
    return decide(contract, read.text('on'), policyOf(options, read.text('rules') === 'canada' ? rules.canada : rules.quebec));
  },
});
