import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, returnAllFields, textField } from '../../../shared/fields.ts';
import type { NetBox } from '../../connect.ts';

/** Tenants that match, one item each. */
export const getMany = defineOperation<NetBox>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many tenants',
  description: 'List tenants whose name or slug contains a text, one item each',
  fields: [...returnAllFields, optionsField([textField('search', 'Search', { placeholder: 'e.g. cust-', description: 'Part of the name, slug or description' })])],
  run: ({ read, client }) => client.tenants.list(read.options('options').text('search'), read.flag('returnAll') ? undefined : read.number('limit')),
});
