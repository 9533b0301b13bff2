import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, returnAllFields, textField } from '../../../shared/fields.ts';
import type { NetBox } from '../../connect.ts';

/** Pools that match, one item each. */
export const getMany = defineOperation<NetBox>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many prefixes',
  description: 'List prefixes by role, status or the network they lie in, one item each',
  fields: [
    ...returnAllFields,
    optionsField([
      textField('prefix', 'Prefix', { placeholder: 'e.g. 100.64.16.0/22', description: 'Exactly this prefix, in every VRF' }),
      textField('role', 'Role', { placeholder: 'e.g. subscribers', description: 'Slug of the role' }),
      textField('status', 'Status', { placeholder: 'e.g. active', description: 'Only prefixes of this status: container, active, reserved or deprecated' }),
      textField('within', 'Within', { placeholder: 'e.g. 100.64.0.0/10', description: 'Only prefixes inside this network' }),
    ]),
  ],
  run: async ({ read, client }) => {
    const options = read.options('options');
    const by = Object.fromEntries(['prefix', 'role', 'status', 'within'].flatMap((name) => (options.text(name) === undefined ? [] : [[name, options.text(name)]])));
    const found = await client.prefixes.find(by);
    return read.flag('returnAll') ? found : found.slice(0, read.number('limit'));
  },
});
