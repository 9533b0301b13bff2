import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, numberField, optionsField, textField } from '../../../shared/fields.ts';
import type { NetBox } from '../../connect.ts';
import { given } from '../../fields.ts';
import { pool, poolOf } from '../../locators.ts';

/** The next free prefix of a length, once per key (S0-112). */
export const allocate = defineOperation<NetBox>({
  value: 'allocate',
  name: 'Allocate',
  action: 'Allocate prefix',
  description: 'Take the next free prefix of a length inside another one for a key, such as the IPv6 prefix of a customer; the same key always gives the same prefix',
  fields: [
    pool,
    numberField('length', 'Length', 56, 'Length of the new prefix, such as 56 for a customer of IPv6', { minValue: 1, maxValue: 128 }),
    textField('key', 'Key', { placeholder: 'e.g. ord_3NxQ7mK2', description: 'What the prefix is for; the same key always gives the same prefix' }),
    optionsField([
      textField('description', 'Description', { description: 'Shown beside the prefix' }),
      choiceField('status', 'Status', { active: 'Active', container: 'Container', reserved: 'Reserved' }, 'active', 'Status of the new prefix'),
      numberField('tenantId', 'Tenant ID', 0, 'Tenant the prefix belongs to', { minValue: 1 }),
    ]),
  ],
  run: ({ read, client }) =>
    client.prefixes.allocate({ ...poolOf(read.picked('prefix')), key: read.text('key'), length: read.number('length'), ...(given(read.options('options'), { text: ['description', 'status'], number: ['tenantId'] }) as { readonly status?: 'active' }) }),
});
