import { defaultLockPolicy, removeLock, type LockReason } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, textField } from '../../../shared/fields.ts';
import { policyOf } from '../../fields.ts';
import { shaped, shapes } from '../../shaped.ts';
import { locksField, policyField, reasonField } from './fields.ts';

/** Takes one reason away and never another one (S0-11, S0-86). */
export const remove = defineOperation<undefined>({
  value: 'remove',
  name: 'Remove',
  action: 'Remove lock',
  description: 'Take one reason away, if whoever asks may lift it: a payment lifts nonpayment and nothing else',
  fields: [locksField, reasonField, textField('by', 'Lifted By', { default: 'payment', placeholder: 'e.g. payment', description: 'The role or system that lifts it, as the policy names it' }), optionsField([policyField])],
  run: ({ read }) => shaped(read, { locks: shapes.locks }, ({ locks }) => removeLock(locks, read.text('reason') as LockReason, read.text('by'), policyOf(read.options('options'), defaultLockPolicy))),
});
