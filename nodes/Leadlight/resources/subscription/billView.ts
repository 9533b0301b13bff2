import { billedOf } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { plansField, plansOf, stateField, stateOf } from './fields.ts';

/** A subscription as Billing takes it (S2-056). */
export const billView = defineOperation<undefined>({
  value: 'billView',
  name: 'Bill View',
  action: 'View subscription for billing',
  description: 'Show a subscription as Billing: Next Bill takes it, each item with its prices from the day each plan began; refused before anything is billed',
  fields: [stateField, plansField],
  run: ({ read }) => stateOf(read, (state) => billedOf(state, plansOf(read))),
});
