import type { Lock } from '../../../../core/src/index.ts';
import { choiceField, jsonField } from '../../../shared/fields.ts';
import { textOf } from '../../examples.ts';
import { policyChangesOption } from '../../fields.ts';

const locks: readonly Lock[] = [{ reason: 'nonpayment', since: '2026-04-10T14:00:00.000Z', by: 'dunning' }, { reason: 'voluntary', since: '2026-04-11T14:00:00.000Z', by: 'customer' }];

export const noLocksField = jsonField('locks', 'Locks', 'Why the service is shut: a list of reason, since, by', { default: '[]' });
export const locksField = { ...noLocksField, default: textOf(locks) };
export const reasonField = choiceField('reason', 'Reason', { admin: 'Admin', fraud: 'Fraud', nonpayment: 'Nonpayment', regulatory: 'Regulatory', voluntary: 'Voluntary' }, 'nonpayment', 'What the service is shut for');
export const policyField = { ...policyChangesOption, description: 'What differs from the built-in lock policy: version, and reasons with lift, access, keeps' };
