import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, numberField, textField } from '../../../shared/fields.ts';
import type { JournalEntry } from '../../../../packages/netbox/src/index.ts';
import type { NetBox } from '../../connect.ts';

const kinds = { danger: 'Danger', info: 'Info', success: 'Success', warning: 'Warning' };

/** Writes down what was done to an object, once. */
export const add = defineOperation<NetBox>({
  value: 'add',
  name: 'Add',
  action: 'Add journal entry',
  description: 'Write into the journal of an object what was done to it; the same words on the same object are written once',
  fields: [
    textField('objectType', 'Object Type', { default: 'ipam.ipaddress', placeholder: 'e.g. dcim.device', description: 'Kind of object, as app and model' }),
    numberField('objectId', 'Object ID', 0, 'ID of the object in NetBox', { minValue: 1 }),
    choiceField('kind', 'Kind', kinds, 'info', 'Colour of the entry'),
    textField('comments', 'Comments', { placeholder: 'e.g. Allocated for ord_3NxQ7mK2', description: 'What was done, without personal data' }),
  ],
  run: ({ read, client }) =>
    client.journal.add({ objectType: read.text('objectType'), objectId: read.number('objectId'), kind: read.text('kind') as NonNullable<JournalEntry['kind']>, comments: read.text('comments') }),
});
