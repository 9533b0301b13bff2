import { accessUnder, defaultLockPolicy, serviceOn } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, optionsField } from '../../../shared/fields.ts';
import { policyOf } from '../../fields.ts';
import { shaped, shapes } from '../../shaped.ts';
import { locksField, policyField } from './fields.ts';

const statuses = { abandoned: 'Abandoned', active: 'Active', cancelling: 'Cancelling', ended: 'Ended', incomplete: 'Incomplete', new: 'New', pending: 'Pending', trialing: 'Trialing' };

/** What the network lets through. */
export const checkAccess = defineOperation<undefined>({
  value: 'checkAccess',
  name: 'Check Access',
  action: 'Check access under locks',
  description: 'Say whether a service is on under its locks and what the network lets through: open, a walled garden, or nothing but what is always kept, such as 911',
  fields: [locksField, choiceField('status', 'Subscription Status', statuses, 'active', 'Status of the subscription'), optionsField([policyField])],
  run: ({ read }) => shaped(read, { locks: shapes.locks }, ({ locks }) => ({ serviceOn: serviceOn(read.text('status'), locks), ...accessUnder(locks, policyOf(read.options('options'), defaultLockPolicy)) })),
});
