import { addLock, type LockReason } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, textField } from '../../../shared/fields.ts';
import { given } from '../../fields.ts';
import { shaped, shapes } from '../../shaped.ts';
import { noLocksField, reasonField } from './fields.ts';

/** Shuts a service for one more reason (S0-10). */
export const add = defineOperation<undefined>({
  value: 'add',
  name: 'Add',
  action: 'Add lock',
  description: 'Shut a service for one more reason; there is one lock per reason, and a second one changes nothing',
  fields: [
    noLocksField,
    reasonField,
    textField('by', 'Locked By', { default: 'dunning', placeholder: 'e.g. dunning', description: 'The role or system that shuts it, never a name' }),
    textField('since', 'Since', { default: '={{ $now.toUTC().toISO() }}', description: 'From when on, as an instant in UTC' }),
    optionsField([textField('note', 'Note', { placeholder: 'e.g. case dun_1', description: 'For those who ask later' })]),
  ],
  run: ({ read }) => shaped(read, { locks: shapes.locks }, ({ locks }) => addLock(locks, { reason: read.text('reason') as LockReason, since: read.text('since'), by: read.text('by'), ...given(read.options('options'), { note: 'text' }) })),
});
