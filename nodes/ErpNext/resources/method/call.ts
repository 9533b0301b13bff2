import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, optionsField, textField } from '../../../shared/fields.ts';
import type { ErpNext } from '../../connect.ts';
import type { Fields } from '../../../../packages/erpnext/src/index.ts';

const readOnly = { displayName: 'Read Only', name: 'readOnly', type: 'boolean', default: false, description: 'Whether the method changes nothing, so that it may be repeated when no answer comes' } as const;

/** A whitelisted method by its dotted path. */
export const call = defineOperation<ErpNext>({
  value: 'call',
  name: 'Call',
  action: 'Call method',
  description: 'Run a whitelisted server method by its dotted path and return its message',
  fields: [
    textField('method', 'Method', { placeholder: 'e.g. frappe.auth.get_logged_user', description: 'Dotted path of the method' }),
    jsonField('arguments', 'Arguments', 'Arguments of the method by name', { default: '{}' }),
    optionsField([readOnly]),
  ],
  run: async ({ read, client }) => ({ message: await client.call(read.text('method'), read.object('arguments') as Fields, { read: read.options('options').flag('readOnly') ?? false }) }),
});
