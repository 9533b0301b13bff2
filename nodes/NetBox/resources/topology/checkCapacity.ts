import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField, textField } from '../../../shared/fields.ts';
import type { NetBox } from '../../connect.ts';
import { given } from '../../fields.ts';
import { poolOf } from '../../locators.ts';

/** Room for one more customer, before anything is promised (S0-93). */
export const checkCapacity = defineOperation<NetBox>({
  value: 'checkCapacity',
  name: 'Check Capacity',
  action: 'Check capacity for new customer',
  description: 'Say whether a pool has addresses, a group a VLAN and a splitter a free leg; what is missing is an item with its code, and nothing is held',
  fields: [
    optionsField([
      numberField('addresses', 'Addresses', 1, 'How many addresses are needed', { minValue: 1 }),
      textField('prefix', 'Prefix', { placeholder: 'e.g. 100.64.16.0/22', description: 'The pool, by its text or ID' }),
      numberField('splitterId', 'Splitter ID', 0, 'Device whose free legs are looked at', { minValue: 1 }),
      numberField('vlanGroupId', 'VLAN Group ID', 0, 'Group whose free VLANs are looked at', { minValue: 1 }),
    ]),
  ],
  run: ({ read, client }) => {
    const { prefix, ...rest } = given(read.options('options'), { text: ['prefix'], number: ['addresses', 'splitterId', 'vlanGroupId'] });
    return client.checkCapacity({ ...rest, ...(prefix === undefined ? {} : poolOf(String(prefix))) });
  },
});
