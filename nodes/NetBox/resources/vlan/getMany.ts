import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField, returnAllFields, textField } from '../../../shared/fields.ts';
import type { NetBox } from '../../connect.ts';
import { given } from '../../fields.ts';

/** VLANs that match, one item each. */
export const getMany = defineOperation<NetBox>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many VLAN entries',
  description: 'List VLANs by group, name or number, one item each',
  fields: [
    ...returnAllFields,
    optionsField([
      numberField('groupId', 'Group ID', 0, 'Only VLANs of this group', { minValue: 1 }),
      textField('name', 'Name', { placeholder: 'e.g. ord_3NxQ7mK2', description: 'Only the VLANs of exactly this name' }),
      numberField('vid', 'VLAN Number', 100, 'Only VLANs of this number', { minValue: 1, maxValue: 4094 }),
    ]),
  ],
  run: ({ read, client }) => client.vlans.find(given(read.options('options'), { text: ['name'], number: ['groupId', 'vid'] }), read.flag('returnAll') ? undefined : read.number('limit')),
});
